import type { Program } from '../../domain/program.ts';
import type { ProgramViews } from '../../ports/chain/programViews.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Upkeep } from './upkeeps.ts';

/**
 * Finds money that was transferred to a buyback and is not in its reserve yet: an account that funds a reserve needs nothing but a transfer.
 * What is worth less than a point stays where it is: taking it in would cost more. Both are read from the chain: what was read of it
 * before may be behind.
 */
export type SyncUpkeep = (program: Program) => Promise<Upkeep[]>;

/** A question to a node, for money that comes a few times a month. */
const LOOK_AGAIN_MS = 30_000;

export function createSyncUpkeep(deps: {
  totals: Pick<TotalsStore, 'reserveChangedAt'>;
  views: Pick<ProgramViews, 'moneyOf' | 'reserveOf'>;
  calls: Pick<ProgramCalls, 'syncReserve'>;
  wallNowMs: () => number;
}): SyncUpkeep {
  const { totals, views, calls, wallNowMs } = deps;
  /** By program. Lost in a restart, which then looks at once. */
  const lookAgainAtMs = new Map<string, number>();
  return async (program) => {
    const worthIt = program.buybackTerms.at(-1)?.pricePerPoint;
    if (worthIt === undefined || wallNowMs() < (lookAgainAtMs.get(program.id) ?? 0)) return [];
    lookAgainAtMs.set(program.id, wallNowMs() + LOOK_AGAIN_MS);
    // In this order: what is taken in or paid out between the questions makes it too little rather than too much.
    const changedAt = await totals.reserveChangedAt(program.id);
    const there = await views.moneyOf(program, program.buyback);
    const reserve = await views.reserveOf(program);
    if (there - reserve < worthIt) return [];
    // Every change of the reserve has a block of its own, so the next transfer has another name.
    const name = `sync:${changedAt}:${reserve}:${there}`;
    return [{ name, kind: 'reserveSync', call: calls.syncReserve(program) }];
  };
}
