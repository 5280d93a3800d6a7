import { setTimeout as delay } from 'node:timers/promises';
import { oldestOpenEpoch } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import {
  BURNED,
  dayOf,
  startOfDayMs,
  ISSUED,
  OWED,
  RESERVE,
} from '../../domain/projections/totals.ts';
import { ChainError } from '../../ports/chain/chain.ts';
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
  /** Earned and not minted yet: what can be settled now, and what still matures. */
  readonly due: bigint;
  readonly maturing: bigint;
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

export interface Liabilities {
  read(program: Program): Promise<Liability>;
  /** Reads the days up to today, oldest first. @param days How many, today included. */
  byDay(program: Program, days: number): Promise<LiabilityDay[]>;
  /** Compares the read model with the contracts. Null while no node of the chain answers. */
  onChain(program: Program): Promise<OnChain | null>;
}

/** What the contracts say is a moment ahead of what is read of them. */
const COMPARISONS = 8;
const COMPARE_AGAIN_MS = 250;

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
      const { nowMs } = await clock.now();
      const modules = [program.buyback, program.catalogue, program.charter];
      const [{ reserve, owed }, outstanding, escrows, { due, maturing }] = await Promise.all([
        totals.reserve(program.id),
        outstandingOf(program),
        totals.balancesOf(program.id, modules),
        statements.unsettledPoints(program.id, oldestOpenEpoch(program, nowMs)),
      ]);
      const [tendered = 0n, ordered = 0n, objected = 0n] = escrows;
      return {
        outstanding,
        inAccounts: outstanding - tendered - ordered - objected,
        ...{ tendered, ordered, objected, due, maturing, reserve, owed },
        pricePerPoint: program.buybackTerms.at(-1)?.pricePerPoint ?? 0n,
        ...asOf,
      };
    },
    byDay: async (program, days) => {
      const { nowMs } = await clock.now();
      const toDay = dayOf(nowMs);
      const fromDay = toDay - days + 1;
      const names = [ISSUED, BURNED, RESERVE, OWED] as const;
      const added = await totals.addedOnDays(program.id, names, { fromDay, toDay });
      let outstanding = await outstandingOf(program);
      let { reserve, owed } = await totals.reserve(program.id);
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
        if (error instanceof ChainError && error.retryable) return null;
        throw error;
      }
    },
  };
}
