import type { JSX, ReactNode } from 'react';
import './terms.css';

/** A sentence to be ticked; it never comes ticked. */
export function CheckLine({
  isTicked,
  onTick,
  children,
}: {
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <label className="check-line">
      <input
        type="checkbox"
        checked={isTicked}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
