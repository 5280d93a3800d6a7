import { statementId } from '../../domain/ids.ts';
import type { Program } from '../../domain/program.ts';
import type { ActionLog, LoggedEntries } from '../../ports/stores/actions.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';
import { MAX_WRITE_MS } from './aggregating.ts';

/** Does something about statements that were found in the log. */
type Handle = (keys: readonly StatementKey[]) => Promise<unknown>;

/**
 * Reads the log in the order in which it was written. That order is the time of the process that wrote, just before it did:
 * an entry can show up after a later one. So the newest seconds are looked at again and again, and everything a second time
 * once no write can be on its way any more.
 */
export interface LogReader {
  /** Hands over the statements of what is new in the log. @returns how many */
  readNew(program: Program, handle: Handle): Promise<number>;
  /** Hands over the statements of what is old enough for nothing to show up beside it any more, once. */
  readAgain(program: Program, handle: Handle): Promise<void>;
  /** Lists statements with entries that are not read, or so new that others may show up beside them; some, of very many. */
  unread(program: Program): Promise<readonly StatementKey[]>;
}

/** Nearly every write is seen this soon after its time; the others are found by the second reading. */
const OVERLAP_MS = 2_000;
/** A second reading finds something once in a blue moon, and adds up once more all that was written to since the last one. */
const SECOND_READING_EVERY_MS = 60_000;
/** Statements that are handed over at once. */
const STATEMENTS_PER_BATCH = 1_000;
/** As many as are told of one by one. */
const MAX_UNREAD = 20_000;

const momentOf = ({ memberId, epoch, loggedAtMs }: LoggedEntries): string =>
  `${loggedAtMs}@${statementId(memberId, epoch)}`;

/** The oldest epochs first: their window closes first. */
function distinct(logged: readonly StatementKey[]): StatementKey[] {
  const keys = new Map<string, StatementKey>();
  for (const { memberId, epoch } of logged) {
    keys.set(statementId(memberId, epoch), { memberId, epoch });
  }
  return [...keys.values()].toSorted((a, b) => a.epoch - b.epoch);
}

export function createLogReader(deps: {
  actionLog: Pick<ActionLog, 'statementsLogged' | 'loggedSince'>;
  programs: Pick<ProgramStore, 'logPosition' | 'saveLogPosition'>;
  wallNowMs: () => number;
}): LogReader {
  const { actionLog, programs, wallNowMs } = deps;
  /** Entries of the newest seconds that were handed over, by program. */
  const handled = new Map<string, ReadonlyMap<string, number>>();
  const readAgainAtMs = new Map<string, number>();

  /** Hands over a stretch of the log. @returns how many statements, and when the last of them was logged */
  const handOver = async (
    programId: string,
    range: { readonly fromMs: number; readonly beforeMs: number },
    handle: Handle,
  ): Promise<{ readonly count: number; readonly latestMs: number }> => {
    let count = 0;
    let latestMs = 0;
    let batch: StatementKey[] = [];
    for await (const found of actionLog.statementsLogged(programId, range)) {
      count += 1;
      latestMs = Math.max(latestMs, found.latestMs);
      batch.push(found);
      if (batch.length < STATEMENTS_PER_BATCH) continue;
      await handle(distinct(batch));
      batch = [];
    }
    if (batch.length > 0) await handle(distinct(batch));
    return { count, latestMs };
  };

  return {
    readNew: async (program, handle) => {
      const { readToMs } = await programs.logPosition(program.id);
      const newestFromMs = wallNowMs() - OVERLAP_MS;
      const range = { fromMs: readToMs + 1, beforeMs: newestFromMs };
      const older =
        range.fromMs < range.beforeMs
          ? await handOver(program.id, range, handle)
          : { count: 0, latestMs: 0 };
      const known = handled.get(program.id) ?? new Map<string, number>();
      const newest = await actionLog.loggedSince(program.id, newestFromMs);
      const keys = distinct(newest.filter((one) => known.get(momentOf(one)) !== one.entries));
      if (keys.length > 0) await handle(keys);
      handled.set(program.id, new Map(newest.map((one) => [momentOf(one), one.entries])));
      // Noted after it was handled: a crash in between has it handled twice.
      const latestMs = newest.reduce(
        (latest, { loggedAtMs }) => Math.max(latest, loggedAtMs),
        older.latestMs,
      );
      if (latestMs > readToMs) await programs.saveLogPosition(program.id, { readToMs: latestMs });
      return older.count + keys.length;
    },
    readAgain: async (program, handle) => {
      const nowMs = wallNowMs();
      if (nowMs < (readAgainAtMs.get(program.id) ?? 0)) return;
      const { readAgainToMs } = await programs.logPosition(program.id);
      const range = { fromMs: readAgainToMs + 1, beforeMs: nowMs - MAX_WRITE_MS };
      const { count, latestMs } = await handOver(program.id, range, handle);
      if (count > 0) await programs.saveLogPosition(program.id, { readAgainToMs: latestMs });
      readAgainAtMs.set(program.id, nowMs + SECOND_READING_EVERY_MS);
    },
    unread: async (program) => {
      const { readToMs } = await programs.logPosition(program.id);
      const newestFromMs = wallNowMs() - OVERLAP_MS;
      const found: StatementKey[] = [...(await actionLog.loggedSince(program.id, newestFromMs))];
      const range = { fromMs: readToMs + 1, beforeMs: newestFromMs };
      if (range.fromMs >= range.beforeMs) return distinct(found);
      for await (const one of actionLog.statementsLogged(program.id, range)) {
        found.push(one);
        if (found.length >= MAX_UNREAD) break;
      }
      return distinct(found);
    },
  };
}
