import type { Program } from '../../domain/program.ts';
import type { ReadEvent } from '../../domain/events.ts';
import type { ChainLog } from '../../ports/chain/chain.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type {
  ChainEventStore,
  ProjectionLedger,
  TotalsLedger,
  StoredEvent,
} from '../../ports/stores/indexer.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import type { WebhookCursorStore } from '../../ports/webhooks.ts';
import type { MemberAccounts } from './memberAccounts.ts';
import type { StatementStates } from './statementStates.ts';
import { createCompleteEvents } from './readEvents.ts';
import { createProjectEntities } from './projectEntities.ts';

/**
 * Derives the read model from events: totals, settled statements, terms, changes, rounds, items, orders and anchors. Every write is
 * guarded, so that adding or undoing the same events again changes nothing.
 */
export interface ReadModel {
  /** Adds events of these programs, in chain order. */
  apply(programs: readonly Program[], logs: readonly ChainLog[]): Promise<void>;
  /** Undoes everything above a block; transactions that were mined there are open again. */
  undoAbove(programs: readonly Program[], blockNumber: number): Promise<void>;
}

export function createReadModel(deps: {
  chainId: number;
  programs: Pick<ProgramStore, 'saveBuybackTerms' | 'saveRuleSets'>;
  chainEvents: ChainEventStore;
  totals: TotalsLedger;
  projections: ProjectionLedger;
  transactions: TransactionStore;
  webhookCursors: Pick<WebhookCursorStore, 'rewind'>;
  statementStates: StatementStates;
  memberAccounts: MemberAccounts;
}): ReadModel {
  const { chainId, chainEvents, totals, statementStates, memberAccounts } = deps;

  const projectEntities = createProjectEntities(deps);
  const completeEvents = createCompleteEvents(chainEvents);

  /** Versions that these events are about, as they stand up to a block. */
  const saveTerms = async (
    { id }: Program,
    events: readonly StoredEvent[],
    throughBlock: number,
  ): Promise<void> => {
    const has = (kind: ReadEvent['kind']): boolean =>
      events.some(({ event }) => event.kind === kind);
    // A program without rules counts as one that was never read: so its rules come last.
    if (has('TermsPublished')) {
      const terms = await chainEvents.buybackTerms(id, throughBlock);
      await deps.programs.saveBuybackTerms(id, terms);
    }
    if (has('RuleSetPublished')) {
      const ruleSets = await chainEvents.ruleSets(id, throughBlock);
      await deps.programs.saveRuleSets(id, ruleSets);
    }
  };

  return {
    apply: async (programs, logs) => {
      const read = await Promise.all(
        programs.map(async ({ id: programId, address }): Promise<StoredEvent[]> => {
          const own = await completeEvents(
            programId,
            logs.filter(({ points }) => points === address),
          );
          return own.map((log) => ({ ...log, chainId, programId }));
        }),
      );
      const events = read.flat();
      // Stored before anything is derived from them: an undo has to know all that was added.
      await chainEvents.upsert(events);
      for (const program of programs) {
        const own = events.filter(({ programId }) => programId === program.id);
        if (own.length === 0) continue;
        // Balances first: what is in neither of them would be missed by who reads both in between.
        await totals.apply(program.id, own);
        await statementStates.apply(program, own);
        await memberAccounts.apply(program, own);
        await projectEntities.refresh(program, own, null);
        await saveTerms(program, own, own.at(-1)?.at.blockNumber ?? 0);
      }
    },
    undoAbove: async (programs, blockNumber) => {
      await deps.transactions.reopenAbove(chainId, blockNumber);
      await deps.webhookCursors.rewind(chainId, blockNumber);
      const undone = await chainEvents.listAbove(chainId, blockNumber);
      for (const program of programs) {
        const own = undone.filter(({ programId }) => programId === program.id);
        if (own.length === 0) continue;
        // The other way round, for the same reason.
        await statementStates.undo(program, own, blockNumber);
        await totals.undo(program.id, own, blockNumber);
        await memberAccounts.undo(program, own, blockNumber);
        await projectEntities.refresh(program, own, blockNumber);
        await saveTerms(program, own, blockNumber);
      }
      // Deleted last: an undo that was broken off begins with the same events again.
      await chainEvents.deleteAbove(chainId, blockNumber);
    },
  };
}
