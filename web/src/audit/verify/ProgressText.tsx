import { useEffect, useState, type JSX } from 'react';
import type { Progress } from '@dewpoint/contracts/verifier/report/progressLine.ts';
import { useWords } from '../format/AuditWords.tsx';

const TICK_MS = 100;

/** How far the verification is, in counts of what is read: nothing is smoothed. */
export function ProgressText({ progress }: { progress: Progress | null }): JSX.Element {
  const { say, count } = useWords();
  const seconds = useSeconds();
  const { stage, done, total } = progress ?? { stage: 'logs', done: 0, total: 0 };
  return (
    <>
      <h2>{say('verdict.verifying')}</h2>
      <p>
        {say(`progress.${stage}`, { done: count(done), total: count(total) })} ·{' '}
        <span aria-hidden="true">{say('progress.seconds', { seconds: seconds.toFixed(1) })}</span>
      </p>
      <progress max={Math.max(1, total)} value={done} aria-label={say('verdict.verifying')} />
    </>
  );
}

function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - startedAt) / 1_000), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
