import { setTimeout as delay } from 'node:timers/promises';
import {
  isOpen,
  mayTryAgain,
  type TransactionRecord,
} from '../../domain/transactions/transaction.ts';
import { sha256OfJson } from '../sha256.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type {
  Actor,
  TransactionRequest,
  Submitter,
  Submission,
} from '../../ports/chain/submitter.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import type { IdempotencyStore, TransactionStore } from '../../ports/stores/transactions.ts';
import type { Wake } from '../../ports/wake.ts';
import { submittedOf, simulateCall, type NamedRequest } from './queue/simulateCall.ts';
import type { Lanes } from './queue/lanes.ts';
import type { OwnSends } from './relaying/ownSends.ts';
import type { Relayer } from './relaying/relayer.ts';

/** An idempotency key names one write for a day: longer than any client repeats a request. */
const KEY_GOOD_FOR_MS = 86_400_000;
/** Most open transactions of one account. Senders look at 64, and nodes hold back transactions further ahead. */
const MAX_OPEN = 48;
/** Time after which a full account may have room again: a few blocks. */
const BUSY_RETRY_MS = 5_000;
/** Often enough that a local chain, which mines at once, answers at once. */
const LOOK_MS = 25;
const MAX_LOOK_MS = 500;

/** An idempotency key within its chain, program and actor. */
interface Key {
  readonly id: string;
  readonly inputHash: string;
}

/** What stands under a key: a transaction, or nothing but, perhaps, one that failed for good. */
type Standing = { readonly inputHash: string } & (
  | { readonly transaction: TransactionRecord; readonly failed?: never }
  | { readonly transaction?: never; readonly failed: TransactionRecord | null }
);

type Named = Pick<TransactionRequest, 'program' | 'actor' | 'idempotencyKey'>;

const whoIs = (actor: Actor): string => {
  if (actor.role === 'MEMBER') return actor.memberId;
  if (actor.role === 'OPERATOR') return `OPERATOR of ${actor.organisation}`;
  return actor.role === 'ITSELF' ? JSON.stringify(actor.holder) : actor.role;
};
const keyIdOf = (chainId: number, { program, actor, idempotencyKey }: Named): string =>
  sha256OfJson([chainId, program?.id ?? null, whoIs(actor), idempotencyKey]);

/** Null for a write without a key. */
function keyOf(chainId: number, request: TransactionRequest): Key | null {
  const { idempotencyKey, kind, call, input } = request;
  if (idempotencyKey === null) return null;
  return {
    id: keyIdOf(chainId, request),
    inputHash: sha256OfJson([kind, call.to, input ?? call.data]),
  };
}

export function createSubmitter(deps: {
  chainId: number;
  gateway: TransactionGateway;
  transactions: TransactionStore;
  idempotency: IdempotencyStore;
  lanes: Lanes;
  relayer: Relayer;
  ownSends: OwnSends;
  wake: Wake;
  wallNowMs: () => number;
}): Submitter {
  const { gateway, transactions, idempotency, wallNowMs } = deps;

  const oldestGoodMs = (): number => wallNowMs() - KEY_GOOD_FOR_MS;

  /** Finds what stands under a key; null when there is nothing. */
  const standing = async (keyId: string): Promise<Standing | null> => {
    const record = await idempotency.find(keyId, oldestGoodMs());
    if (record === null) return null;
    const { inputHash, requestId, replaces } = record;
    const transaction = await transactions.findByRequest(requestId);
    if (transaction !== null && mayTryAgain(transaction)) return { inputHash, failed: transaction };
    if (transaction !== null) return { inputHash, transaction };
    // A process died after it gave the name of a transaction, and before there was one.
    const before = replaces === null ? null : await transactions.findByRequest(replaces);
    return { inputHash, failed: before };
  };

  /** Answers with what stands under the key; null when the call may be tried. */
  const repeated = (key: Key, stands: Standing | null): Submission | null => {
    if (stands === null) return null;
    if (stands.inputHash !== key.inputHash) return { kind: 'KEY_REUSED' };
    if (stands.transaction === undefined) return null;
    return { kind: 'ACCEPTED', transaction: submittedOf(stands.transaction) };
  };

  const named = (
    request: TransactionRequest,
    key: Key | null,
    failed: TransactionRecord | null,
  ): NamedRequest => {
    const requestId = uuidV7(wallNowMs());
    return {
      request,
      failed,
      name: async () => {
        if (key === null) return requestId;
        const replaces = failed?.requestId ?? null;
        const record = { ...key, requestId, createdAtMs: wallNowMs(), replaces };
        // First of all the failed one is out of the way for good, whatever blocks the chain loses.
        if (failed !== null) await transactions.retire(failed.id);
        const claimed =
          replaces === null
            ? await idempotency.claim(record, oldestGoodMs())
            : await idempotency.replace(record);
        return claimed.inputHash === key.inputHash ? claimed.requestId : null;
      },
    };
  };

  /** By the relayer itself. */
  const send = async ({ request, name }: NamedRequest): Promise<Submission> => {
    const { actor } = request;
    const servedMemberId = actor.role === 'RELAYER' ? (actor.servedMemberId ?? null) : null;
    const queue = await deps.lanes.freest();
    if ((await queue.countOpen()) >= MAX_OPEN) {
      return { kind: 'BUSY', retryAfterMs: BUSY_RETRY_MS };
    }
    const tried = await simulateCall(gateway, queue.from, request.call);
    if (!('gasLimit' in tried)) return tried;
    const requestId = await name();
    if (requestId === null) return { kind: 'KEY_REUSED' };
    const transaction = await queue.row()({
      call: { kind: 'call', to: request.call.to, data: request.call.data },
      gasLimit: tried.gasLimit,
      programId: request.program?.id ?? null,
      requestId,
      requestKind: request.kind,
      servedMemberId,
    });
    return { kind: 'ACCEPTED', transaction: submittedOf(transaction) };
  };

  const sendAs = (asked: NamedRequest): Promise<Submission> => {
    switch (asked.request.actor.role) {
      case 'MEMBER':
      case 'OPERATOR':
        return deps.relayer.relay(asked);
      case 'ITSELF':
        return deps.ownSends.send(asked);
      case 'RELAYER':
        return send(asked);
    }
  };

  return {
    submit: async (request) => {
      const key = keyOf(deps.chainId, request);
      const stands = key === null ? null : await standing(key.id);
      const before = key === null ? null : repeated(key, stands);
      if (before !== null) return before;
      const submission = await sendAs(named(request, key, stands?.failed ?? null));
      if (submission.kind === 'ACCEPTED') deps.wake.wake();
      else if (key !== null) {
        // What the same key queued at the same time may be the very reason for the refusal.
        return repeated(key, await standing(key.id)) ?? submission;
      }
      return submission;
    },
    submitSigned: async (program, asked, signature) => {
      const { organisationId: organisation, call, kind, idempotencyKey, input } = asked;
      const request: TransactionRequest = {
        ...{ program, call, kind, idempotencyKey },
        actor: { role: 'OPERATOR', organisation },
        ...(input !== null && { input }),
      };
      const key = keyOf(deps.chainId, request);
      const stands = key === null ? null : await standing(key.id);
      const before = key === null ? null : repeated(key, stands);
      if (before !== null) return before;
      const toSend = named(request, key, stands?.failed ?? null);
      const submission = await deps.relayer.relaySigned(program, asked, signature, toSend);
      if (submission.kind === 'ACCEPTED') deps.wake.wake();
      return submission;
    },
    find: async (request) => {
      const key = keyOf(deps.chainId, request);
      return key === null ? null : repeated(key, await standing(key.id));
    },
    findByKey: async (request) => {
      const stands = await standing(keyIdOf(deps.chainId, request));
      const newest = stands?.transaction ?? stands?.failed ?? null;
      return newest === null ? null : submittedOf(newest);
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
