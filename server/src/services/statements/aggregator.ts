import { epochAt, GRACE_MS, oldestOpenEpoch } from '../../domain/epochs.ts';
import { isDue } from '../../domain/statements/due.ts';
import type { Program } from '../../domain/program.ts';
import { earnedBy } from '../../domain/statements/statement.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { ChainClock, ChainTime } from '../../ports/chain/clock.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { Aggregate, StatementStore } from '../../ports/stores/statements.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';

/** Keeps statements equal to the action log. Every call can be repeated, also by several processes at once. */
export interface Aggregator {
  /** Aggregates one batch of statements that have new or newly matured actions. @returns how many */
  step(program: Program): Promise<number>;
  /**
   * Marks every statement to be aggregated once more after its recording and before its window closes, so that nothing is
   * lost by a crash between an insert and its mark.
   */
  sweep(program: Program): Promise<void>;
  /** Aggregates these statements from the log itself, whatever is stored, and returns them. */
  refresh(program: Program, statements: readonly StatementRecord[]): Promise<StatementRecord[]>;
  /** Aggregates the statements of a member whose window is open from the log itself, oldest epoch first. */
  aggregateMember(program: Program, memberId: string): Promise<StatementRecord[]>;
}

/** Statements that one step looks for: some databases read the whole backlog each time, others must not wait long. */
const STEP_STATEMENTS = 2_000;
/** Statements in one round of queries. */
const BATCH_STATEMENTS = 500;
/** Rounds under way at the same time: one is computed while the database works on the other. */
const CONCURRENT_BATCHES = 2;
/** A call that was let in just before the close has inserted by then: no write takes longer (see store/connect.ts). */
const SWEEP_DELAY_MS = 10 * 60_000;
/** The second sweep comes this many epochs before the window closes, when everything has matured. */
const SWEEP_BEFORE_CLOSE_EPOCHS = 3;

/** Returns the time up to which matured actions count. The time of an old head says nothing about what matured since. */
export function countingTimeMs({ fresh, nowMs, headMs }: ChainTime): number {
  return fresh ? nowMs : headMs;
}

const isUnchanged = (record: StatementRecord, aggregate: Aggregate): boolean =>
  record.lines === aggregate.lines &&
  record.points === aggregate.points &&
  record.expectedLines === aggregate.expectedLines &&
  record.expectedPoints === aggregate.expectedPoints &&
  record.nextMaturesAtMs === aggregate.nextMaturesAtMs;

export function createAggregator(deps: {
  actionLog: Pick<ActionLog, 'entriesOf'>;
  statements: StatementStore;
  programs: Pick<ProgramStore, 'sweeps' | 'saveSweeps'>;
  clock: ChainClock;
}): Aggregator {
  const { actionLog, statements, programs, clock } = deps;
  const sweptHere = new Map<string, { closedThrough: number; windowThrough: number }>();

  /** `records` were read, with their marks, before the log is read here: an insert after that brings a newer mark. */
  const aggregate = async (
    program: Program,
    records: readonly StatementRecord[],
    asOfMs: number,
  ): Promise<StatementRecord[]> => {
    if (records.length === 0) return [];
    const log = await actionLog.entriesOf(program.id, records);
    const changed: Aggregate[] = [];
    const unchanged: StatementRecord[] = [];
    const refreshed = records.map((record): StatementRecord => {
      // What counted once counts for ever, also when the clock falls back to an old head.
      const countedToMs = Math.max(asOfMs, record.asOfMs);
      const earned = earnedBy(program, record.epoch, log.get(record.id) ?? [], countedToMs);
      const found: Aggregate = { id: record.id, seen: record.marks, ...earned };
      if (!isUnchanged(record, found)) changed.push(found);
      else if (record.seen < record.marks) unchanged.push(record);
      const statement = { ...record, ...found };
      return { ...statement, due: isDue(statement) };
    });
    await Promise.all([
      statements.saveAggregates(program.id, changed),
      statements.confirm(program.id, unchanged),
    ]);
    return refreshed;
  };

  const refresh: Aggregator['refresh'] = async (program, records) =>
    aggregate(program, records, countingTimeMs(await clock.now()));

  return {
    refresh,
    step: async (program) => {
      const asOfMs = countingTimeMs(await clock.now());
      const records = await statements.findToAggregate(program.id, asOfMs, STEP_STATEMENTS);
      let next = 0;
      const workOff = async (): Promise<void> => {
        while (next < records.length) {
          const batch = records.slice(next, next + BATCH_STATEMENTS);
          next += BATCH_STATEMENTS;
          await aggregate(program, batch, asOfMs);
        }
      };
      await Promise.all(Array.from({ length: CONCURRENT_BATCHES }, workOff));
      return records.length;
    },
    sweep: async (program) => {
      const { nowMs } = await clock.now();
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
      // Marked first, noted then: a crash in between marks twice. Years without statements are one query.
      if (done.closedThrough < target.closedThrough) {
        await statements.markEpochs(program.id, done.closedThrough + 1, target.closedThrough);
      }
      if (done.windowThrough < target.windowThrough) {
        await statements.markEpochs(program.id, done.windowThrough + 1, target.windowThrough);
      }
      if (!isDone(done)) await programs.saveSweeps(program.id, target);
      sweptHere.set(program.id, target);
    },
    aggregateMember: async (program, memberId) => {
      const { nowMs } = await clock.now();
      const minEpoch = oldestOpenEpoch(program, nowMs);
      return refresh(program, await statements.listOfMemberSince(program.id, memberId, minEpoch));
    },
  };
}
