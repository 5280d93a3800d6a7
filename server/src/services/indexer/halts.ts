import type { Program } from '../../domain/program.ts';
import type { Logger } from '../../lib/logger.ts';
import { UnreadableEvents } from '../../ports/chain/chain.ts';
import type { IndexerCursor } from '../../ports/stores/indexer.ts';

/** Time after which events that made no sense are tried again; so does a restart, with other code perhaps. */
const RETRY_MS = 600_000;

/** Leaves out programs whose events make no sense, so that the others are read. Where each stopped is in the cursor. */
export interface Halts {
  /** Finds the program that an error is about; null for an error that is about none. */
  programOf(error: unknown, programs: readonly Program[]): Program | null;
  /** Marks a program as read up to a block and no further, and tells it. */
  halt(cursor: IndexerCursor, program: Program, throughBlock: number, why: unknown): IndexerCursor;
  /** Forgets the mark of a program that is read up to the cursor again. */
  resume(cursor: IndexerCursor, program: Program): IndexerCursor;
  isDue(program: Program): boolean;
}

/** The block up to which a halted program is read; null for a program that is not halted. */
export function haltedAt({ halted }: IndexerCursor, { id }: Pick<Program, 'id'>): number | null {
  return halted.find(({ programId }) => programId === id)?.blockNumber ?? null;
}

export function createHalts(deps: { logger: Logger; wallNowMs: () => number }): Halts {
  const { logger, wallNowMs } = deps;
  /** Lost in a restart, which then tries at once. */
  const retryAtMs = new Map<string, number>();
  const without = ({ halted }: IndexerCursor, { id }: Program): IndexerCursor['halted'] =>
    halted.filter(({ programId }) => programId !== id);
  return {
    programOf: (error, programs) =>
      error instanceof UnreadableEvents
        ? (programs.find(({ address }) => address === error.points) ?? null)
        : null,
    halt: (cursor, program, throughBlock, err) => {
      retryAtMs.set(program.id, wallNowMs() + RETRY_MS);
      logger.error(
        { err, programId: program.id, throughBlock },
        'the events of a program make no sense after this block: it is read and settled no further, and the others go on',
      );
      const mark = { programId: program.id, blockNumber: throughBlock };
      return { ...cursor, halted: [...without(cursor, program), mark] };
    },
    resume: (cursor, program) => {
      if (haltedAt(cursor, program) === null) return cursor;
      logger.info({ programId: program.id }, 'the events of a program are read again');
      return { ...cursor, halted: without(cursor, program) };
    },
    isDue: ({ id }) => wallNowMs() >= (retryAtMs.get(id) ?? 0),
  };
}
