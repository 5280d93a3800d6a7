import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import { isOpen, type TransactionRecord } from '../../domain/transactions/transaction.ts';
import type { Logger } from '../../lib/logger.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import { isRetryable } from '../isRetryable.ts';
import { submittedOf, simulateCall } from '../transactions/queue/simulateCall.ts';
import type { Upkeeps, Upkeep } from './upkeeps.ts';
import type { Lanes } from '../transactions/queue/lanes.ts';
import type { NonceQueue } from '../transactions/queue/nonceQueue.ts';

/**
 * Does the upkeep that any account may do: settles rounds, enacts changes, anchors logs, refunds overdue orders, and claims what belongs
 * to members without gas. Its key has no rights that another account lacks.
 */
export interface Keeper {
  /** Queues transactions for the upkeep that is due. @returns how many */
  step(program: Program): Promise<number>;
}

/** Most transactions in one step: other programs wait, and so do settlements. */
const MAX_PER_STEP = 16;
/** Most open transactions of a lane; members' own requests find room beside them. */
const MAX_OPEN = 32;
/** Time between looks for upkeep, which is due for days: more often would only burden the database. */
const LOOK_AGAIN_MS = 2_000;
/** Time of the chain that does not pass between two looks by itself. */
const JUMP_MS = 60_000;
/** Time after which upkeep that is sent, or done and not gone, is looked at again. */
const UNDER_WAY_MS = 10_000;
/** Times after which upkeep that would revert, or did, is tried again: the first and the longest. It doubles in between. */
const FIRST_RETRY_MS = 60_000;
const MAX_RETRY_MS = 3_600_000;

/** Nothing is asked for twice at a time, and what failed is not asked for again at once. */
const retryAfterMs = (failures: number): number =>
  Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 16));

const hasFailed = (transaction: TransactionRecord): boolean =>
  ['REVERTED', 'DROPPED'].includes(submittedOf(transaction).status) && !isOpen(transaction);

export function createKeeper(deps: {
  clock: ChainClock;
  gateway: TransactionGateway;
  upkeeps: Upkeeps;
  lanes: Pick<Lanes, 'freest'>;
  transactions: Pick<TransactionStore, 'listByRequestPrefix'>;
  logger: Logger;
  wallNowMs: () => number;
}): Keeper {
  const { gateway, upkeeps, lanes, transactions, logger, wallNowMs } = deps;
  /** Programs and upkeeps that are left alone until a moment. Lost in a restart, which then looks at them once more. */
  const waitUntilMs = new Map<string, number>();
  const refusals = new Map<string, number>();
  /** Time of the chain at the last look, by program. */
  const lookedAtMs = new Map<string, number>();

  const isWaiting = (key: string): boolean => {
    const untilMs = waitUntilMs.get(key);
    if (untilMs === undefined) return false;
    if (wallNowMs() < untilMs) return true;
    waitUntilMs.delete(key);
    return false;
  };
  /** The clock of a local chain jumps, and what was not due a moment ago is. */
  const hasJumped = (programId: string, nowMs: number): boolean =>
    nowMs - (lookedAtMs.get(programId) ?? 0) > JUMP_MS;
  const wait = (key: string, ms: number): void => void waitUntilMs.set(key, wallNowMs() + ms);

  /** The name of the next try; null while there is one under way or done, or the last failed only just now. */
  const nextTry = async (key: string): Promise<string | null> => {
    const tries = await transactions.listByRequestPrefix(`${key}#`);
    const last = tries.at(-1);
    if (last === undefined) return `${key}#0`;
    if (!hasFailed(last)) {
      wait(key, UNDER_WAY_MS);
      return null;
    }
    const againAtMs = last.queuedAtMs + retryAfterMs(tries.length - 1);
    if (againAtMs <= wallNowMs()) return `${key}#${tries.length}`;
    waitUntilMs.set(key, againAtMs);
    return null;
  };

  const refuse = async (key: string, { kind, endsAtMs }: Upkeep, detail: string): Promise<void> => {
    // Its time ran out while it was prepared: it is not tried again, and who finds it tells what that means.
    if (endsAtMs !== undefined && (await deps.clock.now()).nextBlockMs >= endsAtMs) return;
    const failures = refusals.get(key) ?? 0;
    refusals.set(key, failures + 1);
    wait(key, retryAfterMs(failures));
    logger.warn({ key, kind, detail }, 'what is due would revert');
  };

  const doOne = async (
    program: Program,
    upkeep: Upkeep,
    from: Address,
    enqueue: ReturnType<NonceQueue['row']>,
  ): Promise<boolean> => {
    const key = `keep:${program.id}:${upkeep.name}`;
    const requestId = await nextTry(key);
    if (requestId === null) return false;
    const tried = await simulateCall(gateway, from, upkeep.call);
    if (!('gasLimit' in tried)) {
      await refuse(key, upkeep, tried.detail);
      return false;
    }
    await enqueue({
      call: { kind: 'call', to: upkeep.call.to, data: upkeep.call.data },
      gasLimit: tried.gasLimit,
      programId: program.id,
      requestId,
      requestKind: upkeep.kind,
    });
    refusals.delete(key);
    wait(key, UNDER_WAY_MS);
    return true;
  };

  /** What fails for a reason of its own is left alone for a while; what fails for want of a node or the database stops the step. */
  const alone = async (
    program: Program,
    { name, kind }: Upkeep,
    run: () => Promise<boolean>,
  ): Promise<boolean> => {
    try {
      return await run();
    } catch (err) {
      if (isRetryable(err)) throw err;
      const key = `keep:${program.id}:${name}`;
      wait(key, retryAfterMs(0));
      logger.error({ err, key, kind }, 'an upkeep failed; the others go on');
      return false;
    }
  };

  return {
    step: async (program) => {
      const { nowMs } = await deps.clock.recent();
      if (isWaiting(program.id) && !hasJumped(program.id, nowMs)) return 0;
      const { fresh, nextBlockMs } = await deps.clock.now();
      lookedAtMs.set(program.id, nextBlockMs);
      const queue = await lanes.freest();
      const room = Math.min(MAX_PER_STEP, MAX_OPEN - (await queue.countOpen()));
      if (!fresh || room <= 0) return 0;
      const isLeftAlone = (name: string): boolean => isWaiting(`keep:${program.id}:${name}`);
      const due = await upkeeps.due(program, nextBlockMs, isLeftAlone);
      const enqueue = queue.row();
      let queued = 0;
      for (const upkeep of due) {
        if (queued >= room) break;
        if (await alone(program, upkeep, () => doOne(program, upkeep, queue.from, enqueue))) {
          queued += 1;
        }
      }
      if (queued === 0) wait(program.id, LOOK_AGAIN_MS);
      return queued;
    },
  };
}
