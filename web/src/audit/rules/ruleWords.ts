import {
  AMOUNT_SCALE,
  NO_COUNT_CAP,
  NO_END,
  NO_POINTS_CAP,
  type RuleTerms,
} from '@dewpoint/contracts/formula.ts';
import type { AuditFormat } from '../format/auditFormat.ts';

/** When epochs are, in unix seconds and seconds. */
export interface EpochClock {
  readonly startsAt: number;
  readonly epochLength: number;
}

const WHOLE_POINT = 100n;
const SECONDS_OF_A_DAY = 86_400;

/** A rule in words: what one action earns, and what it is limited by. */
export function ruleWords(
  rule: RuleTerms,
  clock: EpochClock,
  format: AuditFormat,
): { readonly earns: string; readonly limits: string } {
  const { say, points } = format;
  const { perAction, perUnit, maxCount, maxPoints, untilEpoch } = rule;
  const earned = [
    ...(perAction > 0n ? [points(perAction)] : []),
    ...(perUnit > 0n ? [perUnitWords(perUnit, format)] : []),
  ];
  const a = clock.epochLength === SECONDS_OF_A_DAY ? 'Day' : 'Epoch';
  const limits = [
    ...(perAction > 0n && maxCount < NO_COUNT_CAP
      ? [say(`rule.times${a}`, { count: Number(maxCount) })]
      : []),
    ...(maxPoints < NO_POINTS_CAP ? [say(`rule.most${a}`, { points: points(maxPoints) })] : []),
    ...(untilEpoch < NO_END
      ? [say('rule.until', { day: format.day(clock.startsAt + untilEpoch * clock.epochLength) })]
      : []),
  ];
  return {
    earns: earned.length === 0 ? say('rule.nothing') : earned.join(say('rule.and')),
    limits: limits.join(say('list')),
  };
}

/** "1.00 per 1,000": by the smallest power of ten whose points are whole. The chain does not know what the amount is of. */
function perUnitWords(perUnit: bigint, { say, points, count }: AuditFormat): string {
  for (let scale = 1n; scale < AMOUNT_SCALE; scale *= 10n) {
    const units = perUnit * scale;
    if (units % AMOUNT_SCALE === 0n && units / AMOUNT_SCALE >= WHOLE_POINT) {
      return say('rule.per', { points: points(units / AMOUNT_SCALE), units: count(scale) });
    }
  }
  return say('rule.per', { points: points(perUnit), units: count(AMOUNT_SCALE) });
}
