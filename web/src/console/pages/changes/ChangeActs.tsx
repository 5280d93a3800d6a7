import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoment } from '../../../shared/format/dates.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { ActButton } from '../../access/ActButton.tsx';
import { CheckLine } from '../../terms/CheckLine.tsx';
import { useFocusTurn } from '../../parts/useFocusHere.ts';
import { useAct } from '../../writes/useAct.ts';
import {
  ChangeEnact,
  ChangeWithdraw,
  type ChangeOfProgram,
  type DeskChange,
} from './data/queries.ts';

/** Notice periods of the rest after a change that came to nothing, by strikes in a row; the last for all that are more. */
const REST_PERIODS = [1, 1, 2, 4, 8] as const;
const MS_PER_SECOND = 1_000;

/** What a withdrawal now would cost: until when nothing that hurts can be announced, and whether it counts as struck down. */
function costOfWithdrawal(
  { settings, changeRest }: ChangeOfProgram,
  { withdrawalIsStrike }: DeskChange,
  nowMs: number,
): { readonly until: string; readonly isStrike: boolean } {
  const isStrike = withdrawalIsStrike === true;
  const strikes = changeRest.strikesInARow + (isStrike ? 1 : 0);
  const periods = REST_PERIODS[Math.min(strikes, REST_PERIODS.length - 1)] ?? 1;
  const until = nowMs + periods * settings.noticeSeconds * MS_PER_SECOND;
  return { until: new Date(until).toISOString(), isStrike };
}

/** What can be done with a change that is under way. */
export function ChangeActs({
  program,
  change,
}: {
  readonly program: ChangeOfProgram;
  readonly change: DeskChange;
}): JSX.Element {
  const { t, i18n } = useTranslation('changes');
  const now = Date.parse(program.clock.now);
  const { number, earliestEnactment, stale } = change;
  const [isAsked, setAsked] = useState(false);
  const [isTicked, setTicked] = useState(false);
  const place = useFocusTurn<HTMLDivElement>(isAsked, 'input');
  const names = { enact: `changeEnact:${number}`, withdraw: `changeWithdraw:${number}` };
  const enact = useAct({ name: names.enact, kind: 'changeEnact', document: ChangeEnact });
  const withdraw = useAct({
    ...{ name: names.withdraw, kind: 'changeWithdraw', document: ChangeWithdraw },
  });
  const isDue = earliestEnactment !== null && Date.parse(earliestEnactment) <= now;
  const cost = costOfWithdrawal(program, change, now);
  const quiet = stale ? t('acts.stale') : null;
  const notYet =
    isDue || earliestEnactment === null
      ? null
      : t('acts.notDue', { at: showMoment(earliestEnactment, i18n.language) });
  return (
    <section className="panel" aria-labelledby="acts">
      <div className="panel-head">
        <h2 id="acts">{t('acts.title')}</h2>
      </div>
      <div className="part act-part">
        <p>{t('acts.enactWords')}</p>
        <ActButton
          needs="MANAGER"
          barrier={quiet ?? notYet}
          disabled={enact.isUnderWay || withdraw.isUnderWay}
          onClick={() => enact.start({ change: number })}
        >
          {t('acts.enact')}
        </ActButton>
        <TransactionStatus name={names.enact} />
      </div>
      <div className="part act-part" ref={place}>
        <p>{t('acts.withdrawWords')}</p>
        {isAsked ? (
          <>
            <p className="withdraw-cost">
              {t('acts.cost', { at: showMoment(cost.until, i18n.language) })}
              {cost.isStrike && t('between') + t('acts.strike')}
            </p>
            <CheckLine isTicked={isTicked} onTick={setTicked}>
              {t('acts.iKnow')}
            </CheckLine>
            <div className="act-row">
              <ActButton
                needs="OWNER"
                className="danger-fill"
                barrier={quiet}
                disabled={!isTicked || withdraw.isUnderWay || enact.isUnderWay}
                onClick={() => withdraw.start({ change: number })}
              >
                {t('acts.withdrawNow')}
              </ActButton>
              <Button
                variant="default"
                disabled={withdraw.isUnderWay}
                onClick={() => {
                  setAsked(false);
                  setTicked(false);
                }}
              >
                {t('acts.leave')}
              </Button>
            </div>
          </>
        ) : (
          <ActButton
            needs="OWNER"
            variant="default"
            className="danger"
            barrier={quiet}
            disabled={withdraw.isUnderWay}
            onClick={() => setAsked(true)}
          >
            {t('acts.withdraw')}
          </ActButton>
        )}
        <TransactionStatus name={names.withdraw} />
      </div>
    </section>
  );
}
