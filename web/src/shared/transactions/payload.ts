import type { SentTransaction, WriteError } from './transactionState.ts';

/** What an operator's own wallet has to sign before anything is sent. */
export interface RequestToSign {
  readonly id: string;
  /** The wallet. */
  readonly account: string;
  /** Text for `eth_signTypedData_v4`. Nobody believes it before it was read. */
  readonly json: string;
  /** Until when it is good, by the clock of the chain. */
  readonly expiresAt: string;
}

/** Payload of a mutation: under the name `payload` in every document of a write. */
export interface WritePayload {
  readonly transaction?: SentTransaction | null;
  /** Asked for where a wallet may have to sign; null where it has not. */
  readonly toSign?: RequestToSign | null;
  readonly userErrors: readonly WriteError[];
  /** What became of each of the things that were sent together, of which one that was refused does not hold up the others. */
  readonly results?: readonly ResultOfOne[];
}

/** One of several things that were sent together; without a code it was not refused. */
interface ResultOfOne {
  readonly code: string | null;
  readonly field: string | null;
  readonly message: string | null;
}

/** Why nothing at all was done: of several things, all were refused. */
export function refusalsIn({ userErrors, results = [] }: WritePayload): readonly WriteError[] {
  const refused = results.flatMap(({ code, field, message }) =>
    code === null ? [] : [{ code, field, message: message ?? '' }],
  );
  return refused.length < results.length ? userErrors : [...userErrors, ...refused];
}
