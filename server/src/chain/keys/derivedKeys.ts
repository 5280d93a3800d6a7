import { createECDH, createHmac } from 'node:crypto';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { addressOfPublicKey } from '../rpc/addresses.ts';

/** Order of the group of secp256k1: private keys are 1 to n - 1. */
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const KEY_DIGITS = 64;

/**
 * What each key is derived by, under the master secret of its kind. Kept for ever: a change moves every account.
 *
 * | kind     | master           | label                                            |
 * | -------- | ---------------- | ------------------------------------------------ |
 * | recorder | `recorderMaster` | `dewpoint recorder ` and the program's label     |
 * | operator | `operatorMaster` | `dewpoint operator ` and the organisation        |
 * | relayer  | `relayerMaster`  | `dewpoint relayer ` and the lane, from 0         |
 * | member   | `memberMaster`   | `dewpoint member ` and `programId:memberId`      |
 * | treasury | `operatorMaster` | `dewpoint treasury`                              |
 * | secret   | `memberMaster`   | `dewpoint secret ` and its name                  |
 * | API key  | `operatorMaster` | `dewpoint api-key ` and what it is made for      |
 */
export const LABELS = {
  recorder: (recorderLabel: string) => `dewpoint recorder ${recorderLabel}`,
  operator: (organisation: string) => `dewpoint operator ${organisation}`,
  relayer: (lane: number) => `dewpoint relayer ${lane}`,
  member: (programId: string, memberId: string) => `dewpoint member ${programId}:${memberId}`,
  treasury: () => 'dewpoint treasury',
  secret: (name: string) => `dewpoint secret ${name}`,
  apiKey: (madeFor: string) => `dewpoint api-key ${madeFor}`,
} as const;

/** Derives 64 bytes that say nothing about the master secret, nor about those of another label. */
export const derivedBytes = (masterSecret: Uint8Array, label: string): Buffer =>
  createHmac('sha512', masterSecret).update(label).digest();

/**
 * Derives a private key: HMAC-SHA512 of a label under a master secret, reduced to 1..n-1. With 512 bits to reduce from, no key is
 * noticeably likelier than another. A key that gets out says nothing about the master secret, nor about any other key.
 *
 * @param label One of {@link LABELS}.
 */
export function derivedKey(masterSecret: Uint8Array, label: string): Buffer {
  const digest = derivedBytes(masterSecret, label).toString('hex');
  const key = (BigInt(`0x${digest}`) % (SECP256K1_ORDER - 1n)) + 1n;
  return Buffer.from(key.toString(16).padStart(KEY_DIGITS, '0'), 'hex');
}

/** Computes the address of a private key. OpenSSL's curve does this in under half a millisecond; the one in JavaScript takes longer. */
export function addressOfPrivateKey(privateKey: Buffer): Address {
  const curve = createECDH('secp256k1');
  curve.setPrivateKey(privateKey);
  return addressOfPublicKey(curve.getPublicKey());
}
