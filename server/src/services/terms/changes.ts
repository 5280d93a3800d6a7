import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import {
  changeStateAt,
  earliestEffectMs,
  earliestEnactmentMs,
  isWithdrawalAStrike,
  objectionsNeeded,
  type Change,
  type ChangeState,
  type Objection,
} from '../../domain/terms/change.ts';
import { restAt, type Rest } from '../../domain/terms/rest.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ChangeStore } from '../../ports/stores/terms.ts';
import type { RoundStore } from '../../ports/stores/buyback.ts';
import type { ChainEventStore, TotalsStore } from '../../ports/stores/indexer.ts';
import {
  asOfNow,
  projectionPage,
  type AsOf,
  type ProjectionPage,
  type PageOf,
  type HolderPage,
} from '../page.ts';

/** A change in its present state. */
export interface ChangeView extends Omit<Change, 'state'>, AsOf {
  readonly state: ChangeState;
  /** Earliest time at which it can be enacted; null unless it is pending. It never becomes earlier. */
  readonly earliestEnactmentMs: number | null;
  /** Earliest time at which its terms can be in force; null unless it is pending. */
  readonly earliestEffectMs: number | null;
  /** Base units of points in objection that strike it down; null unless it is pending and its notice runs. */
  readonly objectionsNeeded: bigint | null;
  /** Whether withdrawing it now would count as a strike; null unless it is pending. */
  readonly withdrawalIsStrike: boolean | null;
}

/** The rest before the next hurtful change. */
export interface RestView extends Rest, AsOf {}

/** Points that one holder locked against one change. */
export interface ObjectionView extends Objection, AsOf {}

/** All objections to a change at the end of one step of its notice, or now. */
export interface ObjectionsAt {
  /** Start of the step. */
  readonly atMs: number;
  /** Base units of points. */
  readonly objections: bigint;
}

/** Steps that the notice of a change is shown in: a week in six hours each. */
export const NOTICE_STEPS = 28;

/** Reads the changes and objections of a program, from the read model. */
export interface Changes {
  find(program: Program, number: number): Promise<ChangeView | null>;
  /** Finds the changes that a transaction announced, oldest first. */
  findByTransaction(program: Program, transactionHash: Hex): Promise<ChangeView[]>;
  /** Finds the pending change that hurts members or holders; null when there is none. */
  pending(program: Program): Promise<ChangeView | null>;
  /** Computes the rest before the next change that hurts members or holders. */
  rest(program: Program): Promise<RestView>;
  /** Lists changes, newest first. */
  list(program: Program, page: PageOf): Promise<ProjectionPage<ChangeView>>;
  /** Reads how objections to a change grew, in equal steps of its notice, up to now; none for a change without notice. */
  objectionsOverTime(
    program: Program,
    change: Pick<Change, 'number' | 'announcedAtMs' | 'noticeEndsAtMs'>,
  ): Promise<ObjectionsAt[]>;
  objection(program: Program, change: number, holder: Address): Promise<ObjectionView | null>;
  /** Lists the objections of these accounts, newest change first. */
  objectionsOf(
    program: Program,
    holders: readonly Address[],
    page: HolderPage,
  ): Promise<ProjectionPage<ObjectionView>>;
}

export function createChanges(deps: {
  changes: ChangeStore;
  chainEvents: Pick<ChainEventStore, 'objectionsByStep'>;
  rounds: Pick<RoundStore, 'findMany'>;
  totals: Pick<TotalsStore, 'asOf' | 'supply'>;
  clock: ChainClock;
}): Changes {
  const { changes } = deps;

  const pendingView = async (
    program: Program,
    change: Change,
    nowMs: number,
  ): Promise<
    Pick<
      ChangeView,
      'earliestEnactmentMs' | 'earliestEffectMs' | 'objectionsNeeded' | 'withdrawalIsStrike'
    >
  > => {
    const { firstEligibleRound, noticeEndsAtMs } = change;
    const [eligible] =
      firstEligibleRound === null
        ? []
        : await deps.rounds.findMany(program.id, [firstEligibleRound]);
    const earliestMs = earliestEnactmentMs(program, change, eligible?.result ?? null);
    const { issued, burned } = await deps.totals.supply(program.id);
    const needed = objectionsNeeded(program, change, issued - burned);
    return {
      earliestEnactmentMs: earliestMs,
      earliestEffectMs: earliestEffectMs(program, change, Math.max(earliestMs, nowMs)),
      objectionsNeeded: nowMs < noticeEndsAtMs ? needed : null,
      withdrawalIsStrike: isWithdrawalAStrike(change.objections, needed),
    };
  };

  const view = async (
    program: Program,
    change: Change,
    asOf: AsOf,
    nowMs: number,
  ): Promise<ChangeView> => {
    const state = changeStateAt(change, nowMs);
    const none = {
      ...{ earliestEnactmentMs: null, earliestEffectMs: null },
      ...{ objectionsNeeded: null, withdrawalIsStrike: null },
    };
    const pending = state === 'PENDING' ? await pendingView(program, change, nowMs) : none;
    return { ...change, state, ...pending, ...asOf };
  };

  /** Reads the position and the time before the projections. */
  const views = async (
    program: Program,
    read: () => Promise<readonly Change[]>,
  ): Promise<{ asOf: AsOf; rows: ChangeView[] }> => {
    const asOf = await asOfNow(deps.totals, program);
    const { nowMs } = await deps.clock.now();
    const found = await read();
    const rows = await Promise.all(found.map((change) => view(program, change, asOf, nowMs)));
    return { asOf, rows };
  };
  const one = async (
    program: Program,
    read: () => Promise<Change | null>,
  ): Promise<ChangeView | null> => {
    const { rows } = await views(program, async () => {
      const found = await read();
      return found === null ? [] : [found];
    });
    return rows[0] ?? null;
  };

  return {
    find: (program, number) => one(program, () => changes.find(program.id, number)),
    findByTransaction: async (program, transactionHash) => {
      const read = (): Promise<Change[]> => changes.findByTransaction(program.id, transactionHash);
      return (await views(program, read)).rows;
    },
    pending: async (program) => {
      const found = await one(program, () => changes.findPending(program.id));
      return found?.state === 'PENDING' ? found : null;
    },
    rest: async (program) => {
      const asOf = await asOfNow(deps.totals, program);
      const { nowMs } = await deps.clock.now();
      return { ...restAt(program, await changes.listHurtful(program.id), nowMs), ...asOf };
    },
    list: async (program, { first, after }) => {
      const { asOf, rows } = await views(program, () =>
        changes.list(program.id, { below: after, limit: first + 1 }),
      );
      return projectionPage(asOf, rows, first);
    },
    objectionsOverTime: async (program, { number, announcedAtMs, noticeEndsAtMs }) => {
      const stepMs = (noticeEndsAtMs - announcedAtMs) / NOTICE_STEPS;
      if (stepMs <= 0) return [];
      const { nowMs } = await deps.clock.now();
      const range = { fromMs: announcedAtMs, stepMs };
      const grown = await deps.chainEvents.objectionsByStep(program.id, number, range);
      const byStep = new Map(grown.map(({ step, objections }) => [step, objections]));
      const points: ObjectionsAt[] = [];
      let objections = 0n;
      for (let step = 0; step < NOTICE_STEPS; step += 1) {
        const atMs = announcedAtMs + step * stepMs;
        if (atMs > nowMs) break;
        objections = byStep.get(step) ?? objections;
        points.push({ atMs, objections });
      }
      return points;
    },
    objection: async (program, change, holder) => {
      const asOf = await asOfNow(deps.totals, program);
      const found = await changes.findObjection(program.id, change, holder);
      return found === null ? null : { ...found, ...asOf };
    },
    objectionsOf: async (program, holders, { first, after }) => {
      const asOf = await asOfNow(deps.totals, program);
      const page = { after, limit: first + 1 };
      const found = await changes.listObjectionsOf(program.id, holders, page);
      return projectionPage(
        asOf,
        found.map((objection) => ({ ...objection, ...asOf })),
        first,
      );
    },
  };
}
