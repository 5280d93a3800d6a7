/** What people see of a write that goes to the chain. */

/** Statuses of a transaction, as the API has them. */
export type SentStatus = 'QUEUED' | 'SENT' | 'MINED' | 'REVERTED' | 'DROPPED';

/** A transaction as the API answers it. */
export interface SentTransaction {
  readonly id: string;
  readonly kind: string | null;
  readonly status: SentStatus;
  readonly hash: string | null;
  readonly blockNumber: number | null;
  readonly userErrors: readonly WriteError[];
}

/** Why a write was refused, or had no effect. */
export interface WriteError {
  /** Code of the catalogue. */
  readonly code: string;
  readonly field: string | null;
  /** In English, for developers. */
  readonly message: string;
}

/**
 * How far a write is.
 *
 * - `checking`: it was sent to the service, which has not answered
 * - `sent`: the service saved it and sends it
 * - `done`: it is in a block
 * - `refused`: nothing was done, `errors` say why
 * - `failed`: it was sent and had no effect, `errors` say why
 * - `waiting`: the service asked to wait; it is tried again by itself at `againAtMs`
 * - `unknown`: no answer came; it is tried again by itself, until `isGivenUp`
 * - `toSign`: nothing was sent: the own wallet of the member, or of the operator, is to be asked
 * - `unsure`: the wallet was asked, and the page was loaded again before it answered: only the member knows
 */
export type WritePhase =
  'checking' | 'sent' | 'done' | 'refused' | 'failed' | 'waiting' | 'unknown' | 'toSign' | 'unsure';

/** One write, from the tap to the block. */
export interface WriteState {
  /** What it is about, such as "roundTender:2": there is one at a time. */
  readonly name: string;
  /** Name of the mutation. */
  readonly kind: string;
  readonly phase: WritePhase;
  /** Key of the mutation; null for one that another page began. */
  readonly idempotencyKey: string | null;
  readonly transaction: SentTransaction | null;
  readonly errors: readonly WriteError[];
  /** Time of the service at which it is tried again, or may be; null for none. */
  readonly againAtMs: number | null;
  /** Whether it was in a block that the chain took back. */
  readonly steppedBack: boolean;
  /** Whether it is no longer tried by itself. */
  readonly isGivenUp: boolean;
  /** Whether the member's own wallet sends it, and not the service. */
  readonly isByWallet: boolean;
  /** Whether it began before the page was loaded again. */
  readonly isResumed: boolean;
  /** The payload of the mutation; null before it came. */
  readonly payload: unknown;
}

/** Tells whether nothing more happens with a write by itself. */
export const isFinal = ({ phase }: WriteState): boolean =>
  phase === 'done' || phase === 'refused' || phase === 'failed';

/** Reads how far a transaction is. */
export function phaseOf(status: SentStatus): WritePhase {
  if (status === 'MINED') return 'done';
  return status === 'QUEUED' || status === 'SENT' ? 'sent' : 'failed';
}
