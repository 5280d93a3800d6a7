import { LRUCache } from 'lru-cache';
import type { ActionEntry } from '../../domain/actions/action.ts';
import { MAX_ACTIONS_PER_STATEMENT } from '../../domain/actions/actionRules.ts';
import { statementId } from '../../domain/ids.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';

/** Statements whose count is remembered: about 20 MB of memory. */
const MAX_REMEMBERED = 100_000;
/** Other processes record as well: what they did is seen this late. */
const MAX_AGE_MS = 30_000;

/**
 * Keeps the soft limit of actions a statement without asking the database each time: processes that record for the same
 * member at the same time can pass it by what they record in half a minute.
 */
export interface RecordedCounts {
  /** Counts in the entries that fit into their statements. @returns for each entry, whether it does */
  reserve(programId: string, entries: readonly ActionEntry[]): Promise<boolean[]>;
  /** Counts out entries that were repeats. */
  giveBack(entries: readonly ActionEntry[]): void;
}

/** Actions of a statement: as last aggregated, with its voids, or as the log itself has them; and those recorded here since. */
interface Remembered {
  readonly actions: number;
  readonly isExact: boolean;
  readonly readAtMs: number;
}

export function createRecordedCounts(deps: {
  readonly statements: Pick<StatementStore, 'findByIds'>;
  readonly actionLog: Pick<ActionLog, 'countActions'>;
}): RecordedCounts {
  const counts = new LRUCache<string, Remembered>({ max: MAX_REMEMBERED });
  const idOf = ({ memberId, epoch }: ActionEntry): string => statementId(memberId, epoch);
  const actionsOf = (id: string): number => counts.get(id)?.actions ?? 0;
  const add = (id: string, more: number): void => {
    const known = counts.get(id);
    if (known === undefined) return; // forgotten, and read again next time
    counts.set(id, { ...known, actions: known.actions + more });
  };

  /** Reads what the statements have; those that come near the limit are counted in the log itself. */
  const read = async (programId: string, entries: readonly ActionEntry[]): Promise<void> => {
    const readAtMs = performance.now();
    const keys = new Map(entries.map((entry) => [idOf(entry), entry]));
    const isOld = (id: string): boolean => {
      const known = counts.get(id);
      return known === undefined || readAtMs - known.readAtMs > MAX_AGE_MS;
    };
    const old = [...keys.keys()].filter(isOld);
    const stored = await deps.statements.findByIds(programId, old);
    old.forEach((id) => {
      // The log never loses an action: what was recorded here and is not aggregated yet still counts.
      const actions = Math.max(actionsOf(id), stored.get(id)?.entries ?? 0);
      counts.set(id, { actions, isExact: false, readAtMs });
    });
    const near = [...keys].filter(
      ([id]) =>
        actionsOf(id) + entries.length > MAX_ACTIONS_PER_STATEMENT &&
        counts.get(id)?.isExact !== true,
    );
    if (near.length === 0) return;
    const exact = await deps.actionLog.countActions(
      programId,
      near.map(([, key]) => key),
    );
    near.forEach(([id]) =>
      counts.set(id, { actions: exact.get(id) ?? 0, isExact: true, readAtMs }),
    );
  };

  return {
    reserve: async (programId, entries) => {
      await read(programId, entries);
      return entries.map((entry) => {
        const id = idOf(entry);
        if (actionsOf(id) >= MAX_ACTIONS_PER_STATEMENT) return false;
        add(id, 1);
        return true;
      });
    },
    giveBack: (entries) => entries.forEach((entry) => add(idOf(entry), -1)),
  };
}
