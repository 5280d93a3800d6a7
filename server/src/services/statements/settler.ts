import { packBatch, type Address } from '@dewpoint/contracts/statement.ts';
import {
  MAX_BATCH_STATEMENTS,
  buildBatches,
  splitBatch,
  withinRoom,
} from '../../domain/statements/batching.ts';
import { epochAt, oldestOpenEpoch } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import { gasLimitOf, type TransactionCall } from '../../domain/transactions/transaction.ts';
import type { Logger } from '../../lib/logger.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import type { Lanes } from '../transactions/queue/lanes.ts';
import type { NonceQueue } from '../transactions/queue/nonceQueue.ts';

/** Queues transactions that settle due statements. A statement in one is due again only when the chain says so. */
export interface Settler {
  /** Queues transactions for the statements of a program that are due. @returns how many */
  step(program: Program): Promise<number>;
}

/**
 * Settlements of a lane on their way at the same time. Nodes keep 16 executable transactions of an account in any case (geth's
 * `accountslots`), so none is dropped for room.
 */
export const MAX_OPEN_TRANSACTIONS = 16;
/** Batches of a lane that are tried, signed and queued beside each other. */
const PREPARED_AT_ONCE = 3;
/** A refused program or statement is tried again after this time: the cause has to be mended first. */
const REFUSED_RETRY_MS = 30_000;
/** What a transaction takes however little it does. */
const CALL_GAS = 21_000n;
/** The key is not (or no longer) the recorder: the operator has to rotate it back, and the next epoch has to begin. */
const NOT_RECORDER_RETRY_MS = 5_000;

/**
 * What a statement takes changes with the accounts, and where the price of data is in the gas, with that price: an estimate is
 * one for other batches this long.
 */
const ESTIMATE_KEPT_MS = 30_000;

/** What a node estimated for a batch. */
interface Estimate {
  readonly gas: bigint;
  readonly statements: number;
  readonly untilMs: number;
}

/** A lane that can take more. */
interface Lane {
  readonly from: Address;
  /** How many transactions. */
  readonly room: number;
  readonly enqueue: ReturnType<NonceQueue['row']>;
}

export function createSettler(deps: {
  chainId: number;
  lanes: Pick<Lanes, 'paying'>;
  signer: Pick<Signer, 'signBatch'>;
  clock: ChainClock;
  gateway: TransactionGateway;
  statements: StatementStore;
  transactions: TransactionStore;
  logger: Logger;
  wallNowMs: () => number;
}): Settler {
  const { chainId, gateway, transactions, logger, wallNowMs } = deps;
  /** Programs and statements that are left alone until a moment. Lost in a restart, which then tries them once more. */
  const waitUntilMs = new Map<string, number>();

  const isWaiting = (id: string): boolean => {
    const untilMs = waitUntilMs.get(id);
    if (untilMs === undefined) return false;
    if (wallNowMs() < untilMs) return true;
    waitUntilMs.delete(id);
    return false;
  };

  const estimates = new Map<string, Estimate>();

  /**
   * Finds a gas limit in which the batch succeeds, by the estimate of one that is not much smaller; null where there is none, or
   * it doesn't: then this one is estimated by itself. Statements that take more than those of the other still fit: the limit has a
   * margin for each, and the node has tried it.
   */
  const limitLikeOthers = async (
    programId: string,
    statements: number,
    { from, call }: { readonly from: Address; readonly call: TransactionCall },
  ): Promise<bigint | null> => {
    const known = estimates.get(programId);
    if (known === undefined || wallNowMs() >= known.untilMs) return null;
    if (known.statements * 2 < statements) return null;
    const gas = (known.gas * BigInt(statements)) / BigInt(known.statements) + CALL_GAS;
    const limit = gasLimitOf(gas, statements, await gateway.blockGasLimit());
    if (limit === null || !(await gateway.succeedsWithin(from, call, limit))) return null;
    return limit;
  };

  /** Queues a batch that would succeed; splits one that would not until the statement at fault is alone. */
  const submit = async (
    program: Program,
    batch: readonly StatementRecord[],
    lane: Lane,
  ): Promise<number> => {
    const statements = batch.map(({ account, epoch, lines }) => ({
      member: account,
      epoch,
      lines,
    }));
    const toSign = { chainId, points: program.address, statements: packBatch(statements) };
    const call: TransactionCall = {
      kind: 'settle',
      points: program.address,
      batch: toSign.statements,
      signature: await deps.signer.signBatch(program.recorderLabel, toSign),
    };
    const statementIds = batch.map(({ id }) => id);
    const enqueue = (gasLimit: bigint): Promise<unknown> =>
      lane.enqueue({ call, gasLimit, statementIds, programId: program.id });
    const like = { from: lane.from, call };
    const knownLimit = await limitLikeOthers(program.id, batch.length, like);
    if (knownLimit !== null) {
      await enqueue(knownLimit);
      return 1;
    }
    const simulation = await gateway.simulate(lane.from, call);
    if (!simulation.ok && simulation.reason === 'NOT_RECORDER') {
      waitUntilMs.set(program.id, wallNowMs() + NOT_RECORDER_RETRY_MS);
      const { revert } = simulation;
      logger.error({ programId: program.id, revert }, 'our key is not the recorder of the program');
      return 0;
    }
    const gasLimit = simulation.ok
      ? gasLimitOf(simulation.gas, batch.length, await gateway.blockGasLimit())
      : null;
    if (simulation.ok && gasLimit !== null) {
      const untilMs = wallNowMs() + ESTIMATE_KEPT_MS;
      estimates.set(program.id, { gas: simulation.gas, statements: batch.length, untilMs });
      await enqueue(gasLimit);
      return 1;
    }
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) {
      waitUntilMs.set(first.id, wallNowMs() + REFUSED_RETRY_MS);
      logger.error({ statementId: first.id, simulation }, 'a statement can not be settled');
      return 0;
    }
    let queued = 0;
    for (const half of splitBatch(batch)) queued += await submit(program, half, lane);
    return queued;
  };

  const lanesWithRoom = async (): Promise<Lane[]> => {
    const lanes = await Promise.all(
      (await deps.lanes.paying()).map(async (queue) => ({
        from: queue.from,
        room: MAX_OPEN_TRANSACTIONS - (await queue.countOpen('settle')),
        enqueue: queue.row(),
      })),
    );
    return lanes.filter(({ room }) => room > 0);
  };

  return {
    step: async (program) => {
      if (isWaiting(program.id)) return 0;
      const lanes = await lanesWithRoom();
      const room = lanes.reduce((sum, lane) => sum + lane.room, 0);
      if (room === 0) return 0;
      const time = await deps.clock.now();
      const open = await transactions.openStatementIds(program.id);
      for (const id of waitUntilMs.keys()) if (isWaiting(id)) open.add(id);
      const due = await deps.statements.findDue({
        programId: program.id,
        nowMs: time.nowMs,
        // The window is judged by the later of both clocks, the epoch's beginning by the head's own.
        minEpoch: oldestOpenEpoch(program, time.nowMs),
        maxEpoch: epochAt(program, time.nextBlockMs),
        limit: room * MAX_BATCH_STATEMENTS,
        excludeIds: open,
      });
      if (due.length === 0) return 0;
      const worth = withinRoom(due, await gateway.roomLeft(program));
      const batches = buildBatches(worth).slice(0, room);
      let queued = 0;
      // Any lane may send any batch, and while a node tries one, another is signed.
      await Promise.all(
        lanes.flatMap((lane) => {
          let room = lane.room;
          return Array.from({ length: PREPARED_AT_ONCE }, async () => {
            while (room > 0 && !isWaiting(program.id)) {
              const batch = batches.shift();
              if (batch === undefined) break;
              room -= 1;
              queued += await submit(program, batch, lane);
            }
          });
        }),
      );
      return queued;
    },
  };
}
