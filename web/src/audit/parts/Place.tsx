import { createContext, useContext, type JSX } from 'react';
import { useWords } from '../format/AuditWords.tsx';

/** Address of a page that shows transactions; null where the chain has none. */
export const Explorer = createContext<string | null>(null);

/** Where on the chain something is: its block, and a link where there is a page for it. */
export function Place({ block, hash }: { block: number; hash: string }): JSX.Element {
  const { say, count } = useWords();
  const explorer = useContext(Explorer);
  const shown = `${hash.slice(0, 10)}…${hash.slice(-4)}`;
  return (
    <span className="place" title={hash}>
      {say('place.block', { block: count(block) })}{' '}
      {explorer === null ? (
        <code>{shown}</code>
      ) : (
        <a href={`${explorer}/tx/${hash}`} rel="noreferrer" target="_blank">
          {shown}
        </a>
      )}
    </span>
  );
}

/** An account, short; the whole of it on hover and for copying. */
export function Account({ address }: { address: string }): JSX.Element {
  return (
    <code className="account" title={address}>
      {address.slice(0, 8)}…{address.slice(-4)}
    </code>
  );
}
