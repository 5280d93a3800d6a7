import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney } from '../../../../shared/format/amounts.ts';
import { showMoment } from '../../../../shared/format/dates.ts';
import { Amount } from '../../../../shared/ui/Values.tsx';
import type { BuybackNow } from '../data/queries.ts';
import { lacksOf, reservePartsOf, type Lack } from '../data/reserveParts.ts';
import { isNothing } from '../data/typedMoney.ts';
import { PutMoneyIn } from './PutMoneyIn.tsx';
import { ReserveBars } from './ReserveBars.tsx';
import { TakeMoneyOut } from './TakeMoneyOut.tsx';
import { CardTopUps } from './CardTopUps.tsx';

/** The money of the buyback: what it is for, what lacks, and how it comes and goes. */
export function MoneyColumn({ program }: { readonly program: BuybackNow }): JSX.Element {
  const { t } = useTranslation('buyback');
  const { reserve, nextRound, settings } = program;
  const { symbol } = settings.settlementToken;
  const parts = reservePartsOf(program);
  const lacks = lacksOf(program);
  const { cover } = nextRound;
  const isCovered = lacks.length === 0 && cover !== null && !isNothing(cover.budget);
  return (
    <aside className="buy-money">
      <section className="panel" aria-labelledby="reserve">
        <div className="panel-head">
          <h2 id="reserve">{t('reserve.title')}</h2>
          <span className="tag">
            <Amount value={reserve.total} symbol={symbol} />
          </span>
        </div>
        <div className="part">
          <ReserveBars parts={parts} symbol={symbol} />
        </div>
        {lacks.map((lack) => (
          <LackNote key={lack.round} lack={lack} symbol={symbol} />
        ))}
        {isCovered && (
          <p className="part buy-enough" role="status">
            {t('reserve.enough', { round: nextRound.number })}
          </p>
        )}
        <PutMoneyIn program={program} lacks={lacks} />
      </section>
      <TakeMoneyOut program={program} parts={parts} />
      {/* Last: whether it is there is known late, and nothing is below that it could push aside. */}
      <CardTopUps program={program} />
    </aside>
  );
}

function LackNote({ lack, symbol }: { readonly lack: Lack; readonly symbol: string }): JSX.Element {
  const { t, i18n } = useTranslation('buyback');
  const { round, amount, until, isOpen } = lack;
  const values = {
    ...{ round, amount: `${showMoney(amount)} ${symbol}` },
    until: showMoment(until, i18n.language),
  };
  return (
    <p className="part blocked" role="status">
      {isOpen ? t('reserve.lacksOpen', values) : t('reserve.lacks', values)}
    </p>
  );
}
