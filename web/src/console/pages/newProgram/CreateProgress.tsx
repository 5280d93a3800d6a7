import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../shared/graphql/graphql.ts';
import { usePoller } from '../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import type { WriteState } from '../../../shared/transactions/transactionState.ts';
import { programIdIn } from '../../access/workplace.ts';
import { isMade, type Made } from './draft/made.ts';
import type { BeginningQuery } from './draft/queries.ts';

type Listed = NonNullable<ResultOf<typeof BeginningQuery>['organisation']>['programs'][number];

const STAGES = ['saved', 'sent', 'mined', 'read'] as const;

/** How many of the stages are behind a write. */
function stagesBehind(write: WriteState | null, made: Made | null, isRead: boolean): number {
  if (isRead) return 4;
  if (made !== null) return 3;
  if (write?.phase === 'sent') return write.transaction?.status === 'SENT' ? 2 : 1;
  return 0;
}

/**
 * How far the new program is, from the click until the service has read it from the chain: then its page opens by itself.
 *
 * @param props.write the write; null in a page that was loaded again after it was done
 * @param props.made what it made; null until it is done
 * @param props.programs those that the organisation has on the chain, the newest last
 */
export function CreateProgress({
  write,
  made,
  writeName,
  programs,
  name,
  onRead,
}: {
  readonly write: WriteState | null;
  readonly made: Made | null;
  readonly writeName: string;
  readonly programs: readonly Listed[];
  readonly name: string;
  readonly onRead: (programId: string) => void;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const poller = usePoller();
  const isDone = made !== null;
  const found = made === null ? undefined : programs.findLast((each) => isMade(made, each));
  const programId = found === undefined ? null : programIdIn(found);
  useEffect(() => {
    poller.quicken();
    return () => poller.calm();
  }, [poller, isDone]);
  useEffect(() => {
    if (programId !== null) onRead(programId);
  }, [programId, onRead]);
  const behind = stagesBehind(write, made, programId !== null);
  return (
    <section className="panel np-progress" aria-labelledby="np-progress">
      <h2 id="np-progress">{t('progress.title', { name: name.trim() })}</h2>
      <p className="np-why">{t('progress.words')}</p>
      <ol>
        {STAGES.map((stage, index) => (
          <li key={stage} className={index < behind ? 'is-full' : ''}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 2.500c.8 4 7.500 7.600 7.500 12.500a7.500 7.500 0 0 1-15 0c0-4.900 6.700-8.500 7.500-12.500Z" />
            </svg>
            <span>{t(`progress.${stage}`)}</span>
            {index < behind && <span className="visually-hidden">{t('progress.isDone')}</span>}
          </li>
        ))}
      </ol>
      <TransactionStatus name={writeName} />
    </section>
  );
}
