import { AMOUNT_SCALE, NO_COUNT_CAP, NO_END, NO_POINTS_CAP, type RuleTerms } from '../formula.ts';
import { amountText, pointsText } from '../member/amounts.ts';
import { NO_BUDGET_CAP } from '../terms.ts';

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
] as const;

/** Puts commas between thousands. */
const grouped = (text: string): string => {
  const [whole = '', fraction] = text.split('.');
  const digits = BigInt(whole).toLocaleString('en');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
};

/** Writes seconds as people say them: 7 days, 90 minutes. */
export function durationText(seconds: number): string {
  const [length, name] = UNITS.find(([unit]) => seconds % unit === 0) ?? [1, 'second'];
  const count = seconds / length;
  return `${count.toLocaleString('en')} ${name}${count === 1 ? '' : 's'}`;
}

/** Writes unix seconds as a moment of UTC. */
export const momentText = (seconds: number): string =>
  new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');

/** Writes base units of points with commas between thousands. */
export const groupedPoints = (units: bigint): string => grouped(pointsText(units));

/** Writes base units of a token with its symbol. */
export const moneyText = (
  units: bigint,
  { decimals, symbol }: { readonly decimals: number; readonly symbol: string },
): string => `${grouped(amountText(units, decimals))} ${symbol}`;

export const budgetText = (units: bigint): string =>
  units >= NO_BUDGET_CAP
    ? 'without a limit for all members'
    : `at most ${groupedPoints(units)} points an epoch for all members`;

/** The formula of a rule as the contract computes it, for one member and epoch. */
export function formulaText(rule: RuleTerms): string {
  const { perAction, perUnit, maxCount, maxPoints } = rule;
  const count = maxCount >= NO_COUNT_CAP ? 'count' : `min(count, ${maxCount.toLocaleString('en')})`;
  const scale = AMOUNT_SCALE.toLocaleString('en');
  const parts = [
    ...(perAction > 0n ? [`${count} x ${groupedPoints(perAction)}`] : []),
    ...(perUnit > 0n ? [`amount x ${groupedPoints(perUnit)} / ${scale}`] : []),
  ];
  const sum = parts.length === 0 ? '0.00' : parts.join(' + ');
  return maxPoints >= NO_POINTS_CAP ? sum : `min(${groupedPoints(maxPoints)}, ${sum})`;
}

/** Until when a rule earns; empty for one without an end. */
export const endText = ({ untilEpoch }: Pick<RuleTerms, 'untilEpoch'>): string =>
  untilEpoch >= NO_END ? '' : `, before epoch ${untilEpoch} only`;
