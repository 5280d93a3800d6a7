import type { Address } from '@dewpoint/contracts/statement.ts';
import { programIdOf, type Program } from '../../domain/program.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';

export interface Programs {
  /** Returns a program, at most {@link MAX_AGE_MS} old; null for an unknown id. */
  get(programId: string): Promise<Program | null>;
  /** Returns a program as it is stored now, for what must know the terms that the same caller was just told of. */
  newest(programId: string): Promise<Program | null>;
  /** Finds a program of the service's chain by the address of its Points contract, in any case. */
  findByAddress(address: Address): Promise<Program | null>;
  list(): Promise<Program[]>;
  /** Lists the programs of an organisation in all environments, oldest first; at most {@link MAX_PROGRAMS}. */
  listOf(organisationId: string): Promise<Program[]>;
  /** Tells whether an organisation has a program in live, however many it has. */
  hasLive(organisationId: string): Promise<boolean>;
  /** Registers a program of the chain. Registering it again changes nothing and returns what is stored. */
  register(program: Omit<Program, 'id'>): Promise<Program>;
}

/** Every call needs its program; a new rule set comes in force an epoch later at the earliest, so a second is nothing. */
const MAX_AGE_MS = 1_000;

/** Most programs of an organisation that are listed. */
export const MAX_PROGRAMS = 100;

export function createPrograms(deps: { programs: ProgramStore; chainId: number }): Programs {
  const cache = new Map<string, { readonly program: Program; readonly readAtMs: number }>();

  const read = async (programId: string): Promise<Program | null> => {
    const readAtMs = performance.now();
    const program = await deps.programs.find(programId);
    // Every program has rules on chain: one without is new, and its rules are awaited.
    if (program === null || program.ruleSets.length === 0) cache.delete(programId);
    else cache.set(programId, { program, readAtMs });
    return program;
  };

  const get: Programs['get'] = async (programId) => {
    const cached = cache.get(programId);
    if (cached !== undefined && performance.now() - cached.readAtMs < MAX_AGE_MS) {
      return cached.program;
    }
    return read(programId);
  };

  return {
    get,
    newest: read,
    findByAddress: (address) => get(programIdOf({ chainId: deps.chainId, address })),
    list: () => deps.programs.list(),
    listOf: (organisationId) => deps.programs.listOf(organisationId, MAX_PROGRAMS),
    hasLive: (organisationId) => deps.programs.hasLive(organisationId),
    register: async (program) => {
      const id = programIdOf(program);
      await deps.programs.insert({ ...program, id });
      const stored = await read(id);
      if (stored === null) throw new Error(`Program ${id} was stored and is not there.`);
      return stored;
    },
  };
}
