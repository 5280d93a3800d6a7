import { createECDH, createHmac } from 'node:crypto';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { addressOfPublicKey } from '../rpc/addresses.ts';

/** Order of the group of secp256k1: private keys are 1 to n - 1. */
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/**
 * Derives the private key of a member's gasless account: HMAC-SHA512 of the ids under the master secret, reduced to 1..n-1. With
 * 512 bits to reduce from, no key is noticeably likelier than another. Kept for ever: a change moves every account.
 */
export function memberPrivateKey(
  masterSecret: Uint8Array,
  programId: string,
  memberId: string,
): Buffer {
  const digest = createHmac('sha512', masterSecret)
    .update(`dewpoint member ${programId}:${memberId}`)
    .digest('hex');
  const key = (BigInt(`0x${digest}`) % (SECP256K1_ORDER - 1n)) + 1n;
  return Buffer.from(key.toString(16).padStart(64, '0'), 'hex');
}

/** Computes the address of a private key. OpenSSL's curve does this in under half a millisecond; the one in JavaScript takes longer. */
export function addressOfPrivateKey(privateKey: Buffer): Address {
  const curve = createECDH('secp256k1');
  curve.setPrivateKey(privateKey);
  return addressOfPublicKey(curve.getPublicKey());
}
