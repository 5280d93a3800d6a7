import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isOpen } from '../../domain/transactions/transaction.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { TransactionRequest, Submitter, Submission } from '../../ports/chain/submitter.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import type { IdempotencyStore, TransactionStore } from '../../ports/stores/transactions.ts';
import type { OwnKey, Signer } from '../../ports/chain/signer.ts';
import type { Wake } from '../../ports/wake.ts';
import { submittedOf, simulateCall, type NamedRequest } from './simulateCall.ts';
import { createNonceQueue, type NonceQueue } from './nonceQueue.ts';
import type { Relayer } from './relayer.ts';

/** An idempotency key names one write for a day: longer than any client repeats a request. */
const KEY_GOOD_FOR_MS = 86_400_000;
/** Most open transactions of one account. Senders look at 64, and nodes hold back transactions further ahead. */
const MAX_OPEN = 48;
/** Time after which a full account may have room again: a few blocks. */
const BUSY_RETRY_MS = 5_000;
/** Often enough that a local chain, which mines at once, answers at once. */
const LOOK_MS = 25;
const MAX_LOOK_MS = 500;

const sha256 = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

export function createSubmitter(deps: {
  chainId: number;
  gateway: TransactionGateway;
  signer: Pick<Signer, 'addressOf'>;
  transactions: TransactionStore;
  idempotency: IdempotencyStore;
  relayer: Relayer;
  wake: Wake;
  wallNowMs: () => number;
}): Submitter {
  const { gateway, transactions, idempotency, wallNowMs } = deps;
  const queueOf = (key: OwnKey): NonceQueue =>
    createNonceQueue({ ...deps, from: deps.signer.addressOf(key) });
  const queues = { OPERATOR: queueOf('operator'), RELAYER: queueOf('relayer') };

  const oldestGoodMs = (): number => wallNowMs() - KEY_GOOD_FOR_MS;

  const keyOf = ({
    program,
    actor,
    idempotencyKey,
    call,
    kind,
  }: TransactionRequest): { readonly id: string; readonly inputHash: string } | null => {
    if (idempotencyKey === null) return null;
    const who = actor.role === 'MEMBER' ? actor.memberId : actor.role;
    return {
      id: sha256([deps.chainId, program?.id ?? null, who, idempotencyKey]),
      inputHash: sha256([kind, call.to, call.data]),
    };
  };

  /** Finds the submission under the same key; null when there is none. */
  const repeated = async (key: { id: string; inputHash: string }): Promise<Submission | null> => {
    const known = await idempotency.find(key.id, oldestGoodMs());
    if (known === null) return null;
    if (known.inputHash !== key.inputHash) return { kind: 'KEY_REUSED' };
    const transaction = await transactions.findByRequest(known.requestId);
    return transaction === null
      ? null
      : { kind: 'ACCEPTED', transaction: submittedOf(transaction) };
  };

  const named = (request: TransactionRequest): NamedRequest => {
    const key = keyOf(request);
    const requestId = uuidV7(wallNowMs());
    return {
      request,
      name: async () => {
        if (key === null) return requestId;
        const record = { ...key, requestId, createdAtMs: wallNowMs() };
        const stands = await idempotency.claim(record, oldestGoodMs());
        return stands.inputHash === key.inputHash ? stands.requestId : null;
      },
    };
  };

  /** By one of the service's own accounts. */
  const send = async ({ request, name }: NamedRequest, queue: NonceQueue): Promise<Submission> => {
    if ((await queue.countOpen()) >= MAX_OPEN) {
      return { kind: 'BUSY', retryAfterMs: BUSY_RETRY_MS };
    }
    const tried = await simulateCall(gateway, queue.from, request.call);
    if (!('gasLimit' in tried)) return tried;
    const requestId = await name();
    if (requestId === null) return { kind: 'KEY_REUSED' };
    const transaction = await queue.row()({
      call: { kind: 'call', ...request.call },
      gasLimit: tried.gasLimit,
      programId: request.program?.id ?? null,
      requestId,
      requestKind: request.kind,
    });
    return { kind: 'ACCEPTED', transaction: submittedOf(transaction) };
  };

  return {
    submit: async (request) => {
      const key = keyOf(request);
      const before = key === null ? null : await repeated(key);
      if (before !== null) return before;
      const { role } = request.actor;
      const submission =
        role === 'MEMBER'
          ? await deps.relayer.relay(named(request), queues.RELAYER)
          : await send(named(request), queues[role]);
      if (submission.kind === 'ACCEPTED') deps.wake.wake();
      else if (key !== null) {
        // What the same key queued at the same time may be the very reason for the refusal.
        return (await repeated(key)) ?? submission;
      }
      return submission;
    },
    wait: async (transactionId, timeoutMs) => {
      const giveUpAtMs = wallNowMs() + timeoutMs;
      for (let pauseMs = LOOK_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_LOOK_MS)) {
        const transaction = await transactions.find(transactionId);
        if (transaction === null) throw new Error(`There is no transaction ${transactionId}.`);
        const submitted = submittedOf(transaction);
        const isOver = submitted.status === 'DROPPED' || !isOpen(transaction);
        const leftMs = giveUpAtMs - wallNowMs();
        if (isOver || leftMs <= 0) return submitted;
        await delay(Math.min(pauseMs, leftMs));
      }
    },
  };
}
