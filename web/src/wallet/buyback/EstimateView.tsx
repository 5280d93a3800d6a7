import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { fromBase, POINT_DECIMALS, showMoney, showPoints } from '../../shared/format/amounts.ts';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { estimateOf, type Estimate, type RoundNumbers } from './estimate.ts';

/** How money is written here. */
export interface MoneyLook {
  readonly symbol: string;
  readonly decimals: number;
}

const shown = (units: bigint): string => showPoints(fromBase(units, POINT_DECIMALS));
/** Writes base units of money. */
export const moneyOf = (units: bigint, { symbol, decimals }: MoneyLook): string =>
  `${showMoney(fromBase(units, decimals))} ${symbol}`;

const WIDE = 1_000n;
const LEAST_WIDE = 6n;

/** What others offer, what the member offers, and where the money ends. */
function Bar({ estimate }: { readonly estimate: Estimate }): JSX.Element {
  const { t } = useTranslation('wallet');
  const { offered, mine, most } = estimate;
  const others = offered - mine;
  const whole = offered > most ? offered : most;
  const part = (units: bigint): number => {
    if (whole === 0n || units === 0n) return 0;
    const wide = (units * WIDE) / whole;
    return Number(wide < LEAST_WIDE ? LEAST_WIDE : wide);
  };
  const words = { others: shown(others), mine: shown(mine), most: shown(most) };
  const end = part(most);
  return (
    <figure className="estimate-bar">
      <svg
        viewBox="0 0 1000 24"
        preserveAspectRatio="none"
        role="img"
        aria-label={t('buyback.bar', words)}
      >
        <rect className="bar-whole" width="1000" height="24" />
        <rect className="bar-others" width={part(others)} height="24" />
        <rect className="bar-mine" x={part(others)} width={part(mine)} height="24" />
        {offered > most && <rect className="bar-over" x={end} width={1_000 - end} height="24" />}
        {offered > most && <rect className="bar-end" x={end - 3} width="6" height="24" />}
      </svg>
      <figcaption aria-hidden="true">
        <span className="key others">{t('buyback.keyOthers', words)}</span>
        <span className="key mine">{t('buyback.keyMine', words)}</span>
        <span className="key most">{t('buyback.keyMost', words)}</span>
      </figcaption>
    </figure>
  );
}

/** What the round would do if it closed now, for what the member offers with a change of it: in numbers, a bar and words. */
export function EstimateView({
  numbers,
  had,
  change,
  money,
}: {
  readonly numbers: RoundNumbers;
  readonly had: bigint;
  readonly change: bigint;
  readonly money: MoneyLook;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const estimate = estimateOf(numbers, had, change);
  const { bought, paid, returned, ofTen, offered, most, mine } = estimate;
  const odds = bought === 0n ? 'none' : returned === 0n ? 'all' : 'part';
  const values = {
    points,
    ...{ bought: shown(bought), paid: moneyOf(paid, money), returned: shown(returned) },
    ...{ mine: shown(mine), ofTen: shown(ofTen) },
  };
  return (
    <section className="estimate">
      <h3>{t('buyback.ifNow')}</h3>
      <Bar estimate={estimate} />
      <p className="estimate-main">{t(`buyback.estimate.${odds}`, values)}</p>
      <p>{t(`buyback.odds.${odds}`, values)}</p>
      <Details title={t('buyback.how')}>
        <Fact name={t('buyback.sumOffered')}>{shown(offered)}</Fact>
        <Fact name={t('buyback.sumMoney')}>{moneyOf(numbers.budget, money)}</Fact>
        <Fact name={t('buyback.sumMost')}>
          {moneyOf(numbers.budget, money)} / {moneyOf(numbers.price, money)} = {shown(most)}
        </Fact>
        <Fact name={t('buyback.sumPart')}>
          {shown(mine)} / {shown(offered)}
        </Fact>
        <Fact name={t('buyback.sumRound')}>{t('buyback.sumRoundWords')}</Fact>
      </Details>
    </section>
  );
}
