import type { ProgramFactory } from '../../ports/chain/programViews.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import type { Programs } from './programs.ts';

/**
 * Takes in programs whose creation was mined when nobody waited for it any more: the caller was gone, or the process that
 * served it.
 */
export interface RegisterCreated {
  /** @returns programs that were looked at for the first time */
  step(): Promise<number>;
}

/** The word of the API for the act that creates a program. */
export const PROGRAM_CREATE = 'programCreate';
/** Whoever waits for a creation registers it at once; this is for the others. */
const LOOK_AGAIN_MS = 2_000;

export function createRegisterCreated(deps: {
  chainId: number;
  transactions: Pick<TransactionStore, 'listMinedOfKind'>;
  factory: Pick<ProgramFactory, 'createdIn' | 'read'>;
  programs: Pick<Programs, 'register'>;
  wallNowMs: () => number;
}): RegisterCreated {
  const { chainId, transactions, factory, programs, wallNowMs } = deps;
  /** Transactions whose programs are there. Lost in a restart, which then takes them in once more: that adds nothing. */
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
        if (points !== null) await programs.register(await factory.read(points));
        done.add(transaction.id);
      }
      lookAtMs = wallNowMs() + LOOK_AGAIN_MS;
      return added.length;
    },
  };
}
