import { setTimeout as delay } from 'node:timers/promises';
import { ServiceError, UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';

/**
 * Lets deposits in a reserve be done one after the other. An allowance is one number for all of them: of two that overlap, the
 * approval of one would take the place of the other's.
 */
export interface DepositTurns {
  /**
   * Runs the steps of a deposit once no other one in this reserve is under way.
   *
   * @param key Names the deposit: repeating it goes on with the turn that it has, one repeat after the other.
   * @throws ServiceError BUSY when others take too long
   */
  take<Result>(program: Program, key: string, steps: () => Promise<Result>): Promise<Result>;
}

/** Name of the mutation whose transactions, approvals and deposits, are under way. */
const KIND = 'reserveDeposit';
/** Several deposits with two transactions each on a fast chain, and well within the time of a request. */
const PATIENCE_MS = 15_000;
const BUSY_RETRY_MS = 2_000;
const LOOK_MS = 50;
/** A caller that was told to repeat its deposit finds its turn again; one that does not come back holds up the others so long. */
const TURN_MS = 30_000;
/** Longer than the steps of a deposit take, and shorter than the patience of one whose process died in the middle. */
const STEPS_MS = 10_000;

const busy = (): ServiceError =>
  new ServiceError({
    code: 'BUSY',
    message: 'Another deposit is not finished; repeat the same request after "retryAfterMs".',
    retryAfterMs: BUSY_RETRY_MS,
  });

export function createDepositTurns(deps: {
  chainId: number;
  leases: LeaseStore;
  transactions: Pick<TransactionStore, 'listOpenOfKind'>;
  wallNowMs: () => number;
}): DepositTurns {
  const { chainId, leases, transactions, wallNowMs } = deps;

  const isUnderWay = async ({ id }: Program): Promise<boolean> =>
    (await transactions.listOpenOfKind(id, KIND)).length > 0;

  return {
    take: async (program, key, steps) => {
      const lease = `deposit:${chainId}:${program.buyback}`;
      // All repeats of a deposit have its turn: without this, each of them would have the amount allowed.
      const repeats = `${lease}:${key}`;
      const self = uuidV7(wallNowMs());
      const giveUpAtMs = wallNowMs() + PATIENCE_MS;
      const isFree = async (): Promise<boolean> =>
        (await leases.acquire(repeats, self, STEPS_MS)) &&
        (await leases.acquire(lease, key, TURN_MS)) &&
        !(await isUnderWay(program));
      try {
        while (!(await isFree())) {
          if (wallNowMs() >= giveUpAtMs) throw busy();
          await delay(LOOK_MS);
        }
        const result = await steps();
        await leases.release(lease, key);
        return result;
      } catch (error) {
        // A caller that is told to repeat the request keeps the turn for it.
        if (error instanceof UserError) await leases.release(lease, key);
        throw error;
      } finally {
        await leases.release(repeats, self);
      }
    },
  };
}
