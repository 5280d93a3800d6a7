import { useEffect, useState, type JSX } from 'react';
import { useWords } from '../format/AuditWords.tsx';
import { SectionLink } from '../parts/SectionLink.tsx';
import type { Audit, AuditControls } from '../worker/useAudit.ts';
import { FailureText } from './FailureText.tsx';
import { PromiseDrops } from './PromiseDrops.tsx';
import { ProgressText } from './ProgressText.tsx';
import { Seal, type SealState } from './Seal.tsx';
import './verdict.css';

interface VerdictProps {
  readonly audit: Audit & AuditControls;
  readonly nodeUrl: string;
}

/** Whether the promises were kept: the seal, one sentence, and a drop for each promise. */
export function Verdict({ audit, nodeUrl }: VerdictProps): JSX.Element {
  const { say } = useWords();
  const { phase, verified, progress } = audit;
  const state = stateOf(audit);
  const share = progress === null || progress.total === 0 ? 0 : progress.done / progress.total;
  return (
    <section className={`verdict ${state}`} aria-label={say('verdict.label')}>
      <Seal
        state={state}
        share={phase === 'verifying' ? shareOfAll(progress?.stage, share) : 1}
        label={say(`verdict.seal.${state}`)}
      />
      <div className="said" role="status">
        <Headline audit={audit} nodeUrl={nodeUrl} />
      </div>
      <div className="actions">
        <Actions audit={audit} />
      </div>
      <PromiseDrops checks={phase === 'verifying' ? null : (verified?.report.checks ?? null)} />
    </section>
  );
}

function stateOf({ phase, verified }: Audit): SealState {
  if (phase === 'verifying' || phase === 'reading') return 'working';
  if (phase === 'failed') return 'unknown';
  if (verified === null || phase === 'stopped') return 'open';
  return verified.report.ok ? 'kept' : 'broken';
}

/** Reading logs, reading the contract and judging are a part of the ring each: what is left of each is not known before. */
function shareOfAll(stage: string | undefined, share: number): number {
  if (stage === 'logs') return share * 0.6;
  if (stage === 'state') return 0.6 + share * 0.35;
  return stage === 'judging' ? 0.95 + share * 0.05 : 0;
}

function Headline({ audit, nodeUrl }: VerdictProps): JSX.Element {
  const { say, count } = useWords();
  const { phase, verified, failure, read } = audit;
  if (phase === 'failed' && failure !== null)
    return (
      <FailureText
        failure={failure}
        nodeUrl={nodeUrl}
        chainWanted={audit.read?.now.chainId ?? null}
      />
    );
  if (phase === 'reading')
    return <Lines title={say('verdict.reading')} text={say('verdict.readingText')} />;
  if (phase === 'verifying') return <ProgressText progress={audit.progress} />;
  if (phase === 'stopped')
    return <Lines title={say('verdict.stopped')} text={say('verdict.stoppedText')} />;
  if (verified === null) {
    const blocks = count(read?.now.head.block ?? 0);
    return (
      <Lines title={say('verdict.unverified')} text={say('verdict.unverifiedText', { blocks })} />
    );
  }
  const { report, seconds } = verified;
  const broken = report.checks.filter(({ ok }) => !ok).length;
  const comparisons = report.checks.reduce((sum, { checked }) => sum + checked, 0);
  const logs = report.checks.find(({ id }) => id === 'logs')?.checked ?? 0;
  const values = {
    comparisons: count(comparisons),
    seconds: seconds.toFixed(1),
    logs: count(logs),
  };
  if (broken === 0) {
    return (
      <Lines
        title={say('verdict.kept', { count: report.checks.length })}
        text={say('verdict.keptText', values)}
      />
    );
  }
  const isOtherSource = report.checks.some(({ id, ok }) => id === 'code' && !ok);
  return (
    <>
      <Lines
        title={say('verdict.broken', { count: broken, all: report.checks.length })}
        text={say(isOtherSource ? 'verdict.otherSource' : 'verdict.brokenText', values)}
      />
      <p>
        <SectionLink to="promises">{say('verdict.toDifferences')}</SectionLink>
      </p>
    </>
  );
}

function Lines({ title, text }: { title: string; text: string }): JSX.Element {
  return (
    <>
      <h2>{title}</h2>
      <p>{text}</p>
    </>
  );
}

function Actions({ audit }: { audit: Audit & AuditControls }): JSX.Element | null {
  const { say } = useWords();
  const { phase, verified, read } = audit;
  const isLong = useIsLong(phase === 'reading');
  if (phase === 'verifying') {
    return (
      <button className="button" type="button" onClick={audit.stop}>
        {say('verdict.stop')}
      </button>
    );
  }
  if (phase === 'reading') {
    return isLong ? (
      <button className="button" type="button" onClick={audit.again}>
        {say('verdict.tryAgain')}
      </button>
    ) : null;
  }
  const again = verified === null ? 'verdict.verify' : 'verdict.verifyAgain';
  const isUnread = read === null;
  return (
    <>
      <button className="button" type="button" onClick={isUnread ? audit.again : audit.verify}>
        {say(isUnread || phase === 'failed' ? 'verdict.tryAgain' : again)}
      </button>
      {verified !== null && <JumpTo at="keep" word="verdict.report" />}
      {!isUnread && <JumpTo at="share" word="verdict.share" />}
    </>
  );
}

function JumpTo({ at, word }: { at: string; word: string }): JSX.Element {
  const { say } = useWords();
  const jump = (): void => {
    const place = document.getElementById(at);
    place?.scrollIntoView({ block: 'center' });
    place?.querySelector<HTMLElement>('h2, button, input')?.focus({ preventScroll: true });
  };
  return (
    <button className="button quiet" type="button" onClick={jump}>
      {say(word)}
    </button>
  );
}

const LONG_AFTER_MS = 8_000;

function useIsLong(isWaiting: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setLong(true), LONG_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return isLong;
}
