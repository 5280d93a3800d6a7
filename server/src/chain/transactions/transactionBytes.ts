import type { Hex } from '@dewpoint/contracts/statement.ts';
import { keccak256, type SigningKey } from 'ethers';
import { toHex } from '../rpc/addresses.ts';

/** Fields of an EIP-1559 transaction without access list. */
export interface TransactionFields {
  readonly chainId: number;
  readonly nonce: number;
  readonly maxPriorityFeePerGas: bigint;
  readonly maxFeePerGas: bigint;
  readonly gasLimit: bigint;
  readonly to: Hex;
  readonly data: Hex;
  readonly wei: bigint;
}

const EIP1559_TYPE = Buffer.from([2]);
/** RLP: a single byte below this stands for itself. */
const FIRST_PREFIX = 0x80;
const STRING_OFFSET = 0x80;
const LIST_OFFSET = 0xc0;
/** RLP: longer payloads have the length of their length in the prefix. */
const MAX_SHORT_BYTES = 55;

const integerBytes = (value: bigint | number): Buffer => {
  const hex = value.toString(16);
  if (hex === '0') return Buffer.alloc(0);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
};
const hexBytes = (hex: string): Buffer => Buffer.from(hex.slice(2), 'hex');

function prefix(payloadBytes: number, offset: number): Buffer {
  if (payloadBytes <= MAX_SHORT_BYTES) return Buffer.from([offset + payloadBytes]);
  const length = integerBytes(payloadBytes);
  return Buffer.concat([Buffer.from([offset + MAX_SHORT_BYTES + length.length]), length]);
}

const rlpBytes = (item: Buffer): Buffer => {
  const [first] = item;
  if (item.length === 1 && first !== undefined && first < FIRST_PREFIX) return item;
  return Buffer.concat([prefix(item.length, STRING_OFFSET), item]);
};
/** @param items encoded already */
const rlpList = (items: readonly Buffer[]): Buffer => {
  const payload = Buffer.concat(items);
  return Buffer.concat([prefix(payload.length, LIST_OFFSET), payload]);
};

/**
 * Signs a transaction. Written out because ethers takes three times as long for a batch of 100 statements, most of it to
 * check and copy hex; a test holds the two together.
 */
export function signedBytes(fields: TransactionFields, key: SigningKey): { raw: Hex; hash: Hex } {
  const items = [
    rlpBytes(integerBytes(fields.chainId)),
    rlpBytes(integerBytes(fields.nonce)),
    rlpBytes(integerBytes(fields.maxPriorityFeePerGas)),
    rlpBytes(integerBytes(fields.maxFeePerGas)),
    rlpBytes(integerBytes(fields.gasLimit)),
    rlpBytes(hexBytes(fields.to)),
    rlpBytes(integerBytes(fields.wei)),
    rlpBytes(hexBytes(fields.data)),
    rlpList([]), // access list
  ];
  const unsigned = Buffer.concat([EIP1559_TYPE, rlpList(items)]);
  const { yParity, r, s } = key.sign(keccak256(unsigned));
  const signature = [yParity, BigInt(r), BigInt(s)].map((part) => rlpBytes(integerBytes(part)));
  const raw = Buffer.concat([EIP1559_TYPE, rlpList([...items, ...signature])]);
  return { raw: toHex(raw), hash: keccak256(raw) as Hex };
}
