import { statementId } from '../../domain/ids.ts';
import type { Program } from '../../domain/program.ts';
import type { ActionLog, LoggedEntries } from '../../ports/stores/actions.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';

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
  /** Lists statements with entries that are not read, or so new that others may show up beside them. */
  unread(program: Program, nowMs: number): Promise<readonly StatementKey[]>;
}

/** Entries of one look: 20,000 are about 20 ms of the database. */
const ENTRIES_PER_LOOK = 20_000;
/** A statement with many new entries is added up once, so as many looks as are bearable are taken first. */
const MAX_LOOKS = 50;
/** Statements of one reading: they fit into some megabytes. */
const MAX_STATEMENTS = 20_000;
/** Nearly every write is seen this soon after its time; the others are found by the second reading. */
const OVERLAP_MS = 2_000;
/** A write that is not seen after this time was acknowledged to nobody (see store/connect.ts). */
const SECOND_READING_AFTER_MS = 2 * 60_000;
/** A second reading finds something once in a blue moon, and adds up once more all that was written to since the last one. */
const SECOND_READING_EVERY_MS = 60_000;

/** What was found in a stretch of the log. */
interface Found {
  /** The oldest epochs first: their window closes first. */
  readonly keys: readonly StatementKey[];
  /** Those of the newest seconds, which will be looked at again. */
  readonly newest: readonly LoggedEntries[];
  /** The latest moment that was read; null where nothing was logged. */
  readonly latestMs: number | null;
  readonly atEnd: boolean;
}

const oldestFirst = (keys: ReadonlyMap<string, StatementKey>): StatementKey[] =>
  [...keys.values()].toSorted((a, b) => a.epoch - b.epoch);
const latestOf = (logged: readonly LoggedEntries[]): number =>
  logged.reduce((latest, { loggedAtMs }) => Math.max(latest, loggedAtMs), 0);
const momentOf = ({ memberId, epoch, loggedAtMs }: LoggedEntries): string =>
  `${loggedAtMs}@${statementId(memberId, epoch)}`;
const msOf = (moment: string): number => Number(moment.slice(0, moment.indexOf('@')));

export function createLogReader(deps: {
  actionLog: Pick<ActionLog, 'loggedBetween'>;
  programs: Pick<ProgramStore, 'logPosition' | 'saveLogPosition'>;
  wallNowMs: () => number;
}): LogReader {
  const { actionLog, programs, wallNowMs } = deps;
  /** Entries of the newest seconds that were handed over, by program. */
  const handled = new Map<string, Map<string, number>>();
  const readAgainAtMs = new Map<string, number>();

  const overlapFrom = (readToMs: number, nowMs: number): number =>
    Math.min(readToMs, nowMs - OVERLAP_MS);

  /** Reads on from a moment, up to another one or until it has found a great many statements. */
  const read = async (
    programId: string,
    range: { readonly fromMs: number; readonly beforeMs: number },
    isWanted: (one: LoggedEntries) => boolean,
  ): Promise<Found> => {
    const keys = new Map<string, StatementKey>();
    const newest: LoggedEntries[] = [];
    let { fromMs } = range;
    let latestMs: number | null = null;
    for (let look = 0; look < MAX_LOOKS && keys.size < MAX_STATEMENTS; look += 1) {
      const { logged, atEnd } = await actionLog.loggedBetween(programId, {
        fromMs,
        beforeMs: range.beforeMs,
        maxEntries: ENTRIES_PER_LOOK,
      });
      for (const one of logged.filter(isWanted)) {
        keys.set(statementId(one.memberId, one.epoch), {
          memberId: one.memberId,
          epoch: one.epoch,
        });
        if (one.loggedAtMs >= wallNowMs() - OVERLAP_MS) newest.push(one);
      }
      if (logged.length > 0) latestMs = latestOf(logged);
      if (atEnd) return { keys: oldestFirst(keys), newest, latestMs, atEnd };
      fromMs = (latestMs ?? fromMs) + 1;
    }
    return { keys: oldestFirst(keys), newest, latestMs, atEnd: false };
  };

  return {
    readNew: async (program, handle) => {
      const { readToMs } = await programs.logPosition(program.id);
      const known = handled.get(program.id) ?? new Map<string, number>();
      handled.set(program.id, known);
      const fromMs = overlapFrom(readToMs, wallNowMs());
      const { keys, newest, latestMs } = await read(
        program.id,
        { fromMs, beforeMs: Number.MAX_SAFE_INTEGER },
        (one) => known.get(momentOf(one)) !== one.entries,
      );
      if (keys.length > 0) await handle(keys);
      for (const moment of known.keys()) {
        if (msOf(moment) < fromMs) known.delete(moment);
      }
      newest.forEach((one) => known.set(momentOf(one), one.entries));
      // Noted after it was handled: a crash in between has it handled twice.
      if (latestMs !== null && latestMs > readToMs) {
        await programs.saveLogPosition(program.id, { readToMs: latestMs });
      }
      return keys.length;
    },
    readAgain: async (program, handle) => {
      const nowMs = wallNowMs();
      if (nowMs < (readAgainAtMs.get(program.id) ?? 0)) return;
      const { readAgainToMs } = await programs.logPosition(program.id);
      const range = { fromMs: readAgainToMs + 1, beforeMs: nowMs - SECOND_READING_AFTER_MS };
      const { keys, latestMs, atEnd } = await read(program.id, range, () => true);
      if (latestMs !== null) {
        await handle(keys);
        await programs.saveLogPosition(program.id, { readAgainToMs: latestMs });
      }
      readAgainAtMs.set(program.id, atEnd ? nowMs + SECOND_READING_EVERY_MS : 0);
    },
    unread: async (program, nowMs) => {
      const { readToMs } = await programs.logPosition(program.id);
      const fromMs = overlapFrom(readToMs, nowMs);
      const range = { fromMs, beforeMs: Number.MAX_SAFE_INTEGER };
      return (await read(program.id, range, () => true)).keys;
    },
  };
}
