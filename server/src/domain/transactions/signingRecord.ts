import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

/** What an operator's own wallet was asked to sign: a write that is sent once it has. */
export interface SigningRecord {
  readonly id: string;
  readonly programId: string;
  readonly organisationId: string;
  /** Name of the mutation. */
  readonly kind: string;
  readonly idempotencyKey: string | null;
  /** What the key stands for; null where it stands for the call. */
  readonly input: string | null;
  readonly call: { readonly to: Address; readonly data: Hex };
  readonly account: Address;
  readonly forwarder: Address;
  /** For the call itself. */
  readonly gas: bigint;
  readonly nonce: bigint;
  /** Unix seconds. */
  readonly deadline: number;
  /** On the wall. Unix milliseconds. */
  readonly createdAtMs: number;
}
