import { readFileSync } from 'node:fs';
import { getAddress, isAddress, isHexString } from 'ethers';
import type { Address, Hex } from '../statement.ts';
import { UsageError } from './usageError.ts';

/** A statement that a recorder signed, as members fetch it from the API and keep it. */
export interface Receipt {
  readonly chainId: number;
  /** The Points contract. */
  readonly points: Address;
  readonly account: Address;
  readonly epoch: number;
  readonly lines: Hex;
  /** The recorder that signed. */
  readonly signer: Address;
  readonly signature: Hex;
}

const STDIN = 0;

/** Reads a receipt from a file, or from standard input for `-`. @throws UsageError saying which field is wrong */
export function readReceipt(file: string): Receipt {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file === '-' ? STDIN : file, 'utf8'));
  } catch (error) {
    throw new UsageError(`The receipt in ${file} can't be read: ${(error as Error).message}`);
  }
  return receiptIn(parsed);
}

/** @throws UsageError saying which field is wrong */
export function receiptIn(parsed: unknown): Receipt {
  const fields = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<
    string,
    unknown
  >;
  return {
    chainId: wholeNumber(fields, 'chainId'),
    points: address(fields, 'points'),
    account: address(fields, 'account'),
    epoch: wholeNumber(fields, 'epoch'),
    lines: bytes(fields, 'lines'),
    signer: address(fields, 'signer'),
    signature: bytes(fields, 'signature'),
  };
}

function wrong(field: string, expected: string): UsageError {
  return new UsageError(`The receipt's "${field}" is missing or wrong, expected ${expected}.`);
}

function wholeNumber(fields: Record<string, unknown>, field: string): number {
  const value = Number(fields[field] ?? Number.NaN);
  if (!Number.isSafeInteger(value) || value < 0) throw wrong(field, 'a whole number');
  return value;
}

function address(fields: Record<string, unknown>, field: string): Address {
  const value = fields[field];
  if (typeof value !== 'string' || !isAddress(value)) throw wrong(field, 'an address');
  return getAddress(value) as Address;
}

function bytes(fields: Record<string, unknown>, field: string): Hex {
  const value = fields[field];
  if (typeof value !== 'string' || !isHexString(value)) throw wrong(field, '0x and hex digits');
  return value;
}
