/** Sends callers' writes to the chain. Implemented in `services/transactions/submitter.ts`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { Failure, Revert } from '../../domain/transactions/transaction.ts';
import type { SigningRecord } from '../../domain/transactions/signingRecord.ts';
import type { TypedDataToSign } from './contractCodec.ts';
import type { HolderAccount } from './signer.ts';

/** Sender of a write, which decides the key that signs. The relayer pays for all of them. */
export type Actor =
  /**
   * The operator key of an organisation signs a request; for a program with an own wallet as its operator, that wallet is asked to.
   * With `account`, this wallet is asked in any case.
   */
  | { readonly role: 'OPERATOR'; readonly organisation: string; readonly account?: Address }
  /** The relayer itself, for calls that any account may make. */
  | {
      readonly role: 'RELAYER';
      /** The member that it is done for; left out for none. */
      readonly servedMemberId?: string;
    }
  /** The member's gasless account signs a request. */
  | {
      readonly role: 'MEMBER';
      readonly memberId: string;
      /** The gasless account, which the member's derived key signs for. */
      readonly account: Address;
    }
  /**
   * An account sends by itself what no signed request can do: a call of a token that knows neither the forwarder nor approvals by
   * signature. The relayer sends it the gas for this one call first.
   */
  | { readonly role: 'ITSELF'; readonly holder: HolderAccount };

/** One call of a contract. */
export interface ContractCall {
  readonly to: Address;
  readonly data: Hex;
  /** Most gas that the service pays for it; left out where only its own contracts run. */
  readonly gasCap?: bigint;
}

/** A write to submit. */
export interface TransactionRequest {
  /** Null while an operator creates it. A write of a MEMBER always has one. */
  readonly program: Program | null;
  readonly actor: Actor;
  readonly call: ContractCall;
  /**
   * Name that the caller gives to this write, kept 24 h for each (program, actor): the same key with the same call gives the
   * same transaction again, and another one once that is final without an effect. Null makes every submission a write of its own.
   */
  readonly idempotencyKey: string | null;
  /** What the key stands for where the call may be another one with each try; left out, it stands for the call. */
  readonly input?: string;
  /** Name of the mutation, such as `changeAnnounce`: for logs, and to find transactions of one kind. */
  readonly kind: string;
}

/**
 * - `QUEUED`: saved; it will be sent, even after a crash
 * - `SENT`: a node has it
 * - `MINED`: in a block that the indexer has read, and it succeeded
 * - `REVERTED`: in a block, and it had no effect
 * - `DROPPED`: it became void before it was mined and will never have an effect
 */
export type SubmittedStatus = 'QUEUED' | 'SENT' | 'MINED' | 'REVERTED' | 'DROPPED';

/** A submitted transaction. A reorganisation can take it back from `MINED` to `SENT`. */
export interface SubmittedTransaction {
  readonly id: string;
  /** Name of the mutation that asked for it; null for what nobody asked for. */
  readonly kind: string | null;
  /** Hash of the newest signed attempt, or of the mined one; null while nothing is signed and when it was dropped. */
  readonly hash: Hex | null;
  readonly status: SubmittedStatus;
  /** Set while `MINED` or `REVERTED`. */
  readonly blockNumber: number | null;
  /** Why it had no effect, while `REVERTED` or `DROPPED`; null where nothing is known about that. */
  readonly failure: Failure | null;
}

/** A request to the forwarder that a wallet has to sign. */
export interface SigningRequest {
  readonly id: string;
  /** The wallet. */
  readonly account: Address;
  readonly typedData: TypedDataToSign;
  /** Unix milliseconds by the chain's clock. */
  readonly expiresAtMs: number;
}

/** A signature that is not good: of another account, or of a request that can not be carried out any more. */
export type NotSigned = { readonly kind: 'WRONG_SIGNER' } | { readonly kind: 'OUTDATED' };

/** Result of a submission. Only `ACCEPTED` has an effect. */
export type Submission =
  | {
      readonly kind: 'ACCEPTED';
      readonly transaction: SubmittedTransaction;
      /** Its signed request was carried out by a transaction of another account, and this one had no effect. */
      readonly isDoneElsewhere?: true;
    }
  /** The call would revert now. `revert` is null when the contract gave no known reason. */
  | { readonly kind: 'REFUSED'; readonly revert: Revert | null; readonly detail: string }
  /** A wallet has to sign before anything is sent. */
  | { readonly kind: 'TO_SIGN'; readonly toSign: SigningRequest }
  /** The idempotency key was used for another call. */
  | { readonly kind: 'KEY_REUSED' }
  /** Another write of this member is not finished, or too many writes are waiting: try again soon. */
  | { readonly kind: 'BUSY'; readonly retryAfterMs: number }
  /** The member has used up its writes of the hour. */
  | { readonly kind: 'QUOTA'; readonly limit: number; readonly retryAfterMs: number };

export interface Submitter {
  /**
   * Simulates the call and queues it if it would succeed now.
   *
   * @throws ServiceError CHAIN_UNAVAILABLE when no node answers
   * @throws when a call of a MEMBER or of the OPERATOR is none that is relayed for them
   */
  submit(request: TransactionRequest): Promise<Submission>;
  /**
   * Submits what a wallet was asked to sign.
   *
   * @returns why the signature is not good, or the submission
   */
  submitSigned(
    program: Program,
    asked: SigningRecord,
    signature: Hex,
  ): Promise<Submission | NotSigned>;
  /** Finds what {@link submit} would answer by the key alone; null when it would try the call. */
  find(request: TransactionRequest): Promise<Submission | null>;
  /** Finds the newest transaction under a key; null when there is none. */
  findByKey(
    named: Pick<TransactionRequest, 'program' | 'actor' | 'idempotencyKey'>,
  ): Promise<SubmittedTransaction | null>;
  /**
   * Waits until a transaction is `MINED`, `REVERTED` or `DROPPED`, or until the time is over. @returns its state then
   *
   * @param transactionId From {@link SubmittedTransaction.id}.
   * @throws when there is no such transaction
   */
  wait(transactionId: string, timeoutMs: number): Promise<SubmittedTransaction>;
}
