import type { JSX } from 'react';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import type { RefusedTerm } from './outlook.ts';
import { useRefusalWords } from './useRefusalWords.ts';
import './effect.css';

/** What the contract would refuse, each reason once: the fields have their own. */
export function RefusedNotes({
  refused,
}: {
  readonly refused: readonly RefusedTerm[];
}): JSX.Element {
  const words = useRefusalWords();
  const once = refused.filter(
    ({ code }, at) => refused.findIndex((other) => other.code === code) === at,
  );
  return (
    <>
      {once.map(({ code, field, message }) => (
        <div key={`${code} ${field}`} className="part blocked" role="alert">
          {words({ code, message })}
          <Details>
            <Fact name={code}>{message}</Fact>
          </Details>
        </div>
      ))}
    </>
  );
}
