import type { JSX } from 'react';
import type { ProgramFacts } from '@dewpoint/contracts/verifier/facts/facts.ts';
import { useWords } from '../format/AuditWords.tsx';
import { Account } from '../parts/Place.tsx';
import type { JudgedFile } from '../worker/protocol.ts';

interface JudgedTextProps {
  readonly judged: JudgedFile;
  readonly facts: ProgramFacts;
}

/** What a file turned out to be, in one sentence, and what it says. */
export function JudgedText({ judged, facts }: JudgedTextProps): JSX.Element {
  const { say } = useWords();
  if (judged.kind === 'unreadable') {
    return (
      <Finding isGood={false} title={say('evidence.unreadable')}>
        <code lang="en">{judged.reason}</code>
      </Finding>
    );
  }
  if (judged.kind === 'document') return <DocumentText judged={judged} />;
  return judged.kind === 'proof' ? (
    <ProofText judged={judged} />
  ) : (
    <ReceiptText judged={judged} facts={facts} />
  );
}

interface FindingProps {
  readonly isGood: boolean;
  readonly title: string;
  readonly children?: JSX.Element | undefined;
}

function Finding({ isGood, title, children }: FindingProps): JSX.Element {
  return (
    <div className={isGood ? 'finding good' : 'finding bad'}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

type Of<Kind extends JudgedFile['kind']> = Extract<JudgedFile, { kind: Kind }>;

function DocumentText({ judged: { verdict, text } }: { judged: Of<'document'> }): JSX.Element {
  const { say } = useWords();
  const { standing, versions, hash, ok } = verdict;
  return (
    <Finding isGood={ok} title={say(`evidence.document.${standing}`)}>
      <>
        {versions.length > 0 && (
          <p>{say('evidence.carriedBy', { versions: versions.join(say('list')) })}</p>
        )}
        <p>
          <code>{hash}</code>
        </p>
        {standing !== 'never' && <pre className="small-print">{text}</pre>}
      </>
    </Finding>
  );
}

function ProofText({ judged: { verdict } }: { judged: Of<'proof'> }): JSX.Element {
  const { say } = useWords();
  const { ok, epoch, root, anchored, problem } = verdict;
  return (
    <Finding
      isGood={ok}
      title={say(
        ok
          ? 'evidence.proof.good'
          : anchored === null
            ? 'evidence.proof.gap'
            : 'evidence.proof.bad',
        { epoch },
      )}
    >
      <>
        <p>
          {say('evidence.proof.leadsTo')} <code>{root}</code>
        </p>
        {problem !== null && (
          <p>
            <code lang="en">{problem}</code>
          </p>
        )}
      </>
    </Finding>
  );
}

function ReceiptText({
  judged: { verdict },
  facts,
}: {
  judged: Of<'receipt'>;
  facts: ProgramFacts;
}): JSX.Element {
  const { say, points, moment } = useWords();
  const { ok, epoch, earned, minted, problem, account, lateFrom } = verdict;
  const { startsAt, epochLength } = facts.settings;
  const title = ok
    ? say(minted >= earned ? 'evidence.receipt.done' : 'evidence.receipt.good')
    : say(`evidence.receipt.problem.${problem ?? 'not signed'}`);
  return (
    <Finding isGood={ok} title={title}>
      <p>
        {say('evidence.receipt.worth', { epoch, earned: points(earned), minted: points(minted) })}{' '}
        <Account address={account} />{' '}
        {ok &&
          minted < earned &&
          say('evidence.receipt.until', { moment: moment(startsAt + lateFrom * epochLength) })}
      </p>
    </Finding>
  );
}
