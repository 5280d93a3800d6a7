import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { getAddress, keccak256 } from 'ethers';

/** A checksum costs a hash, and the same members come again in every epoch. About 20 MB when full. */
const MAX_CACHED = 100_000;
const checksummed = new Map<string, Address>();

/** Gives a lower-case address its checksum (EIP-55), as all addresses are stored and shown. */
export function toAddress(lowerCase: string): Address {
  const known = checksummed.get(lowerCase);
  if (known !== undefined) return known;
  const address = getAddress(lowerCase) as Address;
  if (checksummed.size >= MAX_CACHED) checksummed.clear();
  checksummed.set(lowerCase, address);
  return address;
}

/** Computes the address of an uncompressed public key (65 bytes, 0x04 first). */
export function addressOfPublicKey(publicKey: Uint8Array): Address {
  return getAddress(`0x${keccak256(publicKey.subarray(1)).slice(-40)}`) as Address;
}

/** Formats bytes as 0x-prefixed lower-case hex. */
export function toHex(bytes: Buffer): Hex {
  return `0x${bytes.toString('hex')}`;
}
