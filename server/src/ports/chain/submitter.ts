/** How the service acts on chain for people. Implemented in `services/transactions/submitter.ts`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';

/** Who acts, and so which key signs and pays. */
export type Actor =
  /** The operator's key. */
  | { readonly role: 'OPERATOR' }
  /** The relayer's key, for what anybody may do. */
  | { readonly role: 'RELAYER' }
  /** The member's gasless account signs a request; the relayer pays for it. */
  | {
      readonly role: 'MEMBER';
      readonly memberId: string;
      /** The gasless account, which the member's derived key signs for. */
      readonly account: Address;
    };

/** One call of a contract. */
export interface ContractCall {
  readonly to: Address;
  readonly data: Hex;
}

/** What somebody wants done. */
export interface TransactionRequest {
  /** Null where there is no program yet. A MEMBER's act always has one. */
  readonly program: Program | null;
  readonly actor: Actor;
  readonly call: ContractCall;
  /**
   * The caller's own name for this act, kept 24 h for each (program, actor): the same key with the same call gives the
   * same transaction again. Null: every submission is an act of its own.
   */
  readonly idempotencyKey: string | null;
  /** What it is, in the words of the API (`changeAnnounce`): for logs, and to find transactions of one kind. */
  readonly kind: string;
}

/**
 * - `QUEUED`: saved; it will be sent whatever crashes
 * - `SENT`: a node has it
 * - `MINED`: in a block that the reader has worked off, and it succeeded
 * - `REVERTED`: in a block, and it had no effect
 * - `DROPPED`: it will never have an effect: it was not valid any more before it could be mined
 */
export type SubmittedStatus = 'QUEUED' | 'SENT' | 'MINED' | 'REVERTED' | 'DROPPED';

/** Where an act is. After a reorganisation it may go back from `MINED` to `SENT`. */
export interface SubmittedTransaction {
  readonly id: string;
  /** Of the newest signed form, or of the mined one; null while nothing is signed and when it was dropped. */
  readonly hash: Hex | null;
  readonly status: SubmittedStatus;
  /** Set while `MINED` or `REVERTED`. */
  readonly blockNumber: number | null;
}

/** A custom error of one of our contracts, or `Error` / `Panic`. Integers are bigint, and arguments have their names. */
export interface Revert {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What became of a submission. Only `ACCEPTED` has an effect. */
export type Submission =
  | { readonly kind: 'ACCEPTED'; readonly transaction: SubmittedTransaction }
  /** It would revert now. `revert` is null where the contract gave no reason that we know. */
  | { readonly kind: 'REFUSED'; readonly revert: Revert | null; readonly detail: string }
  /** This idempotency key stands for another call already. */
  | { readonly kind: 'KEY_REUSED' }
  /** An act of this member is still under way, or too many are in all: try again soon. */
  | { readonly kind: 'BUSY'; readonly retryAfterMs: number }
  /** This member has used up its acts of the hour. */
  | { readonly kind: 'QUOTA'; readonly limit: number; readonly retryAfterMs: number };

export interface Submitter {
  /**
   * Simulates the call, and queues it if it would succeed now.
   *
   * @throws ServiceError CHAIN_UNAVAILABLE when no node answers
   * @throws when a MEMBER's call is not one that members may have relayed
   */
  submit(request: TransactionRequest): Promise<Submission>;
  /**
   * Waits until it is `MINED`, `REVERTED` or `DROPPED`, or until the time is over: then it gives where it is now.
   *
   * @param transactionId From {@link SubmittedTransaction.id}.
   * @throws when there is no such transaction
   */
  wait(transactionId: string, timeoutMs: number): Promise<SubmittedTransaction>;
}
