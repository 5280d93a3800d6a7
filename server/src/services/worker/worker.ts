import type { Program } from '../../domain/program.ts';
import type { Logger } from '../../lib/logger.ts';
import { noteSpan } from '../../lib/telemetry/tracing.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import type { Wake } from '../../ports/wake.ts';
import { isRetryable } from '../isRetryable.ts';
import type { Keeper } from '../keeper/keeper.ts';
import { createLease } from './lease.ts';
import type { Indexer } from '../indexer/indexer.ts';
import type { RegisterCreated } from '../programs/registerCreated.ts';
import type { GasAlert } from '../transactions/gasTank.ts';
import type { Sender } from '../transactions/sending/sender.ts';
import type { MemberEraser } from '../members/eraseMember.ts';
import type { MergedPoints } from '../members/mergedPoints.ts';
import type { MemberMerger } from '../members/mergeMembers.ts';
import type { Settler } from '../statements/settler.ts';

/** Runs the pipeline for all programs of one chain while it holds the lease. */
export interface Worker extends Wake {
  start(): void;
  /** Stops after the current step and releases the lease. */
  stop(): Promise<void>;
}

/** The part of the aggregator that the worker runs. */
export interface Aggregation {
  /** Aggregates statements with new actions. @returns how many */
  step(program: Program): Promise<number>;
  /** Marks statements to be aggregated once more after their recording and before their window closes. */
  sweep(program: Program): Promise<unknown>;
}

/** Tells of what happened: see `services/webhooks/teller.ts`. */
export interface TellerStep {
  /** @returns how many events were found */
  step(program: Program, throughBlock: number): Promise<number>;
}

/** Time passes (epochs close, actions mature, the clock of a local chain is moved on) without a wake-up of the worker. */
export const DEFAULT_POLL_MS = 500;
/** How long a server that died keeps the others waiting. */
export const DEFAULT_LEASE_TTL_MS = 10_000;
/** After an error: long enough not to flood a node that is starting, short enough to be back at once. */
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 5_000;

/** Aggregating takes at most one part of this many and one of the time. */
const AGGREGATING_RESTS = 3;
/** Steps that took less are not told to a collector of OpenTelemetry. */
const SPAN_FROM_MS = 20;
/** Shortest rest of a worker that found nothing to do: calls that record wake it hundreds of times a second. */
const MIN_REST_MS = 50;

export function createWorker(deps: {
  chainId: number;
  programs: ProgramStore;
  indexer: Indexer;
  aggregator: Aggregation;
  memberEraser: Pick<MemberEraser, 'step'>;
  memberMerger: Pick<MemberMerger, 'step'>;
  mergedPoints: MergedPoints;
  settler: Settler;
  keeper: Keeper;
  teller: TellerStep;
  /** Wakes who sends the webhooks of what was told. */
  onTold?: () => void;
  registerCreated: RegisterCreated;
  sender: Pick<Sender, 'step'>;
  gasAlert: GasAlert;
  leases: LeaseStore;
  /** Unique to this process. */
  holder: string;
  leaseTtlMs?: number;
  pollMs?: number;
  logger: Logger;
  wallNowMs?: () => number;
}): Worker {
  const { chainId, indexer, aggregator, settler, keeper, sender, logger } = deps;
  const pollMs = deps.pollMs ?? DEFAULT_POLL_MS;
  const lease = createLease({
    leases: deps.leases,
    name: `worker:${chainId}`,
    holder: deps.holder,
    ttlMs: deps.leaseTtlMs ?? DEFAULT_LEASE_TTL_MS,
    wallNowMs: deps.wallNowMs ?? Date.now,
  });
  let running: Promise<void> | null = null;
  let stopping = false;
  let woken = false;
  let interrupt = (): void => undefined;
  let failures = 0;
  let failed = false;
  /** Steps that failed last time in a way that passes, and how often in a row. */
  const waiting = new Map<string, number>();

  /** Times from which programs are aggregated again. */
  const aggregateFromMs = new Map<string, number>();
  /**
   * Aggregates, but no more than a part of the time: members' reads do not wait for it, and while actions come in, the later it is
   * done the less often.
   */
  const aggregate = async (program: Program): Promise<boolean> => {
    const startedMs = performance.now();
    if (startedMs < (aggregateFromMs.get(program.id) ?? 0)) return false;
    const aggregated = await attempt('aggregate', () => aggregator.step(program));
    const endedMs = performance.now();
    aggregateFromMs.set(program.id, endedMs + AGGREGATING_RESTS * (endedMs - startedMs));
    return (aggregated ?? 0) > 0;
  };

  /** Runs a step; one that fails is reported and tried again later, and the others go on. */
  const attempt = async <T>(step: string, run: () => Promise<T>): Promise<T | null> => {
    const startedAtMs = Date.now();
    try {
      const result = await run();
      // Most steps find nothing to do, twice a second.
      if (Date.now() - startedAtMs >= SPAN_FROM_MS) noteSpan(step, startedAtMs, { chainId });
      const tries = waiting.get(step);
      if (tries !== undefined) logger.info({ chainId, step, tries }, 'a step works again');
      waiting.delete(step);
      return result;
    } catch (error) {
      failed = true;
      noteSpan(step, startedAtMs, { chainId }, error);
      if (!isRetryable(error)) {
        logger.error({ err: error, chainId, step }, 'a step of the worker failed');
        return null;
      }
      // A database or a chain that is away for an hour is told once, not at every try.
      const tries = (waiting.get(step) ?? 0) + 1;
      waiting.set(step, tries);
      const level = tries === 1 ? 'warn' : 'debug';
      logger[level]({ err: error, chainId, step, tries }, 'a step is tried again');
      return null;
    }
  };

  /** One time round. @returns whether there is more to do at once */
  const round = async (): Promise<boolean> => {
    if ((await attempt('lease', () => lease.hold())) !== true) {
      indexer.release();
      return false;
    }
    const read = await attempt('read', () => indexer.step());
    let busy = read?.moved ?? false;
    if (read?.atHead === true) await attempt('register', () => deps.registerCreated.step());
    const programs = (await attempt('programs', () => deps.programs.list())) ?? [];
    for (const program of programs.filter((one) => one.chainId === chainId)) {
      await attempt('sweep', () => aggregator.sweep(program));
      if (await aggregate(program)) busy = true;
      await attempt('erase', () => deps.memberEraser.step(program));
      await attempt('merge', () => deps.memberMerger.step(program));
      if (read !== null && !read.haltedIds.includes(program.id)) {
        const told = await attempt('tell', () => deps.teller.step(program, read.throughBlock));
        if ((told ?? 0) > 0) {
          busy = true;
          deps.onTold?.();
        }
      }
      // Behind the head, or where reading has halted, much of what looks due is settled already.
      if (read?.atHead !== true || read.haltedIds.includes(program.id)) continue;
      const queued = await attempt('settle', () => settler.step(program));
      const kept = await attempt('keep', () => keeper.step(program));
      const moved = await attempt('move', () => deps.mergedPoints.step(program));
      if ((queued ?? 0) + (kept ?? 0) + (moved ?? 0) > 0) busy = true;
    }
    if (read !== null) {
      if ((await attempt('send', () => sender.step(read.throughBlock))) === true) busy = true;
    }
    await attempt('gas', () => deps.gasAlert.step());
    return busy;
  };

  /** @param wakeable Whether a wake-up shortens it, down to the shortest rest. */
  const rest = async (ms: number, wakeable: boolean): Promise<void> => {
    const sleep = (sleepMs: number, mayInterrupt: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, sleepMs);
        interrupt = () => {
          if (!mayInterrupt()) return;
          clearTimeout(timer);
          resolve();
        };
        // Woken, or stopped, while the round was still under way.
        interrupt();
      });
    await sleep(Math.min(MIN_REST_MS, ms), () => stopping);
    if (ms > MIN_REST_MS) await sleep(ms - MIN_REST_MS, () => stopping || (wakeable && woken));
  };

  const loop = async (): Promise<void> => {
    while (!stopping) {
      woken = false;
      failed = false;
      const busy = await round();
      failures = failed ? failures + 1 : 0;
      if (failed) {
        // Not shortened by a wake-up: everybody's calls would then hammer a node that is down.
        await rest(Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS), false);
      } else if (!busy) {
        await rest(pollMs, true);
      }
    }
  };

  return {
    start: () => {
      running ??= loop();
    },
    wake: () => {
      woken = true;
      interrupt();
    },
    stop: async () => {
      stopping = true;
      interrupt();
      await running;
      indexer.release();
      await attempt('release', () => lease.release());
    },
  };
}
