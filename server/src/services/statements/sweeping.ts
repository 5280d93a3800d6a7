import { epochAt, GRACE_MS } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';
import {
  countingTimeMs,
  idOf,
  versionOf,
  type Aggregating,
  type AggregatorDeps,
  type Pass,
} from './aggregating.ts';

/** Statements in one look. */
const BATCH_STATEMENTS = 500;
/** A call that was let in just before the close has inserted by then: no write takes longer (see store/connect.ts). */
const SWEEP_DELAY_MS = 10 * 60_000;
/** The second sweep comes this many epochs before the window closes, when everything has matured. */
const SWEEP_BEFORE_CLOSE_EPOCHS = 3;
/** Counts the entries of each statement of an epoch, and finds those that were aggregated with fewer, or by other rules. */
async function lackingOf(
  { actionLog, statements }: AggregatorDeps,
  program: Program,
  epoch: number,
  onBatch: (keys: readonly StatementKey[]) => Promise<unknown>,
): Promise<void> {
  const check = async (batch: ReadonlyMap<string, StatementKey & { entries: number }>) => {
    const stored = await statements.findByIds(program.id, [...batch.keys()]);
    const version = versionOf(program, epoch);
    const lacking = [...batch].filter(([id, { entries }]) => {
      const record = stored.get(id);
      return record?.entries !== entries || record.ruleSetVersion !== version;
    });
    if (lacking.length > 0) await onBatch(lacking.map(([, key]) => key));
  };
  let batch = new Map<string, StatementKey & { entries: number }>();
  for await (const count of actionLog.countsOfEpoch(program.id, epoch)) {
    batch.set(idOf(count), count);
    if (batch.size < BATCH_STATEMENTS) continue;
    await check(batch);
    batch = new Map();
  }
  if (batch.size > 0) await check(batch);
}

/** The part of the aggregator that proves epochs; see there. */
export interface Sweeping {
  sweep(program: Program): Promise<void>;
}

/** @param readNew Adds up what is new in the log, so that it is not added up twice: as something that lacks, and as something new. */
export function createSweeping(
  deps: AggregatorDeps,
  aggregate: Aggregating,
  readNew: (program: Program) => Promise<unknown>,
): Sweeping {
  const { actionLog, programs, clock } = deps;
  const sweptHere = new Map<string, { closedThrough: number; windowThrough: number }>();

  const sweepEpochs = async (
    program: Program,
    fromEpoch: number,
    toEpoch: number,
    pass: Pass,
  ): Promise<void> => {
    if (fromEpoch > toEpoch) return;
    // In one query, also years without entries: to look for the next epoch each time, some engines read all that follows.
    for (const epoch of await actionLog.epochsWithin(program.id, fromEpoch, toEpoch)) {
      await lackingOf(deps, program, epoch, (keys) => aggregate(program, keys, pass));
    }
  };

  return {
    sweep: async (program) => {
      const time = await clock.now();
      const { nowMs } = time;
      const target = {
        closedThrough: epochAt(program, nowMs - GRACE_MS - SWEEP_DELAY_MS) - 1,
        windowThrough:
          epochAt(program, nowMs) - (program.settlementWindow + 1 - SWEEP_BEFORE_CLOSE_EPOCHS),
      };
      const isDone = (done: typeof target | undefined): boolean =>
        done !== undefined &&
        done.closedThrough >= target.closedThrough &&
        done.windowThrough >= target.windowThrough;
      if (isDone(sweptHere.get(program.id))) return;
      const done = await programs.sweeps(program.id);
      const pass = { asOfMs: countingTimeMs(time) };
      await readNew(program);
      // Aggregated first, noted then: a crash in between does it twice.
      await sweepEpochs(program, done.windowThrough + 1, target.windowThrough, pass);
      await sweepEpochs(program, done.closedThrough + 1, target.closedThrough, pass);
      if (!isDone(done)) await programs.saveSweeps(program.id, target);
      sweptHere.set(program.id, target);
    },
  };
}
