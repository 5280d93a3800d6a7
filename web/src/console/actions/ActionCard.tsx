import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { Amount, When } from '../../shared/ui/Values.tsx';
import type { DeskAction } from './queries.ts';
import { StateMark } from './StateMark.tsx';
import { toldState, useActionWords } from './useActionWords.ts';
import './actions.css';

/** What only those want to know who look into it: ids, times, block and transaction. */
function Facts({ action }: { readonly action: DeskAction }): JSX.Element {
  const { t } = useTranslation('console');
  const { statement, settled, rule } = action;
  return (
    <Details>
      <Fact name={t('action.fact.eventId')}>{action.eventId}</Fact>
      <Fact name={t('action.fact.rule')}>
        {rule === null ? t('action.noRule') : `${rule.name} (${rule.ruleId})`}
      </Fact>
      <Fact name={t('action.fact.epoch')}>{action.epoch}</Fact>
      <Fact name={t('action.fact.occurredAt')}>
        <When iso={action.occurredAt} />
      </Fact>
      <Fact name={t('action.fact.recordedAt')}>
        <When iso={action.recordedAt} />
      </Fact>
      <Fact name={t('action.fact.count')}>{action.count}</Fact>
      {action.amount !== '0' && <Fact name={t('action.fact.amount')}>{action.amount}</Fact>}
      {action.evidenceHash !== null && (
        <Fact name={t('action.fact.evidence')}>{action.evidenceHash}</Fact>
      )}
      {statement !== null && (
        <>
          <Fact name={t('action.fact.account')}>{statement.account}</Fact>
          <Fact name={t('action.fact.closesAt')}>
            <When iso={statement.closesAt} />
          </Fact>
        </>
      )}
      {settled !== null && (
        <>
          <Fact name={t('action.fact.block')}>{settled.blockNumber}</Fact>
          <Fact name={t('action.fact.transaction')}>{settled.transactionHash}</Fact>
        </>
      )}
      <Fact name={t('action.fact.why')}>
        <span lang="en">{action.why}</span>
      </Fact>
    </Details>
  );
}

/** Who granted, held, released or voided it by hand, and why. */
function Deeds({ action }: { readonly action: DeskAction }): JSX.Element {
  const { t } = useTranslation('console');
  const { actor, reason, held, released, voidedAt, voidActor, voidReason } = action;
  const deeds = [
    ['granted', { actor, reason }],
    ['held', held],
    ['released', released],
    ['voided', voidedAt === null ? null : { actor: voidActor, reason: voidReason }],
  ] as const;
  return (
    <>
      {deeds.map(([deed, done]) => {
        if (done === null || (done.actor === null && done.reason === null)) return null;
        const why = done.reason ?? t('action.noReason');
        return (
          <p key={deed}>
            {done.actor === null
              ? t(`action.deed.${deed}`, { reason: why })
              : t(`action.deedBy.${deed}`, { actor: done.actor, reason: why })}
          </p>
        );
      })}
    </>
  );
}

/** One action: what it earned, where it stands, who granted or voided it and why. */
export function ActionCard({
  action,
  nowMs,
  lead,
  children,
}: {
  readonly action: DeskAction;
  /** By the clock of the service. */
  readonly nowMs: number;
  /** What stands before its name: a box to tick, or the member. */
  readonly lead?: ReactNode;
  /** What can be done with it. */
  readonly children?: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('console');
  const { nameOf, tell } = useActionWords();
  const { count, points, occurredAt } = action;
  return (
    <div className="action-card">
      <div className="action-head">
        {lead}
        <strong>{nameOf(action)}</strong>
        {count > 1 && <span className="action-count">{t('action.times', { count })}</span>}
        <small>
          <When iso={occurredAt} />
        </small>
        <StateMark state={toldState(action)} />
        <span className="action-points">
          {points === null ? t('action.capped') : <Amount value={points} />}
        </span>
      </div>
      <p>{tell(action, nowMs)}</p>
      <Deeds action={action} />
      {points === null && <p className="action-note">{t('action.cappedWhy')}</p>}
      <div className="action-foot">
        <Facts action={action} />
        {children}
      </div>
    </div>
  );
}
