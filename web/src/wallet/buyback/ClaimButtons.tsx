import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { POINT_DECIMALS, showMoney, showPoints, toBase } from '../../shared/format/amounts.ts';
import { usePointName } from '../shell/useProgram.ts';
import { useWhyNot } from '../writes/useWhyNot.ts';
import { useWritesOf } from '../writes/useWritesOf.ts';
import { WriteList } from '../writes/WriteList.tsx';
import { ClaimMutation, type BuybackView, type OwnShare } from './queries.ts';
import { moneyLookOf } from './useBuyback.ts';

/**
 * What an own wallet gets of a round: points and money, each by itself, so that neither holds up the other. For an account that the
 * service signs for, the service does it.
 */
export function ClaimButtons({
  viewer,
  share,
}: {
  readonly viewer: BuybackView;
  readonly share: OwnShare;
}): JSX.Element | null {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { symbol, decimals } = moneyLookOf(viewer);
  const { round, holder, returned, paid, pointsClaimed, moneyClaimed } = share;
  const name = (asset: string): string => `roundClaim:${round.number}:${asset}`;
  const whyNot = useWhyNot(viewer.member?.balance.stale ?? false);
  const money = useWritesOf((write) => write.name === name('MONEY'));
  const back = useWritesOf((write) => write.name === name('POINTS'));
  const hasMoney = !moneyClaimed && toBase(paid ?? '0', decimals) > 0n;
  const hasBack = !pointsClaimed && toBase(returned ?? '0', POINT_DECIMALS) > 0n;
  const isWaiting = hasMoney || hasBack;
  if (viewer.member === null || holder === viewer.member.account) return null;
  if (!isWaiting && money.all.length + back.all.length === 0) return null;
  const claim = (asset: 'POINTS' | 'MONEY'): void =>
    (asset === 'MONEY' ? money : back).start({
      ...{ name: name(asset), kind: 'roundClaim', document: ClaimMutation },
      input: { round: round.number, asset, ownWallet: holder },
    });
  return (
    <>
      {isWaiting && <p>{t('buyback.claim.words')}</p>}
      <div className="actions">
        {hasMoney && (
          <button
            className="button"
            type="button"
            disabled={whyNot !== null || money.isBusy}
            title={whyNot ?? undefined}
            onClick={() => claim('MONEY')}
          >
            {t('buyback.claim.money', { amount: `${showMoney(paid ?? '0')} ${symbol}` })}
          </button>
        )}
        {hasBack && (
          <button
            className="button quiet"
            type="button"
            disabled={whyNot !== null || back.isBusy}
            title={whyNot ?? undefined}
            onClick={() => claim('POINTS')}
          >
            {t('buyback.claim.points', { points, amount: showPoints(returned ?? '0') })}
          </button>
        )}
      </div>
      <WriteList writes={money} />
      <WriteList writes={back} />
    </>
  );
}
