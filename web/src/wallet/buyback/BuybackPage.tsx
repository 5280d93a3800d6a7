import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import {
  fromBase,
  POINT_DECIMALS,
  showMoney,
  showPoints,
  toBase,
} from '../../shared/format/amounts.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { LookIcon } from '../../shared/ui/icons.tsx';
import { useDurationWords } from '../../shared/ui/time/useDurationWords.ts';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { numbersOf } from './estimate.ts';
import { moneyOf } from './EstimateView.tsx';
import { OpenRound } from './OpenRound.tsx';
import { PastRounds } from './PastRounds.tsx';
import type { BuybackView } from './queries.ts';
import { RoundResult } from './RoundResult.tsx';
import { moneyLookOf, ownPointsIn, shareIn, useBuyback } from './useBuyback.ts';
import './buyback.css';

const LINES = [230, 84, 220];
const MS_PER_SECOND = 1_000;

/** When the next round opens and what it would pay; or that there is nothing to wait for. */
function NextRound({ viewer }: { readonly viewer: BuybackView }) {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const { long } = useDurationWords();
  const { nextRound, settings } = viewer.program;
  const money = moneyLookOf(viewer);
  const numbers = numbersOf(nextRound, money.decimals);
  const moment = showMoment(nextRound.opensAt, i18n.language);
  const every = long(settings.roundPeriodSeconds * MS_PER_SECOND);
  const budget = nextRound.terms?.budgetPerRound ?? '0';
  const buysNothing = numbers === null || toBase(budget, money.decimals) === 0n;
  return (
    <section className="card" aria-labelledby="next-title">
      <h2 id="next-title">
        {buysNothing ? t('buyback.none') : t('buyback.next', { number: nextRound.number })}
      </h2>
      {buysNothing ? (
        <p>{t('buyback.noneWords', { moment, every })}</p>
      ) : (
        <p>
          {t('buyback.nextWords', {
            ...{ moment, points, open: long(settings.roundWindowSeconds * MS_PER_SECOND) },
            price: moneyOf(numbers.price, money),
            budget: `${showMoney(budget)} ${money.symbol}`,
          })}
        </p>
      )}
    </section>
  );
}

/** What the member's points come to at the price of the round: a price, and no promise. */
function Worth({ viewer }: { readonly viewer: BuybackView }) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { currentRound, nextRound } = viewer.program;
  const round = currentRound?.state === 'OPEN' ? currentRound : nextRound;
  const money = moneyLookOf(viewer);
  const numbers = numbersOf(round, money.decimals);
  const own = ownPointsIn(viewer, round.number);
  const all = own.settled + own.elsewhere;
  if (numbers === null || all === 0n) return null;
  const budget = `${showMoney(round.terms?.budgetPerRound ?? '0')} ${money.symbol}`;
  return (
    <section className="card" aria-labelledby="worth-title">
      <h2 id="worth-title">{t('balance.worth')}</h2>
      <p>
        {t('buyback.worth', {
          ...{ points, budget },
          amount: showPoints(fromBase(all, POINT_DECIMALS)),
          price: moneyOf(numbers.price, money),
          sum: moneyOf((all * numbers.price) / 10n ** BigInt(POINT_DECIMALS), money),
        })}
      </p>
    </section>
  );
}

function MoneyLink({ viewer }: { readonly viewer: BuybackView }) {
  const { t } = useTranslation('wallet');
  const money = moneyLookOf(viewer);
  const { owed = '0', account = null } = viewer.member?.money ?? {};
  const sum = toBase(owed, money.decimals) + toBase(account ?? '0', money.decimals);
  return (
    <section className="card row-card">
      <Link className="row" href="/money">
        <span className="row-icon">
          <LookIcon icon={null} otherwise="coins" />
        </span>
        <span>
          <span className="row-title">{t('money.title')}</span>
          <span className="row-note">
            {sum > 0n ? t('buyback.moneyWaits') : t('buyback.moneyNone')}
          </span>
        </span>
        <span className="row-value">{moneyOf(sum, money)}</span>
      </Link>
    </section>
  );
}

function Buyback({ viewer }: { readonly viewer: BuybackView }) {
  const { currentRound } = viewer.program;
  const isOpen = currentRound?.state === 'OPEN';
  const { symbol } = moneyLookOf(viewer);
  return (
    <>
      {currentRound !== null && isOpen && <OpenRound viewer={viewer} round={currentRound} />}
      {currentRound !== null && !isOpen && (
        <RoundResult
          viewer={viewer}
          round={currentRound}
          share={shareIn(viewer, currentRound.number)}
          symbol={symbol}
        />
      )}
      <MoneyLink viewer={viewer} />
      {!isOpen && <NextRound viewer={viewer} />}
      <Worth viewer={viewer} />
      <PastRounds viewer={viewer} without={currentRound?.number ?? null} />
    </>
  );
}

/** Sell points back, knowing the odds. */
export function BuybackPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const buyback = useBuyback();
  return (
    <Page title={t('buyback.title')}>
      <Loaded polled={buyback} lines={LINES} isStale={buyback.data?.member?.balance.stale ?? false}>
        {(viewer) => <Buyback viewer={viewer} />}
      </Loaded>
    </Page>
  );
}
