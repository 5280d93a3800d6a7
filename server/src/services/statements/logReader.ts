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
  unread(program: Program, nowMs: number): Promise<StatementKey[]>;
}

/** Entries of one look: 20,000 are about 20 ms of the database. */
const ENTRIES_PER_LOOK = 20_000;
/** Nearly every write is seen this soon after its time; the others are found by the second reading. */
const OVERLAP_MS = 2_000;
/** A write that is not seen after this time was acknowledged to nobody (see store/connect.ts). */
const SECOND_READING_AFTER_MS = 2 * 60_000;
/** A second reading finds something once in a blue moon: it need not look all the time. */
const SECOND_READING_EVERY_MS = 5_000;

const distinct = (logged: readonly LoggedEntries[]): StatementKey[] => {
  const keys = new Map<string, StatementKey>();
  for (const { memberId, epoch } of logged) {
    keys.set(statementId(memberId, epoch), { memberId, epoch });
  }
  // The oldest epochs first: their window closes first.
  return [...keys.values()].toSorted((a, b) => a.epoch - b.epoch);
};
const latestOf = (logged: readonly LoggedEntries[], otherwise: number): number =>
  logged.reduce((latest, { loggedAtMs }) => Math.max(latest, loggedAtMs), otherwise);
const momentOf = ({ memberId, epoch, loggedAtMs }: LoggedEntries): string =>
  `${statementId(memberId, epoch)}@${loggedAtMs}`;

export function createLogReader(deps: {
  actionLog: Pick<ActionLog, 'loggedBetween'>;
  programs: Pick<ProgramStore, 'logPosition' | 'saveLogPosition'>;
  wallNowMs: () => number;
}): LogReader {
  const { actionLog, programs, wallNowMs } = deps;
  /** Entries of the newest seconds that were handed over, by program. */
  const handled = new Map<string, Map<string, LoggedEntries>>();
  const readAgainAtMs = new Map<string, number>();

  const overlapFrom = (readToMs: number, nowMs: number): number =>
    Math.min(readToMs, nowMs - OVERLAP_MS);

  return {
    readNew: async (program, handle) => {
      const { readToMs } = await programs.logPosition(program.id);
      const known = handled.get(program.id) ?? new Map<string, LoggedEntries>();
      handled.set(program.id, known);
      const startMs = overlapFrom(readToMs, wallNowMs());
      let fromMs = startMs;
      for (;;) {
        const { logged, atEnd } = await actionLog.loggedBetween(program.id, {
          fromMs,
          beforeMs: Number.MAX_SAFE_INTEGER,
          maxEntries: ENTRIES_PER_LOOK,
        });
        const isNew = (one: LoggedEntries): boolean =>
          known.get(momentOf(one))?.entries !== one.entries;
        const fresh = logged.filter(isNew);
        const keys = distinct(fresh);
        if (keys.length > 0) await handle(keys);
        fresh.forEach((one) => known.set(momentOf(one), one));
        const latestMs = latestOf(logged, readToMs);
        // Noted after it was handled: a crash in between has it handled twice.
        if (latestMs > readToMs) await programs.saveLogPosition(program.id, { readToMs: latestMs });
        for (const [moment, { loggedAtMs }] of known) {
          if (loggedAtMs < startMs) known.delete(moment);
        }
        if (keys.length > 0 || atEnd) return keys.length;
        fromMs = latestMs + 1;
      }
    },
    readAgain: async (program, handle) => {
      const nowMs = wallNowMs();
      if (nowMs < (readAgainAtMs.get(program.id) ?? 0)) return;
      const { readAgainToMs } = await programs.logPosition(program.id);
      const beforeMs = nowMs - SECOND_READING_AFTER_MS;
      const { logged, atEnd } = await actionLog.loggedBetween(program.id, {
        fromMs: readAgainToMs + 1,
        beforeMs,
        maxEntries: ENTRIES_PER_LOOK,
      });
      if (logged.length > 0) {
        await handle(distinct(logged));
        await programs.saveLogPosition(program.id, { readAgainToMs: latestOf(logged, 0) });
      }
      readAgainAtMs.set(program.id, atEnd ? nowMs + SECOND_READING_EVERY_MS : 0);
    },
    unread: async (program, nowMs) => {
      const { readToMs } = await programs.logPosition(program.id);
      const { logged } = await actionLog.loggedBetween(program.id, {
        fromMs: overlapFrom(readToMs, nowMs),
        beforeMs: Number.MAX_SAFE_INTEGER,
        maxEntries: ENTRIES_PER_LOOK,
      });
      return distinct(logged);
    },
  };
}
