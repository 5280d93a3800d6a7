import type { BuybackTerms } from '@dewpoint/contracts/terms.ts';
import { setTimeout as delay } from 'node:timers/promises';
import type { DewpointApi } from './api.ts';
import { inParallel } from './inParallel.ts';
import type { PurchaseDay } from '../log/purchases.ts';

const SECONDS_PER_DAY = 86_400;
/** Rounds open every four weeks, for a week. */
export const ROUND_PERIOD_DAYS = 28;
export const ROUND_WINDOW_DAYS = 7;
/** In base units of a money with 6 decimals: 0.01 a point, 5.00 a round, which buys 500 points; a point at least. */
export const REPLAY_BUYBACK: BuybackTerms = {
  pricePerPoint: 10_000n,
  budgetPerRound: 5_000_000n,
  minTender: 100n,
};
/** What the operator puts in before each round, as the API takes it. */
const DEPOSIT = '5.00';
/** Members who tender in a round; what they have is worth more than the budget, so most rounds are oversubscribed. */
const TENDERS_PER_ROUND = 20;
/** Members who act at the same time; each waits for the transaction to be mined and read. */
const CONCURRENT_TENDERS = 10;
/** Settling may trail by 20 epochs: who bought earlier than this has points by now. */
const SETTLED_AFTER_DAYS = 21;
const POLL_MS = 100;
const PAID_WITHIN_MS = 180_000;
/** Rounding leaves less than one base unit a tender: 0.000020 in a round. */
const DUST_PER_ROUND = 0.00002;

/** The buyback of a replay: the operator funds every round, and some members tender half of what they have. */
export interface ReplayBuyback {
  /** To be called when the clock stands at noon of a day of the log. */
  day(day: PurchaseDay, noon: number): Promise<void>;
  /** Close (unix seconds) of the newest round that anybody tendered in; null for none. */
  closesAt(): number | null;
  /** Waits until everybody is paid. The clock has to be past {@link closesAt}. */
  paid(): Promise<void>;
  readonly rounds: number;
  readonly tenders: number;
}

/** Half of an amount of points, two decimals, rounded down; null when that is less than one point. */
export function halfOf(points: string): string | null {
  const [whole = '0', fraction = ''] = points.split('.');
  const half = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2)) / 2n;
  if (half < REPLAY_BUYBACK.minTender) return null;
  return `${half / 100n}.${String(half % 100n).padStart(2, '0')}`;
}

/** @param args.startsAt Start of epoch 0, unix seconds. */
export function createReplayBuyback(args: { api: DewpointApi; startsAt: number }): ReplayBuyback {
  const { api, startsAt } = args;
  /** Customers in the order of their newest purchase, which moves them to the end. */
  const customers = new Map<string, number>();
  let visited = -1;
  let tenders = 0;
  let rounds = 0;

  const openRoundAt = (moment: number): number | null => {
    const sinceFirst = (moment - startsAt) / SECONDS_PER_DAY - ROUND_PERIOD_DAYS;
    if (sinceFirst < 0 || sinceFirst % ROUND_PERIOD_DAYS >= ROUND_WINDOW_DAYS) return null;
    return Math.floor(sinceFirst / ROUND_PERIOD_DAYS);
  };

  const play = async (round: number, noon: number): Promise<void> => {
    await api.depositReserve(DEPOSIT, `deposit-${round}`);
    const settledBefore = noon - SETTLED_AFTER_DAYS * SECONDS_PER_DAY;
    const candidates = [...customers]
      .filter(([, boughtAt]) => boughtAt < settledBefore)
      .map(([customer]) => customer);
    await inParallel(CONCURRENT_TENDERS, candidates.slice(-TENDERS_PER_ROUND), async (memberId) => {
      const amount = halfOf(await api.settledPoints(memberId));
      if (amount === null) return;
      await api.tender(memberId, round, amount, `tender-${round}-${memberId}`);
      tenders += 1;
    });
    rounds += 1;
  };

  return {
    async day(day, noon) {
      const round = openRoundAt(noon);
      if (round !== null && round !== visited) {
        visited = round;
        await play(round, noon);
      }
      for (const { customer } of day.purchases) {
        customers.delete(customer);
        customers.set(customer, day.startsAt);
      }
    },
    closesAt: () =>
      visited < 0
        ? null
        : startsAt + ((visited + 1) * ROUND_PERIOD_DAYS + ROUND_WINDOW_DAYS) * SECONDS_PER_DAY,
    async paid() {
      const giveUpAt = Date.now() + PAID_WITHIN_MS;
      while (Number(await api.owedMoney()) > rounds * DUST_PER_ROUND) {
        if (Date.now() > giveUpAt) throw new Error('not everybody was paid');
        await delay(POLL_MS);
      }
    },
    get rounds() {
      return rounds;
    },
    get tenders() {
      return tenders;
    },
  };
}
