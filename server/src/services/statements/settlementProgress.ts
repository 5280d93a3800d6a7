import { epochAt, oldestOpenEpoch } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import type { Aggregator } from './aggregator.ts';

/** Progress of settling statements on chain. */
export interface SettlementProgress {
  /** Number of statements that are not aggregated or not settled. */
  readonly open: number;
  /** Oldest epoch with such a statement; null when all are settled. */
  readonly oldestOpenEpoch: number | null;
  readonly currentEpoch: number;
}

/**
 * Tells how far the settling of a program has come.
 *
 * @param maturedByMs Actions that mature until then count as matured; the time now if left out.
 */
export type ReadSettlementProgress = (
  program: Program,
  maturedByMs?: number,
) => Promise<SettlementProgress>;

export function createSettlementProgress(deps: {
  statements: Pick<StatementStore, 'progress'>;
  aggregator: Pick<Aggregator, 'backlog'>;
  clock: ChainClock;
}): ReadSettlementProgress {
  return async (program, maturedByMs) => {
    const { nowMs } = await deps.clock.now();
    const minEpoch = oldestOpenEpoch(program, nowMs);
    const unaggregated = await deps.aggregator.backlog(program);
    const args = { minEpoch, nowMs: maturedByMs ?? nowMs, unaggregated };
    const progress = await deps.statements.progress(program.id, args);
    return { ...progress, currentEpoch: Math.max(0, epochAt(program, nowMs)) };
  };
}
