import { fromBase, POINT_DECIMALS, toBase } from '../../../../shared/format/amounts.ts';
import { bareNumber } from '../../../../shared/format/typedNumbers.ts';
import type { DeskRule } from '../../../terms/fields.ts';
import type { GrantProgram } from './queries.ts';

/** A grant as it is typed. */
export interface TypedGrant {
  readonly rule: string;
  readonly count: string;
  /** In the smallest unit of the app. */
  readonly amount: string;
  readonly reason: string;
  /** Hours after which it counts; "0" for at once. */
  readonly hours: string;
}

/** What is wrong with a grant, by field: a word of the catalogue. */
export type GrantErrors = Partial<Readonly<Record<'count' | 'amount' | 'reason', string>>>;

const COUNT = /^\d{1,6}$/;
const MOST_COUNT = 100_000;
const AMOUNT = /^\d{1,16}$/;
const MOST_AMOUNT = 10n ** 15n;
const PER_MILLION = 1_000_000n;

/** The rules by which something can be granted now: of the version in force, those that have not ended. */
export function rulesInForce({ clock, ruleSets }: GrantProgram): readonly DeskRule[] {
  const { currentEpoch } = clock;
  const inForce = ruleSets.edges.find(({ node }) => node.fromEpoch <= currentEpoch)?.node;
  return (inForce?.rules ?? []).filter(
    ({ untilEpoch }) => untilEpoch === null || untilEpoch > currentEpoch,
  );
}

export const countsAmount = (rule: Pick<DeskRule, 'perMillionUnits'>): boolean =>
  toBase(rule.perMillionUnits, POINT_DECIMALS) > 0n;

/** Reads what was typed. @returns what is granted, null while it can not be read; and why */
export function readGrant(
  typed: TypedGrant,
  rule: DeskRule,
): {
  readonly grant: { readonly count: number; readonly amount: string } | null;
  readonly errors: GrantErrors;
} {
  const count = bareNumber(typed.count);
  const amount = countsAmount(rule) ? bareNumber(typed.amount) : '0';
  const isCount = COUNT.test(count) && Number(count) >= 1 && Number(count) <= MOST_COUNT;
  const isAmount = AMOUNT.test(amount) && BigInt(amount) <= MOST_AMOUNT;
  const errors: GrantErrors = {
    ...(!isCount && { count: 'count' }),
    ...(!isAmount && { amount: 'amount' }),
    ...(typed.reason.trim() === '' && { reason: 'reason' }),
  };
  return {
    grant: isCount && isAmount ? { count: Number(count), amount } : null,
    errors,
  };
}

/** Points that a grant earns by itself, rounded down as the contract does: a cap of the rule may leave less. */
export function pointsOfGrant(
  { perAction, perMillionUnits }: DeskRule,
  { count, amount }: { readonly count: number; readonly amount: string },
): string {
  const each = toBase(perAction, POINT_DECIMALS) * BigInt(count);
  const spent = (toBase(perMillionUnits, POINT_DECIMALS) * BigInt(amount)) / PER_MILLION;
  return fromBase(each + spent, POINT_DECIMALS);
}

/** Whether a cap of the rule may leave less: what was done before in the same epoch counts for it too. */
export const hasCap = ({ maxCount, maxPoints }: DeskRule): boolean =>
  maxCount !== null || maxPoints !== null;
