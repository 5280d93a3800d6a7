import { accountAt } from '../../domain/members/accounts.ts';
import { recordingClosesAtMs, ruleSetOf } from '../../domain/epochs.ts';
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

export interface AggregatorDeps {
  readonly actionLog: ActionLog;
  readonly statements: StatementStore;
  readonly members: Pick<MemberStore, 'findByIds' | 'noteActive'>;
  readonly programs: Pick<
    ProgramStore,
    'sweeps' | 'saveSweeps' | 'logPosition' | 'saveLogPosition'
  >;
  readonly clock: ChainClock;
  readonly wallNowMs: () => number;
}

/** The longest that an acknowledged write takes to be seen (see store/connect.ts), and clocks of servers differ. */
export const MAX_WRITE_MS = 2 * 60_000;
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

export const versionOf = (program: Program, epoch: number): number =>
  ruleSetOf(program, epoch)?.version ?? 0;

export const idOf = ({ memberId, epoch }: StatementKey): string => statementId(memberId, epoch);

/** How a batch is aggregated. */
export interface Pass {
  readonly asOfMs: number;
  /** Saves also what has not changed: that nothing is on its way any more. */
  readonly confirms?: boolean;
}

export type Aggregating = (
  program: Program,
  keys: readonly StatementKey[],
  pass: Pass,
) => Promise<StatementRecord[]>;

/** Adds up logs and saves what comes out, until nobody has saved anything older over it. */
export function createAggregating(deps: AggregatorDeps): Aggregating {
  const { actionLog, statements, members, wallNowMs } = deps;

  /** Creates statements whose first entries were found, with what these add up to. @returns those that nobody else created */
  const create = async (
    program: Program,
    first: readonly (StatementKey & { readonly aggregate: Aggregate })[],
  ): Promise<StatementRecord[]> => {
    if (first.length === 0) return [];
    const known = await members.findByIds(
      program.id,
      first.map(({ memberId }) => memberId),
    );
    const created = first.map(({ memberId, epoch, aggregate: { id: _, ...aggregate } }) => {
      const member = known.get(memberId);
      if (member === undefined) throw new Error(`Member ${memberId} has entries and is not there.`);
      const account = accountAt(member, epoch);
      const settleAfterMs = recordingClosesAtMs(program, epoch);
      return { memberId, epoch, account, settleAfterMs, aggregate };
    });
    // First: a process that dies in between notes it again.
    await members.noteActive(program.id, first);
    return statements.create(program.id, created);
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
    const changed: Aggregate[] = [];
    const first: (StatementKey & { readonly aggregate: Aggregate })[] = [];
    const records = keys.flatMap((key): StatementRecord[] => {
      const record = stored.get(idOf(key));
      const counted = found.get(idOf(key));
      if (counted === undefined) return [];
      const { sums } = counted;
      if (record === undefined && sums.entries === 0) return [];
      const aggregate: Aggregate = {
        id: idOf(key),
        entries: sums.entries,
        recentFromMs,
        recentEntries: sums.recentEntries,
        asOfMs: counted.asOfMs,
        ruleSetVersion: versionOf(program, key.epoch),
        ...earnedBy(program, key.epoch, sums),
        nextMaturesAtMs: sums.nextMaturesAtMs,
      };
      if (record === undefined) {
        first.push({ ...key, aggregate });
        return [];
      }
      if (confirms || !isUnchanged(record, aggregate)) changed.push(aggregate);
      const statement = { ...record, ...aggregate };
      return [{ ...statement, due: isDue(statement) }];
    });
    const created = await create(program, first);
    const lostIds = new Set(await statements.saveAggregates(program.id, changed));
    // Those that another process created meanwhile are read, and saved over what it made of them.
    first.forEach(({ aggregate }) => lostIds.add(aggregate.id));
    created.forEach(({ id }) => lostIds.delete(id));
    return {
      records: [...records, ...created],
      lost: keys.filter((key) => lostIds.has(idOf(key))),
    };
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
