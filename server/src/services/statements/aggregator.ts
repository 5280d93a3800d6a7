import { MAX_AHEAD_MS } from '../../domain/actions/actionRules.ts';
import { epochAt, oldestOpenEpoch } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';
import {
  countingTimeMs,
  createAggregating,
  idOf,
  versionOf,
  type Aggregating,
  type AggregatorDeps,
} from './aggregating.ts';
import { createLogReader } from './logReader.ts';
import { createSweeping } from './sweeping.ts';

/**
 * Keeps statements equal to the action log. Recording writes nothing but the log: what is to be aggregated is found in the log itself, three
 * times over. The newest entries are read all the time; everything is read once more when no write can still be on its way;
 * and when the recording of an epoch has closed, the entries of each of its statements are counted. Every call can be repeated, also by
 * several processes at once.
 */
export interface Aggregator {
  /** Aggregates statements with new or newly matured actions. @returns how many */
  step(program: Program): Promise<number>;
  /**
   * Proves every statement by the number of its entries, once after its recording and once before its window closes, and aggregates
   * those that lack any: nothing is lost by an entry that came so late that nobody looked for it any more.
   */
  sweep(program: Program): Promise<void>;
  /** Aggregates these statements from the log itself, whatever is stored. @returns those that have entries */
  refresh(program: Program, keys: readonly StatementKey[]): Promise<StatementRecord[]>;
  /**
   * Reads the statements of a member whose window is open, oldest epoch first, with every entry that was acknowledged before the call.
   *
   * @param epoch Only this epoch, which must be open.
   */
  ofMember(program: Program, memberId: string, epoch?: number): Promise<StatementRecord[]>;
  /** Lists statements that have entries which are not aggregated yet. */
  backlog(program: Program): Promise<readonly StatementKey[]>;
}

/** Statements that one step looks for: some databases read the whole backlog each time, others must not wait long. */
const STEP_STATEMENTS = 2_000;
/** Statements in one round of queries. */
const BATCH_STATEMENTS = 500;
/** Rounds under way at the same time: one is computed while the database works on the other. */
const CONCURRENT_BATCHES = 2;
/** Sweeps come once an epoch: how far they are is asked for this seldom. */
const SWEPT_MAX_AGE_MS = 5_000;
const hasMatured = ({ nextMaturesAtMs }: StatementRecord, asOfMs: number): boolean =>
  nextMaturesAtMs !== null && nextMaturesAtMs <= asOfMs;

export function createAggregator(deps: AggregatorDeps): Aggregator {
  const { actionLog, statements, programs, clock, wallNowMs } = deps;
  const aggregate = createAggregating(deps);
  const logReader = createLogReader(deps);
  const swept = new Map<string, { readonly closedThrough: number; readonly untilMs: number }>();

  const aggregateAll: Aggregating = async (program, keys, pass) => {
    const records: StatementRecord[] = [];
    let next = 0;
    const workOff = async (): Promise<void> => {
      while (next < keys.length) {
        const batch = keys.slice(next, next + BATCH_STATEMENTS);
        next += BATCH_STATEMENTS;
        records.push(...(await aggregate(program, batch, pass)));
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_BATCHES }, workOff));
    return records;
  };

  /** Epoch up to which every statement is proven; one of a moment ago only means that more is looked at. */
  const sweptThrough = async (programId: string): Promise<number> => {
    const known = swept.get(programId);
    if (known !== undefined && wallNowMs() < known.untilMs) return known.closedThrough;
    const { closedThrough } = await programs.sweeps(programId);
    swept.set(programId, { closedThrough, untilMs: wallNowMs() + SWEPT_MAX_AGE_MS });
    return closedThrough;
  };

  /** Whether the log has entries that this statement was aggregated without. */
  const isBehind = async (
    programId: string,
    key: StatementKey,
    stored: StatementRecord | undefined,
  ): Promise<boolean> => {
    const { recentFromMs, recentEntries } = stored ?? { recentFromMs: 0, recentEntries: 0 };
    return (await actionLog.countSince(programId, key, recentFromMs)) !== recentEntries;
  };

  const readNew = (program: Program, asOfMs: number): Promise<number> =>
    logReader.readNew(program, (keys) => aggregateAll(program, keys, { asOfMs }));

  return {
    ...createSweeping(deps, aggregate, async (program) =>
      readNew(program, countingTimeMs(await clock.now())),
    ),
    refresh: async (program, keys) =>
      aggregateAll(program, keys, { asOfMs: countingTimeMs(await clock.now()) }),
    step: async (program) => {
      const asOfMs = countingTimeMs(await clock.now());
      const matured = await statements.findMatured(program.id, asOfMs, STEP_STATEMENTS);
      await aggregateAll(program, matured, { asOfMs });
      const read = await readNew(program, asOfMs);
      await logReader.readAgain(program, (keys) =>
        aggregateAll(program, keys, { asOfMs, confirms: true }),
      );
      return matured.length + read;
    },
    ofMember: async (program, memberId, epoch) => {
      const time = await clock.now();
      const asOfMs = countingTimeMs(time);
      const oldest = oldestOpenEpoch(program, time.nowMs);
      const [listed, closedThrough] = await Promise.all([
        statements.listOfMemberSince(program.id, memberId, epoch ?? oldest),
        sweptThrough(program.id),
      ]);
      const wanted = listed.filter((record) => epoch === undefined || record.epoch === epoch);
      const stored = new Map(wanted.map((record) => [record.epoch, record]));
      // A fast clock of the app may have put something into the next epoch.
      const newest = epochAt(program, time.nowMs + MAX_AHEAD_MS);
      const keys: StatementKey[] = [];
      for (let each = Math.max(oldest, closedThrough + 1); each <= newest; each += 1) {
        if (epoch === undefined || epoch === each) keys.push({ memberId, epoch: each });
      }
      const behind = await Promise.all(
        keys.map((key) => isBehind(program.id, key, stored.get(key.epoch))),
      );
      const stale = new Set(keys.filter((_, index) => behind[index]).map((key) => key.epoch));
      wanted.forEach((record) => {
        const isOfOtherRules = record.ruleSetVersion !== versionOf(program, record.epoch);
        if (isOfOtherRules || hasMatured(record, asOfMs)) stale.add(record.epoch);
      });
      const refreshed = await aggregateAll(
        program,
        [...stale].map((each) => ({ memberId, epoch: each })),
        { asOfMs },
      );
      refreshed.forEach((record) => stored.set(record.epoch, record));
      return [...stored.values()].toSorted((a, b) => a.epoch - b.epoch);
    },
    backlog: async (program) => {
      const keys = await logReader.unread(program);
      if (keys.length === 0 || keys.length > BATCH_STATEMENTS) return keys;
      const [counts, stored] = await Promise.all([
        actionLog.countsOf(program.id, keys),
        statements.findByIds(program.id, keys.map(idOf)),
      ]);
      return keys.filter(
        (key) => counts.get(idOf(key))?.entries !== stored.get(idOf(key))?.entries,
      );
    },
  };
}
