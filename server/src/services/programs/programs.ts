import { epochAt, oldestOpenEpoch } from '../../domain/epochs.ts';
import { programIdOf, type Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';

/** Progress of settling statements on chain. */
export interface SettlementProgress {
  /** Number of statements that are not aggregated or not settled. */
  readonly open: number;
  /** Oldest epoch with such a statement; null when all are settled. */
  readonly oldestOpenEpoch: number | null;
  readonly currentEpoch: number;
}

export interface Programs {
  /** Returns a program, at most {@link MAX_AGE_MS} old; null for an unknown id. */
  get(programId: string): Promise<Program | null>;
  list(): Promise<Program[]>;
  /** Registers a program of the chain. Registering it again changes nothing and returns what is stored. */
  register(program: Omit<Program, 'id'>): Promise<Program>;
  settlementProgress(program: Program): Promise<SettlementProgress>;
}

/** Every call needs its program; a new rule set comes in force an epoch later at the earliest, so a second is nothing. */
const MAX_AGE_MS = 1_000;

export function createPrograms(deps: {
  programs: ProgramStore;
  statements: Pick<StatementStore, 'progress'>;
  clock: ChainClock;
}): Programs {
  const cache = new Map<string, { readonly program: Program; readonly readAtMs: number }>();

  const read = async (programId: string): Promise<Program | null> => {
    const readAtMs = performance.now();
    const program = await deps.programs.find(programId);
    // Every program has rules on chain: one without is new, and its rules are awaited.
    if (program === null || program.ruleSets.length === 0) cache.delete(programId);
    else cache.set(programId, { program, readAtMs });
    return program;
  };

  return {
    get: async (programId) => {
      const cached = cache.get(programId);
      if (cached !== undefined && performance.now() - cached.readAtMs < MAX_AGE_MS) {
        return cached.program;
      }
      return read(programId);
    },
    list: () => deps.programs.list(),
    register: async (program) => {
      const id = programIdOf(program);
      await deps.programs.insert({ ...program, id });
      const stored = await read(id);
      if (stored === null) throw new Error(`Program ${id} was stored and is not there.`);
      return stored;
    },
    settlementProgress: async (program) => {
      const { nowMs } = await deps.clock.now();
      const minEpoch = oldestOpenEpoch(program, nowMs);
      const progress = await deps.statements.progress(program.id, minEpoch, nowMs);
      return { ...progress, currentEpoch: Math.max(0, epochAt(program, nowMs)) };
    },
  };
}
