import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { POINT_DECIMALS, showMoney, showPoints, toBase } from '../../shared/format/amounts.ts';
import { showDay } from '../../shared/format/dates.ts';
import { LookIcon } from '../../shared/ui/icons.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { ClaimButtons } from './ClaimButtons.tsx';
import type { BuybackView, FullRound } from './queries.ts';
import { boughtOf } from './RoundResult.tsx';
import { moneyLookOf, shareIn } from './useBuyback.ts';

const isNone = (points: string): boolean => toBase(points, POINT_DECIMALS) === 0n;

function PastRound({ viewer, round }: { readonly viewer: BuybackView; readonly round: FullRound }) {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const { symbol } = moneyLookOf(viewer);
  const { number, opensAt, closesAt, tendered, result } = round;
  const share = shareIn(viewer, number);
  const filled = showPoints(result?.filled ?? '0');
  const ofAll = (): string => {
    if (isNone(tendered)) return t('buyback.past.nobody');
    if (result === null) return t('buyback.result.waiting');
    return t('buyback.past.all', { points, filled, offered: showPoints(tendered) });
  };
  const mine =
    share === null || share.returned === null
      ? null
      : t('buyback.past.mine', {
          ...{ points, bought: showPoints(boughtOf(share)), returned: showPoints(share.returned) },
          amount: showPoints(share.amount),
        });
  const isMine = share?.paid != null;
  const paid = isMine ? share.paid : (result?.payout ?? null);
  return (
    <li>
      <div className="row">
        <span className="row-icon">
          <LookIcon icon={null} otherwise={isMine ? 'coins' : 'back'} />
        </span>
        <span>
          <span className="row-title">{t('buyback.roundTitle', { number })}</span>
          <span className="row-note">
            {t('buyback.past.days', {
              from: showDay(opensAt, i18n.language),
              to: showDay(closesAt, i18n.language),
            })}
          </span>
          {mine !== null && <span className="row-note">{mine}</span>}
          <span className="row-note">{ofAll()}</span>
        </span>
        <span className="row-value">
          {paid !== null && `${isMine ? '+' : ''}${showMoney(paid)} ${symbol}`}
          {paid !== null && (
            <small>{isMine ? t('buyback.past.toYou') : t('buyback.past.toAll')}</small>
          )}
        </span>
      </div>
      {share !== null && result !== null && <ClaimButtons viewer={viewer} share={share} />}
    </li>
  );
}

/** Rounds that are over, newest first, with the member's part in each. */
export function PastRounds({
  viewer,
  without,
}: {
  readonly viewer: BuybackView;
  /** Number of the round that has a card of its own; null for none. */
  readonly without: number | null;
}): JSX.Element | null {
  const { t } = useTranslation('wallet');
  const rounds = viewer.program.rounds.edges
    .map(({ node }) => node)
    .filter(({ number, state }) => number !== without && state !== 'OPEN');
  if (rounds.length === 0) return null;
  return (
    <section className="card" aria-labelledby="past-title">
      <h2 id="past-title">{t('buyback.past.title')}</h2>
      <ul className="rows">
        {rounds.map((round) => (
          <PastRound key={round.number} viewer={viewer} round={round} />
        ))}
      </ul>
    </section>
  );
}
