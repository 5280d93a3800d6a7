import { MAX_AHEAD_MS } from '../../domain/actions/actionRules.ts';
import { accountAt } from '../../domain/members/accounts.ts';
import {
  epochAt,
  GRACE_MS,
  oldestOpenEpoch,
  recordingClosesAtMs,
  ruleSetOf,
} from '../../domain/epochs.ts';
import { isDue } from '../../domain/statements/due.ts';
import { statementId } from '../../domain/ids.ts';
import type { Program } from '../../domain/program.ts';
import { earnedBy, EMPTY_LOG, type LogSums } from '../../domain/statements/statement.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { ChainClock, ChainTime } from '../../ports/chain/clock.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { MemberStore } from '../../ports/stores/members.ts';
import type { Aggregate, StatementKey, StatementStore } from '../../ports/stores/statements.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import { createLogReader } from './logReader.ts';

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

export interface AggregatorDeps {
  readonly actionLog: ActionLog;
  readonly statements: StatementStore;
  readonly members: Pick<MemberStore, 'findByIds'>;
  readonly programs: Pick<
    ProgramStore,
    'sweeps' | 'saveSweeps' | 'logPosition' | 'saveLogPosition'
  >;
  readonly clock: ChainClock;
  readonly wallNowMs: () => number;
}

/** Statements that one step looks for: some databases read the whole backlog each time, others must not wait long. */
const STEP_STATEMENTS = 2_000;
/** Statements in one round of queries. */
const BATCH_STATEMENTS = 500;
/** Rounds under way at the same time: one is computed while the database works on the other. */
const CONCURRENT_BATCHES = 2;
/** The longest that an acknowledged write takes to be seen (see store/connect.ts), and clocks of servers differ. */
export const MAX_WRITE_MS = 2 * 60_000;
/** A call that was let in just before the close has inserted by then: no write takes longer (see store/connect.ts). */
const SWEEP_DELAY_MS = 10 * 60_000;
/** The second sweep comes this many epochs before the window closes, when everything has matured. */
const SWEEP_BEFORE_CLOSE_EPOCHS = 3;
/** Sweeps come once an epoch: how far they are is asked for this seldom. */
const SWEPT_MAX_AGE_MS = 5_000;
/** Another process may save a newer aggregate in between, and then another one. */
const MAX_SAVES = 20;

/** Returns the time up to which matured actions count. The time of an old head says nothing about what matured since. */
export function countingTimeMs({ fresh, nowMs, headMs }: ChainTime): number {
  return fresh ? nowMs : headMs;
}

const isUnchanged = (record: StatementRecord, aggregate: Aggregate): boolean =>
  record.entries === aggregate.entries &&
  record.ruleSetVersion === aggregate.ruleSetVersion &&
  record.lines === aggregate.lines &&
  record.points === aggregate.points &&
  record.expectedLines === aggregate.expectedLines &&
  record.expectedPoints === aggregate.expectedPoints &&
  record.nextMaturesAtMs === aggregate.nextMaturesAtMs;

const versionOf = (program: Program, epoch: number): number =>
  ruleSetOf(program, epoch)?.version ?? 0;

const hasMatured = ({ nextMaturesAtMs }: StatementRecord, asOfMs: number): boolean =>
  nextMaturesAtMs !== null && nextMaturesAtMs <= asOfMs;

const idOf = ({ memberId, epoch }: StatementKey): string => statementId(memberId, epoch);

/** How a batch is aggregated. */
interface Pass {
  readonly asOfMs: number;
  /** Saves also what has not changed: that nothing is on its way any more. */
  readonly confirms?: boolean;
}

type Aggregating = (
  program: Program,
  keys: readonly StatementKey[],
  pass: Pass,
) => Promise<StatementRecord[]>;

/** Adds up logs and saves what comes out, until nobody has saved anything older over it. */
function createAggregating(deps: AggregatorDeps): Aggregating {
  const { actionLog, statements, members, wallNowMs } = deps;

  /** Creates statements whose first entries were found. */
  const create = async (program: Program, keys: readonly StatementKey[]): Promise<void> => {
    if (keys.length === 0) return;
    const known = await members.findByIds(
      program.id,
      keys.map(({ memberId }) => memberId),
    );
    const created = keys.map(({ memberId, epoch }) => {
      const member = known.get(memberId);
      if (member === undefined) throw new Error(`Member ${memberId} has entries and is not there.`);
      const account = accountAt(member, epoch);
      return { memberId, epoch, account, settleAfterMs: recordingClosesAtMs(program, epoch) };
    });
    await statements.create(program.id, created);
  };

  /** Records were read before the log: of two that aggregate at once, the one that saw more entries prevails. */
  const sumUp = async (
    program: Program,
    keys: readonly StatementKey[],
    records: ReadonlyMap<string, StatementRecord>,
    { asOfMs, recentFromMs }: { readonly asOfMs: number; readonly recentFromMs: number },
  ): Promise<Map<string, { readonly sums: LogSums; readonly asOfMs: number }>> => {
    // What counted once counts for ever, also when the clock falls back to an old head.
    const countedTo = (key: StatementKey): number =>
      Math.max(asOfMs, records.get(idOf(key))?.asOfMs ?? 0);
    const found = new Map<string, { readonly sums: LogSums; readonly asOfMs: number }>();
    for (const atMs of new Set(keys.map(countedTo))) {
      const own = keys.filter((key) => countedTo(key) === atMs);
      const sums = await actionLog.sumsOf(program.id, own, { asOfMs: atMs, recentFromMs });
      for (const key of own) {
        found.set(idOf(key), { asOfMs: atMs, sums: sums.get(idOf(key)) ?? EMPTY_LOG });
      }
    }
    return found;
  };

  const aggregateOnce = async (
    program: Program,
    keys: readonly StatementKey[],
    { asOfMs, confirms = false }: Pass,
  ): Promise<{ records: StatementRecord[]; lost: StatementKey[] }> => {
    const ids = keys.map(idOf);
    const recentFromMs = wallNowMs() - MAX_WRITE_MS;
    const stored = await statements.findByIds(program.id, ids);
    const found = await sumUp(program, keys, stored, { asOfMs, recentFromMs });
    const missing = keys.filter(
      (key) => !stored.has(idOf(key)) && (found.get(idOf(key))?.sums.entries ?? 0) > 0,
    );
    await create(program, missing);
    const created = await statements.findByIds(program.id, missing.map(idOf));
    const changed: Aggregate[] = [];
    const records = keys.flatMap((key): StatementRecord[] => {
      const record = stored.get(idOf(key)) ?? created.get(idOf(key));
      const counted = found.get(idOf(key));
      if (record === undefined || counted === undefined) return [];
      const { sums } = counted;
      const aggregate: Aggregate = {
        id: record.id,
        entries: sums.entries,
        recentFromMs,
        recentEntries: sums.recentEntries,
        asOfMs: counted.asOfMs,
        ruleSetVersion: versionOf(program, key.epoch),
        ...earnedBy(program, key.epoch, sums),
        nextMaturesAtMs: sums.nextMaturesAtMs,
      };
      if (confirms || !isUnchanged(record, aggregate)) changed.push(aggregate);
      const statement = { ...record, ...aggregate };
      return [{ ...statement, due: isDue(statement) }];
    });
    const lostIds = await statements.saveAggregates(program.id, changed);
    return { records, lost: keys.filter((key) => lostIds.has(idOf(key))) };
  };

  return async (program, keys, pass) => {
    const done = new Map<string, StatementRecord>();
    let open = keys;
    for (let saves = 0; open.length > 0; saves += 1) {
      if (saves === MAX_SAVES) throw new Error('Others save aggregates of the same statements.');
      const { records, lost } = await aggregateOnce(program, open, pass);
      records.forEach((record) => done.set(record.id, record));
      open = lost;
    }
    return keys.flatMap((key) => done.get(idOf(key)) ?? []);
  };
}

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

type Sweeping = Pick<Aggregator, 'sweep'>;

function createSweeping(deps: AggregatorDeps, aggregate: Aggregating): Sweeping {
  const { actionLog, programs, clock } = deps;
  const sweptHere = new Map<string, { closedThrough: number; windowThrough: number }>();

  const sweepEpochs = async (
    program: Program,
    fromEpoch: number,
    toEpoch: number,
    pass: Pass,
  ): Promise<void> => {
    // Years without entries are one query.
    let epoch = await actionLog.firstEpochWithin(program.id, fromEpoch, toEpoch);
    while (epoch !== null) {
      await lackingOf(deps, program, epoch, (keys) => aggregate(program, keys, pass));
      epoch = await actionLog.firstEpochWithin(program.id, epoch + 1, toEpoch);
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
      // Aggregated first, noted then: a crash in between does it twice.
      await sweepEpochs(program, done.windowThrough + 1, target.windowThrough, pass);
      await sweepEpochs(program, done.closedThrough + 1, target.closedThrough, pass);
      if (!isDone(done)) await programs.saveSweeps(program.id, target);
      sweptHere.set(program.id, target);
    },
  };
}

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

  return {
    ...createSweeping(deps, aggregate),
    refresh: async (program, keys) =>
      aggregateAll(program, keys, { asOfMs: countingTimeMs(await clock.now()) }),
    step: async (program) => {
      const asOfMs = countingTimeMs(await clock.now());
      const matured = await statements.findMatured(program.id, asOfMs, STEP_STATEMENTS);
      await aggregateAll(program, matured, { asOfMs });
      const read = await logReader.readNew(program, (keys) =>
        aggregateAll(program, keys, { asOfMs }),
      );
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
