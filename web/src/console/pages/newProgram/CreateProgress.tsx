import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../shared/graphql/graphql.ts';
import { usePoller } from '../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import type { WriteState } from '../../../shared/transactions/transactionState.ts';
import { programIdIn } from '../../access/workplace.ts';
import { addressIn, type BeginningQuery } from './draft/queries.ts';

type Listed = NonNullable<ResultOf<typeof BeginningQuery>['organisation']>['programs'][number];

const STAGES = ['saved', 'sent', 'mined', 'read'] as const;

/** How many of the stages are behind a write. */
function stagesBehind({ phase, transaction }: WriteState, isRead: boolean): number {
  if (isRead) return 4;
  if (phase === 'done') return 3;
  if (phase === 'sent') return transaction?.status === 'SENT' ? 2 : 1;
  return 0;
}

/** The program that a write made. Of an answer that was lost, its transaction tells. */
function madeBy({ payload, transaction }: WriteState, programs: readonly Listed[], name: string) {
  const address = addressIn(payload)?.toLowerCase();
  const hash = transaction?.hash?.toLowerCase();
  return programs.findLast((each) => {
    if (address !== undefined) return each.address.toLowerCase() === address;
    if (hash !== undefined) return each.createdAt.transactionHash.toLowerCase() === hash;
    return each.name === name.trim();
  });
}

/**
 * How far the new program is, from the click until the service has read it from the chain: then its page opens by itself.
 *
 * @param props.programs those that the organisation has on the chain, the newest last
 */
export function CreateProgress({
  write,
  writeName,
  programs,
  name,
  onRead,
}: {
  readonly write: WriteState;
  readonly writeName: string;
  readonly programs: readonly Listed[];
  readonly name: string;
  readonly onRead: (programId: string) => void;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const poller = usePoller();
  const isDone = write.phase === 'done';
  const found = isDone ? madeBy(write, programs, name) : undefined;
  const programId = found === undefined ? null : programIdIn(found);
  useEffect(() => {
    poller.quicken();
    return () => poller.calm();
  }, [poller, isDone]);
  useEffect(() => {
    if (programId !== null) onRead(programId);
  }, [programId, onRead]);
  const behind = stagesBehind(write, programId !== null);
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
