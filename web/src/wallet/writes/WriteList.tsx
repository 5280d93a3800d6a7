import { useEffect, useRef, type JSX } from 'react';
import { TransactionStatus } from '../../shared/transactions/TransactionStatus.tsx';
import type { WritesOf } from './useWritesOf.ts';

/** How far each of these writes is. A new one has the focus where the button that began it is gone. */
export function WriteList({ writes }: { readonly writes: WritesOf }): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const { isBusy } = writes;
  useEffect(() => {
    const { activeElement, body } = document;
    if (isBusy && (activeElement === null || activeElement === body)) list.current?.focus();
  }, [isBusy]);
  return (
    <div className="write-list" ref={list} tabIndex={-1}>
      {writes.all.map(({ name }) => (
        <TransactionStatus key={name} name={name} />
      ))}
    </div>
  );
}
