import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showMoney } from '../../../../shared/format/amounts.ts';
import { When } from '../../../../shared/ui/Values.tsx';
import { datesOfRound } from '../data/roundDates.ts';
import { isNothing } from '../data/typedMoney.ts';
import type { BuybackNow } from '../data/queries.ts';

const SHOWN = 4;

/** The next rounds by their dates, which the contract fixed: there is nothing to set here. */
export function RoundCalendar({ program }: { readonly program: BuybackNow }): JSX.Element {
  const { t } = useTranslation('buyback');
  const { settings, currentRound, nextRound, buybackTerms } = program;
  const { symbol } = settings.settlementToken;
  const isOpen = currentRound?.state === 'OPEN';
  const first = isOpen ? currentRound.number : nextRound.number;
  const budgetOf = (round: number): string | null => {
    const terms = buybackTerms.edges.find(({ node }) => node.fromRound <= round)?.node;
    return terms === undefined || isNothing(terms.budgetPerRound) ? null : terms.budgetPerRound;
  };
  return (
    <section className="panel" aria-labelledby="calendar">
      <div className="panel-head">
        <h2 id="calendar">{t('calendar.title')}</h2>
        <span className="tag">{t('calendar.fixed')}</span>
      </div>
      <ol className="part buy-calendar">
        {Array.from({ length: SHOWN }, (_, at) => {
          const { number, opensAt, closesAt } = datesOfRound(settings, first + at);
          const isNow = isOpen && at === 0;
          const isNext = number === nextRound.number;
          const budget = budgetOf(number);
          return (
            <li key={number} className={isNow ? 'is-now' : ''}>
              <b>
                {isNow || isNext ? (
                  <Link href={`/buyback/rounds/${number}`}>{t('round', { number })}</Link>
                ) : (
                  t('round', { number })
                )}
              </b>
              <span>
                <When iso={opensAt} />
              </span>
              <small>
                {t('calendar.to')} <When iso={closesAt} />
              </small>
              <small>
                {budget === null
                  ? t('calendar.noBudget')
                  : t('calendar.budget', { budget: `${showMoney(budget)} ${symbol}` })}
              </small>
              {isNow && <span className="tag accent">{t('calendar.now')}</span>}
              {isNext && <CoverTag round={program.nextRound} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Whether the whole budget of a round is there; nothing where there is no budget. */
export function CoverTag({
  round: { cover },
}: {
  readonly round: Pick<BuybackNow['nextRound'], 'cover'>;
}): JSX.Element | null {
  const { t } = useTranslation('buyback');
  if (cover === null || isNothing(cover.budget)) return null;
  return (
    <span className={cover.covered ? 'tag better' : 'tag waiting'}>
      {cover.covered ? t('covered') : t('notCovered')}
    </span>
  );
}
