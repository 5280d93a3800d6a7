import { Button, type ButtonProps } from '@mantine/core';
import { useId, type JSX, type MouseEventHandler, type ReactNode } from 'react';
import { useBarrier, type Need } from './barrier.ts';

/**
 * A button that does something: seen by all, off for those who may not, with who may. Beside it, not in a bubble: who reads by ear or
 * touches a screen is told as well.
 */
export function ActButton({
  needs,
  barrier = null,
  type = 'button',
  onClick,
  children,
  ...look
}: ButtonProps & {
  readonly needs: Need;
  /** Why it is off besides, such as a stale chain; null for no reason. */
  readonly barrier?: string | null;
  readonly type?: 'button' | 'submit';
  readonly onClick?: MouseEventHandler<HTMLButtonElement>;
  readonly children: ReactNode;
}): JSX.Element {
  const id = useId();
  const why = useBarrier(needs) ?? barrier;
  return (
    <span className="act">
      <Button
        {...look}
        type={type}
        disabled={why !== null || look.disabled === true}
        {...(onClick !== undefined && { onClick })}
        {...(why !== null && { 'aria-describedby': id })}
      >
        {children}
      </Button>
      {why !== null && (
        <small id={id} className="barrier">
          {why}
        </small>
      )}
    </span>
  );
}
