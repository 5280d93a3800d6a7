import type { Program } from '../domain/program.ts';
import type { ChainLog } from '../ports/chain.ts';
import type { ProgramStore } from '../ports/recordingStores.ts';
import type {
  ChainEventStore,
  HoldingLedger,
  StoredEvent,
  TransactionStore,
} from '../ports/settlingStores.ts';
import type { ChainStates } from './chainStates.ts';

/**
 * All that is derived from events: balances, what is settled, rule sets. Every write is guarded, so that adding or taking
 * back the same events again changes nothing.
 */
export interface ReadModel {
  /** Adds events of these programs, in chain order. */
  apply(programs: readonly Program[], logs: readonly ChainLog[]): Promise<void>;
  /** Takes back everything above a block; transactions that were mined there are open again. */
  undoAbove(programs: readonly Program[], blockNumber: number): Promise<void>;
}

export function createReadModel(deps: {
  chainId: number;
  programs: Pick<ProgramStore, 'saveRuleSets'>;
  chainEvents: ChainEventStore;
  holdings: HoldingLedger;
  transactions: TransactionStore;
  chainStates: ChainStates;
}): ReadModel {
  const { chainId, chainEvents, holdings, chainStates } = deps;

  const saveRuleSets = async (program: Program, throughBlock: number): Promise<void> => {
    const ruleSets = await chainEvents.ruleSets(program.id, throughBlock);
    await deps.programs.saveRuleSets(program.id, ruleSets);
  };

  return {
    apply: async (programs, logs) => {
      const byAddress = new Map(programs.map((program) => [program.address, program]));
      const events = logs.flatMap((log): StoredEvent[] => {
        const program = byAddress.get(log.points);
        return program === undefined ? [] : [{ ...log, chainId, programId: program.id }];
      });
      // Stored before anything is derived from them: an undo has to know all that was added.
      await chainEvents.upsert(events);
      for (const program of programs) {
        const own = events.filter(({ programId }) => programId === program.id);
        if (own.length === 0) continue;
        await holdings.apply(program.id, own);
        await chainStates.apply(program, own);
        const published = own.findLast(({ event }) => event.kind === 'RuleSetPublished');
        if (published !== undefined) await saveRuleSets(program, published.at.blockNumber);
      }
    },
    undoAbove: async (programs, blockNumber) => {
      await deps.transactions.reopenAbove(chainId, blockNumber);
      const undone = await chainEvents.listAbove(chainId, blockNumber);
      for (const program of programs) {
        const own = undone.filter(({ programId }) => programId === program.id);
        if (own.length === 0) continue;
        await holdings.undo(program.id, own, blockNumber);
        await chainStates.undo(program, own, blockNumber);
        if (own.some(({ event }) => event.kind === 'RuleSetPublished')) {
          await saveRuleSets(program, blockNumber);
        }
      }
      // Deleted last: an undo that was broken off begins with the same events again.
      await chainEvents.deleteAbove(chainId, blockNumber);
    },
  };
}
