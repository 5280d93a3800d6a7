/** Hands out the keys of members' gasless accounts. Implemented in `server/src/chain/keys`. */
import type { Address } from '@dewpoint/contracts/statement.ts';

/** The account whose key is handed out, and where it is one. */
export interface KeyToExport {
  readonly programId: string;
  /** UUIDv7 of the member. */
  readonly memberId: string;
  readonly chainId: number;
  /** The Points contract of the program. */
  readonly program: Address;
}

/** A point of P-256: both coordinates in base64url, as a JWK has them. */
export interface EncryptionKey {
  readonly x: string;
  readonly y: string;
}

/** What is wrong with a public key. HAS_PRIVATE_PART: the secret was sent along. */
export type PublicKeyFlaw = 'NOT_JSON' | 'HAS_PRIVATE_PART' | 'NOT_P256' | 'NOT_ON_CURVE';

export interface MemberKeys {
  /** Reads the JSON text of a JWK. */
  readPublicKey(
    text: string,
  ): Promise<
    | { readonly key: EncryptionKey; readonly flaw: null }
    | { readonly key: null; readonly flaw: PublicKeyFlaw }
  >;
  /**
   * Encrypts the private key of an account, so that only the owner of the public key reads it. Each time gives another text.
   *
   * @param to A key of {@link readPublicKey}.
   * @returns JWE in compact form (ECDH-ES, A256GCM) of the JSON `{program, chainId, account, privateKey}`
   */
  encryptedKey(of: KeyToExport, to: EncryptionKey): Promise<string>;
}
