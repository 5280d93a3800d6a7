import type { ProgramFactory } from '../../ports/chain/programViews.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import type { Programs } from './programs.ts';

/**
 * Registers programs whose creation was mined after the caller, or the process that served it, was gone.
 */
export interface RegisterCreated {
  /** Registers created programs. @returns how many it found for the first time */
  step(): Promise<number>;
}

/** Name of the mutation that creates a program. */
export const PROGRAM_CREATE = 'programCreate';
/** A caller that waits for a creation registers it at once; this is for the other creations. */
const LOOK_AGAIN_MS = 2_000;

export function createRegisterCreated(deps: {
  chainId: number;
  transactions: Pick<TransactionStore, 'listMinedOfKind'>;
  factory: Pick<ProgramFactory, 'createdIn' | 'read'>;
  programs: Pick<Programs, 'register'>;
  wallNowMs: () => number;
}): RegisterCreated {
  const { chainId, transactions, factory, programs, wallNowMs } = deps;
  /** Transactions whose programs are registered. Lost in a restart, which registers them once more and adds nothing. */
  const done = new Set<string>();
  let lookAtMs = 0;

  return {
    step: async () => {
      if (wallNowMs() < lookAtMs) return 0;
      const mined = await transactions.listMinedOfKind(chainId, PROGRAM_CREATE);
      const added = mined.filter(({ id }) => !done.has(id));
      for (const transaction of added) {
        const hash = transaction.mined?.hash ?? null;
        const points = hash === null ? null : await factory.createdIn(hash);
        if (points !== null && transaction.organisationId !== null) {
          await programs.register(await factory.read(points, transaction.organisationId));
        }
        done.add(transaction.id);
      }
      lookAtMs = wallNowMs() + LOOK_AGAIN_MS;
      return added.length;
    },
  };
}
