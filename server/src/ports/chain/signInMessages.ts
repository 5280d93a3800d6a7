/** Messages by which a wallet signs in (EIP-4361). Implemented in `server/src/chain/keys`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

/** What a message says of itself. */
export interface SignInMessage {
  /** Of the page that asked: scheme, host and port. Null when its domain and its URI name different ones. */
  readonly origin: string | null;
  readonly address: Address;
  readonly chainId: number;
  readonly nonce: string;
}

/** What is wrong with a message that can be read. */
export type SignInFlaw = 'EXPIRED' | 'NOT_YET_VALID' | 'WRONG_SIGNATURE';

export interface SignInMessages {
  /** Reads a message; null for a text that is none. */
  parse(text: string): SignInMessage | null;
  /**
   * Checks the times of a message, and that its address signed it: an account by its key, or a contract by ERC-1271.
   *
   * @returns null when nothing is wrong
   * @throws ServiceError CHAIN_UNAVAILABLE when a contract would have to be asked and no node answers
   */
  flawOf(text: string, signature: Hex, nowMs: number): Promise<SignInFlaw | null>;
}
