import { fromHex, joined, toHex } from './bytes.ts';
import { keccak256 } from './keccak.ts';

/** An encrypted key, as wallets of Ethereum read it ("Web3 Secret Storage", version 3). */
export interface Keystore {
  readonly version: 3;
  readonly id: string;
  /** Account, 40 hex digits. */
  readonly address: string;
  readonly crypto: {
    readonly cipher: 'aes-128-ctr';
    readonly cipherparams: { readonly iv: string };
    readonly ciphertext: string;
    readonly kdf: 'pbkdf2';
    readonly kdfparams: {
      readonly prf: 'hmac-sha256';
      readonly c: number;
      readonly dklen: number;
      readonly salt: string;
    };
    readonly mac: string;
  };
}

/** What browsers can do of what keystores may use. As many rounds as OWASP advises: half a second on a phone. */
const ROUNDS = 600_000;
const DERIVED_BYTES = 32;
/** The first half of what is derived encrypts, the second one tells a wrong passphrase. */
const HALF = 16;

/**
 * Encrypts a key with a passphrase, in this page.
 *
 * @param privateKey 0x and 64 hex digits
 * @param account 0x and 40 hex digits
 * @param rounds of PBKDF2; fewer for tests alone
 */
export async function encryptKey(
  privateKey: string,
  account: string,
  passphrase: string,
  rounds = ROUNDS,
): Promise<Keystore> {
  const salt = crypto.getRandomValues(new Uint8Array(DERIVED_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(HALF));
  const words = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(passphrase.normalize('NFKC')),
    'PBKDF2',
    false,
    ['deriveBits'],
  );
  const derived = new Uint8Array(
    await crypto.subtle.deriveBits(
      { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
      words,
      DERIVED_BYTES * 8,
    ),
  );
  const key = await crypto.subtle.importKey('raw', derived.slice(0, HALF), 'AES-CTR', false, [
    'encrypt',
  ]);
  const counter = { name: 'AES-CTR', counter: iv, length: 128 } as const;
  const encrypted = await crypto.subtle.encrypt(counter, key, fromHex(privateKey));
  const ciphertext = new Uint8Array(encrypted);
  return {
    version: 3,
    id: crypto.randomUUID(),
    address: account.replace(/^0x/, '').toLowerCase(),
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: toHex(iv) },
      ciphertext: toHex(ciphertext),
      kdf: 'pbkdf2',
      kdfparams: { prf: 'hmac-sha256', c: rounds, dklen: DERIVED_BYTES, salt: toHex(salt) },
      mac: toHex(keccak256(joined(derived.slice(HALF), ciphertext))),
    },
  };
}
