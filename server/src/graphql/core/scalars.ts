import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Kind, type ValueNode } from 'graphql';
import { MONEY_TEXT } from '../../domain/money.ts';
import { show } from '../../domain/show.ts';
import { readTime } from '../../domain/times.ts';

/** Points have two decimals: 100 base units are one point. */
const BASE_UNITS_PER_POINT = 100n;
const POINT_DECIMALS = 2;
const POINTS = /^(\d{1,29})(?:\.(\d{1,2}))?$/;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const HEX = /^0x(?:[0-9a-fA-F]{2})*$/;
/** Signatures and terms are well below it; longer ones are no input of this API. */
const MAX_HEX_CHARACTERS = 100_000;
const WHOLE_NUMBER = /^-?\d{1,15}$|^-?[1-8]\d{15}$/;
/** Formats base units as a decimal string: 1250n is "12.50". */
export function formatPoints(baseUnits: bigint): string {
  const sign = baseUnits < 0n ? '-' : '';
  const size = baseUnits < 0n ? -baseUnits : baseUnits;
  const decimals = (size % BASE_UNITS_PER_POINT).toString().padStart(POINT_DECIMALS, '0');
  return `${sign}${size / BASE_UNITS_PER_POINT}.${decimals}`;
}

/**
 * Reads an ISO 8601 date and time with its offset, to the millisecond.
 *
 * @returns Unix milliseconds.
 * @throws TypeError for anything else, days that no calendar has included.
 */
export function parseDateTime(value: unknown): number {
  const ms = readTime(value);
  if (ms === null) {
    throw new TypeError(
      `DateTime must be an ISO 8601 date and time with offset, such as "2026-03-01T12:00:00Z", not ${show(value)}`,
    );
  }
  return ms;
}

/**
 * Reads a whole number given as JSON integer or decimal string. The range is checked later, for each action by itself.
 *
 * @throws TypeError for fractions, other types and what a number can't hold exactly.
 */
export function parseAmount(value: unknown): number {
  const exact = typeof value === 'string' && WHOLE_NUMBER.test(value) ? Number(value) : value;
  if (typeof exact !== 'number' || !Number.isSafeInteger(exact)) {
    throw new TypeError(
      `Amount must be a whole number from 0 to 1000000000000000, as JSON integer or decimal string, not ${show(value)}`,
    );
  }
  return exact;
}

/**
 * Reads points given as decimal string with up to two decimals.
 *
 * @returns Base units.
 * @throws TypeError for anything else, JSON numbers included: they would be rounded on the way.
 */
export function parsePoints(value: unknown): bigint {
  const match = typeof value === 'string' ? POINTS.exec(value) : null;
  if (match === null) {
    throw new TypeError(
      `Points must be a decimal string with up to two decimals, such as "12.50", not ${show(value)}`,
    );
  }
  const [, whole = '', fraction = ''] = match;
  return BigInt(whole) * BASE_UNITS_PER_POINT + BigInt(fraction.padEnd(POINT_DECIMALS, '0'));
}

/**
 * Reads money given as decimal string. How many decimals its token has is known later.
 *
 * @throws TypeError for anything else, JSON numbers included: they would be rounded on the way.
 */
export function parseMoney(value: unknown): string {
  if (typeof value !== 'string' || !MONEY_TEXT.test(value)) {
    throw new TypeError(`Money must be a decimal string, such as "0.05", not ${show(value)}`);
  }
  return value;
}

/**
 * Reads a whole number from 0 to 2^53 - 1.
 *
 * @throws TypeError for anything else
 */
export function parseUInt(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new TypeError(
      `UInt must be a whole number from 0 to 9007199254740991 as JSON integer, not ${show(value)}`,
    );
  }
  return value;
}

/**
 * Reads an address by its form. The checksum is checked later, where a hash function is.
 *
 * @throws TypeError for anything else.
 */
export function parseAddress(value: unknown): Address {
  if (typeof value !== 'string' || !ADDRESS.test(value)) {
    throw new TypeError(`Address must be 0x and 40 hex digits, not ${show(value)}`);
  }
  return value as Address;
}

/**
 * Reads bytes as 0x and pairs of hex digits.
 *
 * @throws TypeError for anything else
 */
export function parseHex(value: unknown): Hex {
  if (typeof value !== 'string' || value.length > MAX_HEX_CHARACTERS || !HEX.test(value)) {
    throw new TypeError(`Hex must be 0x and pairs of hex digits, not ${show(value)}`);
  }
  return value.toLowerCase() as Hex;
}

/** Reads a literal of a query as the value that JSON has for it. */
export function literalOf(node: ValueNode): unknown {
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) {
    const value = Number(node.value);
    // Kept as text where a number would silently round it.
    return node.kind === Kind.INT && !Number.isSafeInteger(value) ? node.value : value;
  }
  if (node.kind === Kind.STRING || node.kind === Kind.BOOLEAN) return node.value;
  return null;
}

/**
 * Reads a literal of a query as the value that JSON has for it, lists and objects too, so that it can be judged later. The
 * name of an enum value has no such value: it becomes a list, which no field of an action takes.
 */
export function anyLiteralOf(
  node: ValueNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables?.[node.name.value];
    case Kind.LIST:
      return node.values.map((value) => anyLiteralOf(value, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, anyLiteralOf(value, variables)]),
      );
    case Kind.ENUM:
      return [node.value];
    default:
      return literalOf(node);
  }
}
