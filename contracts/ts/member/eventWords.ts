import type { ParamType, Result } from 'ethers';
import { SKIP_REASONS } from '../verifier/events/events.ts';
import { amountText, pointsText } from './amounts.ts';

/** How the settlement token shows its amounts. */
interface MoneyShown {
  readonly symbol: string;
  readonly decimals: number;
}

/** The states of an order, by their position in `ICatalogue.OrderState`. */
export const ORDER_STATES = ['', 'open', 'fulfilled', 'refused', 'overdue and refunded'] as const;
/** The states of a change, by their position in `ICharter.ChangeState`. */
export const CHANGE_STATES = [
  '',
  'pending',
  'in force',
  'struck down',
  'withdrawn by the operator',
  'dead',
] as const;

/** Writes unix seconds as a moment of UTC. */
export const dateOf = (seconds: unknown): string => new Date(Number(seconds) * 1_000).toISOString();

/** What of the width of a number follows from the contracts: points have 96 bits, money 128, moments 64. */
const POINTS_TYPE = 'uint96';
const MONEY_TYPE = 'uint128';
const MOMENT_TYPE = 'uint64';
/** Numbers whose type says nothing, by their names. */
const POINTS_NAMES: ReadonlySet<string> = new Set([
  ...['points', 'amount', 'value', 'balance', 'allowance', 'needed'],
]);
const MONEY_NAMES: ReadonlySet<string> = new Set(['expected', 'actual']);
const MOMENT_NAMES: ReadonlySet<string> = new Set(['deadline']);
const WIDE_TYPES: ReadonlySet<string> = new Set(['uint256', MOMENT_TYPE]);

function stateOf(value: unknown, states: readonly string[]): string {
  return states[Number(value)] ?? String(value);
}

function valueText({ name, type }: ParamType, value: unknown, money: MoneyShown): string {
  const isWide = WIDE_TYPES.has(type);
  if (type === POINTS_TYPE || (isWide && POINTS_NAMES.has(name))) {
    const shown = pointsText(value as bigint);
    return name === 'points' ? shown : `${shown} points`;
  }
  if (type === MONEY_TYPE || (isWide && MONEY_NAMES.has(name))) {
    return `${amountText(value as bigint, money.decimals)} ${money.symbol}`;
  }
  if (type === MOMENT_TYPE || (isWide && MOMENT_NAMES.has(name))) return dateOf(value);
  return String(value);
}

/** Values of an enum have no names on chain. */
function enumText(of: string, { name, type }: ParamType, value: unknown): string | null {
  if (type !== 'uint8') return null;
  if (name === 'reason') return stateOf(value, SKIP_REASONS);
  if (name !== 'state') return null;
  return stateOf(value, of === 'OrderNotOpen' ? ORDER_STATES : CHANGE_STATES);
}

/**
 * Writes the values of an event or an error as people read them: points, money and dates. Bytes are left out.
 *
 * @param of Name of the event or error.
 */
export function valuesText(
  of: string,
  inputs: readonly ParamType[],
  values: Result,
  money: MoneyShown,
): string {
  return inputs
    .flatMap((input, at) => {
      if (input.type.startsWith('bytes') || input.baseType === 'array') return [];
      const value = values[at] as unknown;
      return `${input.name} ${enumText(of, input, value) ?? valueText(input, value, money)}`;
    })
    .join(', ');
}
