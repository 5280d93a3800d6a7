import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../../domain/program.ts';
import { sha256OfJson } from '../../sha256.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { ChainClock } from '../../../ports/chain/clock.ts';
import type { Forwarding } from '../../../ports/chain/forwarding.ts';
import type { ForwardRequestToSign } from '../../../ports/chain/signer.ts';
import type { Submission, NotSigned } from '../../../ports/chain/submitter.ts';
import type { SigningRecord } from '../../../domain/transactions/signingRecord.ts';
import type { SigningStore } from '../../../ports/stores/transactions.ts';
import { simulateCall, type NamedRequest } from '../queue/simulateCall.ts';
import type { ForwardQueue } from './forwardQueue.ts';

/**
 * Has an operator's own wallet sign what the operator key of the service signs elsewhere. What it signs is a request to the
 * forwarder, so that the wallet needs no gas: a lane of the relayer sends it and pays.
 */
export interface WalletSigning {
  /** Asks a wallet to sign a call, after a simulation of it. */
  ask(program: Program, account: Address, named: NamedRequest): Promise<Submission>;
  /** Queues a request that was signed. */
  queue(
    program: Program,
    asked: SigningRecord,
    signature: Hex,
    named: NamedRequest,
  ): Promise<Submission | NotSigned>;
}

/** A person has this long at least, and twice as long at most, to look at what the wallet shows. */
const SIGNED_WITHIN_MS = 900_000;
const MS_PER_SECOND = 1_000;

export function createWalletSigning(deps: {
  chainId: number;
  clock: ChainClock;
  gateway: TransactionGateway;
  forwarding: Forwarding;
  signingRequests: SigningStore;
  forwardQueue: ForwardQueue;
  wallNowMs: () => number;
}): WalletSigning {
  const { chainId, clock, gateway, forwarding, signingRequests, forwardQueue } = deps;

  const requestOf = (asked: SigningRecord): ForwardRequestToSign => {
    const { forwarder, call, gas, nonce, deadline } = asked;
    return { chainId, forwarder, ...call, gas, nonce, deadline };
  };

  return {
    ask: async (program, account, { request, failed }) => {
      const { call, kind, idempotencyKey, input } = request;
      const { forwarder, organisationId, id: programId } = program;
      const would = await simulateCall(gateway, forwarder, forwarding.asForwarded(call, account));
      if (!('gasLimit' in would)) return would;
      const next = await forwardQueue.nextNonce({ program, forwarder }, account, failed);
      if (typeof next !== 'bigint') return next;
      const { nowMs } = await clock.now();
      // The same for all who ask for the same within this time, so that they are answered alike.
      const turn = Math.floor(nowMs / SIGNED_WITHIN_MS);
      const id = sha256OfJson([
        chainId,
        programId,
        kind,
        idempotencyKey,
        call,
        account,
        `${next}`,
        turn,
      ]);
      const record: SigningRecord = {
        id,
        ...{ programId, organisationId, kind, idempotencyKey, input: input ?? null },
        ...{ call, account, forwarder, gas: would.gasLimit, nonce: next },
        deadline: ((turn + 2) * SIGNED_WITHIN_MS) / MS_PER_SECOND,
        createdAtMs: deps.wallNowMs(),
      };
      const asked = await signingRequests.keep(record);
      return {
        kind: 'TO_SIGN',
        toSign: {
          id,
          account,
          typedData: forwarding.typedData(account, requestOf(asked)),
          expiresAtMs: asked.deadline * MS_PER_SECOND,
        },
      };
    },
    queue: async (program, asked, signature, { request, failed, name }) => {
      const { account, forwarder, nonce, deadline } = asked;
      const toSign = requestOf(asked);
      if (forwarding.signerOf(account, toSign, signature) !== account) {
        return { kind: 'WRONG_SIGNER' };
      }
      const { nowMs } = await clock.now();
      if (deadline * MS_PER_SECOND <= nowMs) return { kind: 'OUTDATED' };
      const next = await forwardQueue.nextNonce({ program, forwarder }, account, failed);
      if (typeof next !== 'bigint') return next;
      if (next !== nonce) return { kind: 'OUTDATED' };
      const requestId = await name();
      if (requestId === null) return { kind: 'KEY_REUSED' };
      return forwardQueue.enqueueSigned(
        { program, forwarder },
        { account, organisationId: asked.organisationId },
        {
          ...{ kind: request.kind, requestId, nonce },
          call: forwarding.execute(account, toSign, signature),
        },
      );
    },
  };
}
