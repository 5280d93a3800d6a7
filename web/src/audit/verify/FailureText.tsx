import type { JSX } from 'react';
import { useWords } from '../format/AuditWords.tsx';
import type { AuditFailure } from '../worker/protocol.ts';

interface FailureTextProps {
  readonly failure: AuditFailure;
  readonly nodeUrl: string;
  readonly chainWanted: number | null;
}

/** What went wrong in words, that nothing follows from it, one thing to try, and what the node itself said. */
export function FailureText({ failure, nodeUrl }: FailureTextProps): JSX.Element {
  const { say } = useWords();
  const { kind, words, foundChain } = failure;
  const values = { host: new URL(nodeUrl).host, chain: foundChain ?? '' };
  return (
    <>
      <h2>{say(`failure.${kind}.what`, values)}</h2>
      <p>{say('failure.nothingFollows')}</p>
      <p>
        <b>{say('failure.try')}</b> {say(`failure.${kind}.try`, values)}
      </p>
      <details>
        <summary>{say('failure.details')}</summary>
        <code>{words}</code>
      </details>
    </>
  );
}
