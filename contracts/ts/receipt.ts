/** What a receipt is, as members fetch it from the API and keep it. Pure, for browsers too. */
import { getAddress, isAddress, isHexString } from 'ethers';
import type { Address, Hex } from './statement.ts';

/** A statement that a recorder signed. */
export interface Receipt {
  readonly chainId: number;
  /** The Points contract. */
  readonly points: Address;
  readonly account: Address;
  readonly epoch: number;
  /** Packed lines. */
  readonly lines: Hex;
  /** The recorder that signed. */
  readonly signer: Address;
  readonly signature: Hex;
}

/**
 * Reads a receipt from the text of its file.
 *
 * @throws RangeError saying which field is wrong
 */
export function receiptIn(json: string): Receipt {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw new RangeError((error as Error).message, { cause: error });
  }
  const fields = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Fields;
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

type Fields = Record<string, unknown>;

function wrong(field: string, expected: string): RangeError {
  return new RangeError(`The receipt's "${field}" is missing or wrong, expected ${expected}.`);
}

function wholeNumber(fields: Fields, field: string): number {
  const value = Number(fields[field] ?? Number.NaN);
  if (!Number.isSafeInteger(value) || value < 0) throw wrong(field, 'a whole number');
  return value;
}

function address(fields: Fields, field: string): Address {
  const value = fields[field];
  if (typeof value !== 'string' || !isAddress(value)) throw wrong(field, 'an address');
  return getAddress(value) as Address;
}

function bytes(fields: Fields, field: string): Hex {
  const value = fields[field];
  if (typeof value !== 'string' || !isHexString(value)) throw wrong(field, '0x and hex digits');
  return value.toLowerCase() as Hex;
}
