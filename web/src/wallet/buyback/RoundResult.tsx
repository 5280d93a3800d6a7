import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import {
  fromBase,
  POINT_DECIMALS,
  showMoney,
  showPoints,
  toBase,
} from '../../shared/format/amounts.ts';
import { usePointName } from '../shell/useProgram.ts';
import { ClaimButtons } from './ClaimButtons.tsx';
import type { BuybackView, FullRound, OwnShare } from './queries.ts';

const isNone = (points: string): boolean => toBase(points, POINT_DECIMALS) === 0n;

/** What was bought of a share that came back in part. */
export const boughtOf = ({ amount, returned }: OwnShare): string =>
  fromBase(
    toBase(amount, POINT_DECIMALS) - toBase(returned ?? amount, POINT_DECIMALS),
    POINT_DECIMALS,
  );

/** Three numbers: what was sold, the money for it, and what came back. */
function OwnResult({ share, symbol }: { readonly share: OwnShare; readonly symbol: string }) {
  const { t } = useTranslation('wallet');
  const { paid, returned, pointsClaimed } = share;
  const isOnItsWay = !pointsClaimed && !isNone(returned ?? '0');
  return (
    <dl className="three">
      <div>
        <dt>{t('buyback.result.sold')}</dt>
        <dd>{showPoints(boughtOf(share))}</dd>
      </div>
      <div>
        <dt>{t('buyback.result.money')}</dt>
        <dd>
          {showMoney(paid ?? '0')} <small>{symbol}</small>
        </dd>
      </div>
      <div>
        <dt>{isOnItsWay ? t('buyback.result.onItsWay') : t('buyback.result.back')}</dt>
        <dd>{showPoints(returned ?? '0')}</dd>
      </div>
    </dl>
  );
}

/** A round that closed last: being worked out, or its result. */
export function RoundResult({
  viewer,
  round,
  share,
  symbol,
}: {
  readonly viewer: BuybackView;
  readonly round: FullRound;
  readonly share: OwnShare | null;
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { number, tendered, result } = round;
  const values = { points, number, offered: showPoints(tendered) };
  const isEmpty = isNone(tendered);
  const words = (): string => {
    if (isEmpty) return t('buyback.result.nobody');
    if (result === null) {
      return share === null
        ? t('buyback.result.workedOut')
        : t('buyback.result.workedOutOwn', { points, amount: showPoints(share.amount) });
    }
    if (isNone(result.filled)) return t('buyback.result.noMoney', values);
    const filled = showPoints(result.filled);
    return t('buyback.result.all', {
      ...values,
      filled,
      payout: `${showMoney(result.payout)} ${symbol}`,
    });
  };
  return (
    <section className="card" aria-labelledby="result-title">
      <div className="card-head">
        <h2 id="result-title">{t('buyback.roundTitle', { number })}</h2>
        <span className={`tag ${result === null && !isEmpty ? 'waiting' : ''}`}>
          {result === null && !isEmpty ? t('buyback.result.waiting') : t('buyback.result.closed')}
        </span>
      </div>
      {share !== null && result !== null && <OwnResult share={share} symbol={symbol} />}
      <p>{words()}</p>
      {share !== null && result !== null && <ClaimButtons viewer={viewer} share={share} />}
    </section>
  );
}
