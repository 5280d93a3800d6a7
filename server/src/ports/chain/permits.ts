/** Reads how tokens take approvals by signature (EIP-2612). Implemented in `server/src/chain/programs`. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { TokenDomain } from './signer.ts';

export interface Permits {
  /** Reads what the next approval of an owner is signed under; null for a token that takes none by signature. */
  of(
    token: Address,
    owner: Address,
  ): Promise<{ readonly domain: TokenDomain; readonly nonce: bigint } | null>;
}
