import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { fromBase, POINT_DECIMALS, showMoney, showPoints } from '../../shared/format/amounts.ts';
import { showMoment } from '../../shared/format/dates.ts';
import type { WriteState } from '../../shared/transactions/transactionState.ts';
import { Countdown } from '../../shared/ui/time/Countdown.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { actingAccount, writtenFor } from '../writes/actingAccount.ts';
import { useWhyNot } from '../writes/useWhyNot.ts';
import { useWritesOf } from '../writes/useWritesOf.ts';
import { WriteList } from '../writes/WriteList.tsx';
import { numbersOf, type RoundNumbers } from './estimate.ts';
import { EstimateView, moneyOf, type MoneyLook } from './EstimateView.tsx';
import { OfferSheet } from './OfferSheet.tsx';
import { TenderMutation, UntenderMutation, type BuybackView, type FullRound } from './queries.ts';
import { TakeBackSheet } from './TakeBackSheet.tsx';
import { moneyLookOf, ownPointsIn, shareIn } from './useBuyback.ts';

const KINDS: readonly string[] = ['roundTender', 'roundUntender'];
const isOfRounds = ({ kind }: WriteState): boolean => KINDS.includes(kind);
const shown = (units: bigint): string => showPoints(fromBase(units, POINT_DECIMALS));
const short = (units: bigint): string => shown(units).replace(/\.00$/, '');

/** What the round pays, in one sentence, and whether the money for it is there. */
function Terms({ round, money }: { readonly round: FullRound; readonly money: MoneyLook }) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { opensAt, closesAt, cover } = round;
  const numbers = numbersOf(round, money.decimals);
  const inMoney = (amount: string): string => `${showMoney(amount)} ${money.symbol}`;
  return (
    <div className="round-head">
      <Countdown opensAt={opensAt} closesAt={closesAt} />
      <div>
        <h2>{t('buyback.roundOpen', { number: round.number })}</h2>
        <p>
          {numbers === null
            ? t('buyback.noTerms')
            : t('round.terms', {
                points,
                price: moneyOf(numbers.price, money),
                least: short(numbers.least),
              })}
        </p>
        {cover !== null && (
          <p className={cover.covered ? 'cover-all' : 'cover-part'}>
            {t(cover.covered ? 'buyback.covered' : 'buyback.notCovered', {
              available: inMoney(cover.available),
              budget: inMoney(cover.budget),
            })}
          </p>
        )}
      </div>
    </div>
  );
}

/** Why nothing can be offered, whatever the connection; null when something can. */
function useWhyNoOffer(
  numbers: RoundNumbers | null,
  own: ReturnType<typeof ownPointsIn>,
): { readonly words: string; readonly canCollect: boolean } | null {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  if (numbers === null) return { words: t('buyback.noTerms'), canCollect: false };
  const { had, settled, pending } = own;
  const isEnough = settled > 0n && had + settled >= numbers.least;
  if (isEnough) return null;
  const canCollect = pending > 0n;
  if (had > 0n && settled === 0n) return { words: t('buyback.allIn', { points }), canCollect };
  const values = { points, least: short(numbers.least), settled: shown(settled) };
  return { words: t('buyback.tooFew', values), canCollect };
}

/** The round that is open: what it pays, what the member offers in it, and what it would buy. */
export function OpenRound({
  viewer,
  round,
}: {
  readonly viewer: BuybackView;
  readonly round: FullRound;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const [sheet, setSheet] = useState<'offer' | 'takeBack' | null>(null);
  const writes = useWritesOf(isOfRounds);
  const whyNot = useWhyNot(viewer.member?.balance.stale ?? false);
  const money = moneyLookOf(viewer);
  const numbers = numbersOf(round, money.decimals);
  const own = ownPointsIn(viewer, round.number);
  const whyNoOffer = useWhyNoOffer(numbers, own);
  const { had } = own;
  const isOff = whyNot !== null || writes.isBusy;
  const close = (): void => setSheet(null);
  const send = (kind: 'roundTender' | 'roundUntender', amount: string): void => {
    close();
    const document = kind === 'roundTender' ? TenderMutation : UntenderMutation;
    const { member } = viewer;
    if (member === null) return;
    // What was offered by an earlier account comes back by that one.
    const offered = kind === 'roundUntender' ? shareIn(viewer, round.number) : null;
    const by = writtenFor(member, offered?.holder ?? actingAccount(member));
    const input = { round: round.number, amount, ...by };
    writes.start({ name: `${kind}:${round.number}`, kind, document, input });
  };
  return (
    <section className="card" aria-label={t('buyback.roundOpen', { number: round.number })}>
      <Terms round={round} money={money} />
      {had > 0n && numbers !== null && (
        <div className="offered">
          <p className="offered-head">
            <span className="tag locked">{t('buyback.youOffer')}</span>
            <span className="offered-number">{shown(had)}</span>
          </p>
          <EstimateView numbers={numbers} had={had} change={0n} money={money} />
          <p className="sheet-note">
            {t('buyback.until', { moment: showMoment(round.closesAt, i18n.language) })}
          </p>
        </div>
      )}
      {whyNoOffer !== null && (
        <p className="why-not">
          {whyNoOffer.words}
          {t('between')}
          {whyNoOffer.canCollect && <Link href="/list">{t('buyback.collectFirst')}</Link>}
        </p>
      )}
      {own.elsewhere > 0n && (
        <p className="why-not">{t('buyback.atOld', { points, amount: shown(own.elsewhere) })}</p>
      )}
      <div className="actions">
        {had > 0n && (
          <button
            className="button quiet"
            type="button"
            disabled={isOff}
            title={whyNot ?? undefined}
            onClick={() => setSheet('takeBack')}
          >
            {t('buyback.takeBack')}
          </button>
        )}
        {whyNoOffer === null && (
          <button
            className="button"
            type="button"
            disabled={isOff}
            title={whyNot ?? undefined}
            onClick={() => setSheet('offer')}
          >
            {had > 0n ? t('buyback.offerMore') : t('round.sell', { points })}
          </button>
        )}
      </div>
      <WriteList writes={writes} />
      {sheet === 'offer' && numbers !== null && (
        <OfferSheet
          {...{ round, numbers, own, money }}
          onOffer={(amount) => send('roundTender', amount)}
          onClose={close}
        />
      )}
      {sheet === 'takeBack' && numbers !== null && (
        <TakeBackSheet
          {...{ round, numbers, had, money }}
          onTakeBack={(amount) => send('roundUntender', amount)}
          onClose={close}
        />
      )}
    </section>
  );
}
