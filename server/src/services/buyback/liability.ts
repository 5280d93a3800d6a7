import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { oldestOpenEpoch } from '../../domain/epochs.ts';
import { ServiceError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import {
  BURNED,
  dayOf,
  startOfDayMs,
  ISSUED,
  OWED,
  RESERVE,
} from '../../domain/projections/totals.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ProgramViews } from '../../ports/chain/programViews.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import { asOfNow, type AsOf } from '../page.ts';

/** State at the end of a day, in base units. */
export interface LiabilityDay {
  /** Start of the day, in UTC. */
  readonly startsAtMs: number;
  /** Points minted and burned on that day. */
  readonly issued: bigint;
  readonly burned: bigint;
  /** Points outstanding at its end, or now. */
  readonly outstanding: bigint;
  /** Money in the reserve at its end, or now, and the part of it that is owed. */
  readonly reserve: bigint;
  readonly owed: bigint;
}

/** What a program owes, where it lies, and what there is for it. Points and money in base units. */
export interface Liability extends AsOf {
  readonly outstanding: bigint;
  /** Outstanding points by where they lie; the four are all of them. */
  readonly inAccounts: bigint;
  readonly tendered: bigint;
  readonly ordered: bigint;
  readonly objected: bigint;
  /** Price of one whole point by the newest buyback terms; 0 without any. */
  readonly pricePerPoint: bigint;
  readonly reserve: bigint;
  readonly owed: bigint;
}

/** What the contracts themselves say. */
export interface OnChain {
  readonly outstanding: bigint;
  readonly reserve: bigint;
  /** Whether it is what the read model has. */
  readonly matches: boolean;
}

/** Points that were earned and are not minted yet, in base units: what can be settled now, and what still matures. */
export interface Unsettled {
  readonly due: bigint;
  readonly maturing: bigint;
}

export interface Liabilities {
  read(program: Program): Promise<Liability>;
  /** Adds up all open statements of a program. However often it is asked, the database is asked once a second. */
  unsettled(program: Program): Promise<Unsettled>;
  /** Reads the days up to today, oldest first. @param days How many, today included. */
  byDay(program: Program, days: number): Promise<LiabilityDay[]>;
  /** Compares the read model with the contracts. Null while no node of the chain answers. */
  onChain(program: Program): Promise<OnChain | null>;
}

/** What the contracts say is a moment ahead of what is read of them. */
const COMPARISONS = 8;
const COMPARE_AGAIN_MS = 250;
const UNSETTLED_AGE_MS = 1_000;
const MAX_CACHED = 1_000;

export function createLiabilities(deps: {
  readonly totals: Pick<TotalsStore, 'addedOnDays' | 'asOf' | 'balancesOf' | 'reserve' | 'supply'>;
  readonly statements: Pick<StatementStore, 'unsettledPoints'>;
  readonly views: Pick<ProgramViews, 'reserveOf' | 'supplyOf'>;
  readonly clock: ChainClock;
}): Liabilities {
  const { totals, statements, views, clock } = deps;

  const outstandingOf = async (program: Program): Promise<bigint> => {
    const { issued, burned } = await totals.supply(program.id);
    return issued - burned;
  };

  const asked = new LRUCache<string, Promise<Unsettled>>({
    max: MAX_CACHED,
    ttl: UNSETTLED_AGE_MS,
  });
  const unsettledOf = async (program: Program): Promise<Unsettled> => {
    const { nowMs } = await clock.now();
    return statements.unsettledPoints(program.id, oldestOpenEpoch(program, nowMs));
  };

  const compare = async (program: Program): Promise<OnChain> => {
    // In this order: what is read of the chain afterwards is no older.
    const [supply, reserve] = await Promise.all([
      views.supplyOf(program),
      views.reserveOf(program),
    ]);
    const held = await totals.reserve(program.id);
    const matches = held.reserve === reserve && (await outstandingOf(program)) === supply;
    return { outstanding: supply, reserve, matches };
  };

  return {
    read: async (program) => {
      const asOf = await asOfNow(totals, program);
      const modules = [program.buyback, program.catalogue, program.charter];
      const [{ reserve, owed }, outstanding, escrows] = await Promise.all([
        totals.reserve(program.id),
        outstandingOf(program),
        totals.balancesOf(program.id, modules),
      ]);
      const [tendered = 0n, ordered = 0n, objected = 0n] = escrows;
      return {
        outstanding,
        inAccounts: outstanding - tendered - ordered - objected,
        ...{ tendered, ordered, objected, reserve, owed },
        pricePerPoint: program.buybackTerms.at(-1)?.pricePerPoint ?? 0n,
        ...asOf,
      };
    },
    unsettled: (program) => {
      const known = asked.get(program.id);
      if (known !== undefined) return known;
      const answer = unsettledOf(program);
      asked.set(program.id, answer);
      // A failure is nobody's answer but of those who asked for it.
      answer.catch(() => asked.delete(program.id));
      return answer;
    },
    byDay: async (program, days) => {
      const { nowMs } = await clock.now();
      const toDay = dayOf(nowMs);
      const fromDay = toDay - days + 1;
      const names = [ISSUED, BURNED, RESERVE, OWED] as const;
      const read = await totals.addedOnDays(program.id, names, { fromDay, toDay });
      const added = read.days;
      const [allIssued = 0n, allBurned = 0n, allReserve = 0n, allOwed = 0n] = read.totals;
      let outstanding = allIssued - allBurned;
      let [reserve, owed] = [allReserve, allOwed];
      const newestFirst = added.map((_, back) => {
        const index = added.length - 1 - back;
        const [issued = 0n, burned = 0n, reserveAdded = 0n, owedAdded = 0n] = added[index] ?? [];
        const day = { issued, burned, outstanding, reserve, owed };
        // What it was before this day came.
        outstanding -= issued - burned;
        reserve -= reserveAdded;
        owed -= owedAdded;
        return { startsAtMs: startOfDayMs(fromDay + index), ...day };
      });
      return newestFirst.toReversed();
    },
    onChain: async (program) => {
      try {
        for (let left = COMPARISONS; ; left -= 1) {
          const compared = await compare(program);
          if (compared.matches || left <= 1) return compared;
          await delay(COMPARE_AGAIN_MS);
        }
      } catch (error) {
        if (error instanceof ServiceError && error.code === 'CHAIN_UNAVAILABLE') return null;
        throw error;
      }
    },
  };
}
