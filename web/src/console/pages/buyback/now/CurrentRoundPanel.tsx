import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showMoney, showPoints } from '../../../../shared/format/amounts.ts';
import { showMoment } from '../../../../shared/format/dates.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { Countdown } from '../../../../shared/ui/time/Countdown.tsx';
import { Amount } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { RoundSettle } from '../data/acts.ts';
import type { BuybackNow, DeskRound } from '../data/queries.ts';
import { CoverTag } from './RoundCalendar.tsx';

const SETTLE = 'roundSettle';

/** The round that is open, or the one that closed and is to be settled; nothing between rounds. */
export function CurrentRoundPanel({
  program,
}: {
  readonly program: BuybackNow;
}): JSX.Element | null {
  const { currentRound: round, settings } = program;
  const { symbol } = settings.settlementToken;
  if (round?.state === 'OPEN') return <OpenRoundPanel {...{ round, symbol }} />;
  // Nobody offered anything: there is nothing to work out.
  if (round?.state === 'CLOSED' && round.expected !== null) {
    return <DueRoundPanel {...{ round, symbol }} />;
  }
  return null;
}

function OpenRoundPanel({
  round,
  symbol,
}: {
  readonly round: DeskRound;
  readonly symbol: string;
}): JSX.Element {
  const { t, i18n } = useTranslation('buyback');
  const { number, opensAt, closesAt, tendered, holders, cover, expected } = round;
  return (
    <section className="panel" aria-labelledby="open-round">
      <div className="panel-head">
        <h2 id="open-round">
          <Link href={`/buyback/rounds/${number}`}>{t('open.title', { number })}</Link>
        </h2>
        <CoverTag round={round} />
      </div>
      <div className="part buy-open">
        <Countdown opensAt={opensAt} closesAt={closesAt} />
        <div>
          <p className="buy-sentence">
            {t('open.closes', { at: showMoment(closesAt, i18n.language) })}
          </p>
          <p className="buy-fine">
            {expected === null
              ? t('open.nobody')
              : t('open.expected', {
                  filled: showPoints(expected.filled),
                  tendered: showPoints(tendered),
                  payout: `${showMoney(expected.payout)} ${symbol}`,
                })}
          </p>
        </div>
      </div>
      <dl className="part facts">
        <div>
          <dt>{t('open.tendered')}</dt>
          <dd>
            <Amount value={tendered} />
          </dd>
        </div>
        <div>
          <dt>{t('open.holders')}</dt>
          <dd>{holders}</dd>
        </div>
        {cover !== null && (
          <div>
            <dt>{t('open.cover')}</dt>
            <dd>
              {t('ofBudget', {
                available: showMoney(cover.available),
                budget: `${showMoney(cover.budget)} ${symbol}`,
              })}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function DueRoundPanel({
  round,
  symbol,
}: {
  readonly round: DeskRound;
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const act = useAct({ name: SETTLE, kind: SETTLE, document: RoundSettle });
  const { number, expected, tendered } = round;
  return (
    <section className="panel" aria-labelledby="due-round">
      <div className="panel-head">
        <h2 id="due-round">
          <Link href={`/buyback/rounds/${number}`}>{t('due.title', { number })}</Link>
        </h2>
        <span className="tag waiting">{t('state.CLOSED')}</span>
      </div>
      <div className="part buy-words">
        <p>
          {expected !== null &&
            t('due.expected', {
              filled: showPoints(expected.filled),
              tendered: showPoints(tendered),
              payout: `${showMoney(expected.payout)} ${symbol}`,
            })}
        </p>
        <p className="buy-fine">{t('due.words')}</p>
        <ActButton
          needs="MANAGER"
          barrier={round.stale ? t('stale') : null}
          loading={act.isUnderWay}
          onClick={() => act.start({})}
        >
          {t('due.go')}
        </ActButton>
        <TransactionStatus name={SETTLE} />
      </div>
    </section>
  );
}
