import { useTranslation } from 'react-i18next';
import {
  showMoney,
  showPoints,
  toBase,
  fromBase,
  POINT_DECIMALS,
} from '../../shared/format/amounts.ts';
import { showDay } from '../../shared/format/dates.ts';
import { useDurationWords } from '../../shared/ui/time/useDurationWords.ts';
import type { TermField } from './difference.ts';

/** What words about terms need to know of the program. */
export interface TermContext {
  readonly clock: { readonly startsAt: string; readonly epochSeconds: number };
  readonly moneySymbol: string;
}

const MS_PER_SECOND = 1_000;
const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 604_800;
const TEN = 10n;
const SCALE_DIGITS = 6;

/** The moment at which an epoch begins, ISO. */
export const startOfEpoch = (
  { startsAt, epochSeconds }: TermContext['clock'],
  epoch: number,
): string => new Date(Date.parse(startsAt) + epoch * epochSeconds * MS_PER_SECOND).toISOString();

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * Says points for a million units of an amount by the smallest round number of units that earns whole hundredths, and a point
 * at least: 1,000.00 a million are 1.00 for every 1,000.
 */
export function perUnits(perMillion: string): { readonly points: string; readonly units: string } {
  let points = toBase(perMillion, POINT_DECIMALS);
  let digits = SCALE_DIGITS;
  while (digits > 0 && points % TEN === 0n && points / TEN >= 100n) {
    points /= TEN;
    digits -= 1;
  }
  return { points: fromBase(points, POINT_DECIMALS), units: grouped(`1${'0'.repeat(digits)}`) };
}

/** Says numbers of terms in words. */
export function useTermWords(): {
  /** "a day", for epochs of a day. */
  period(context: TermContext): string;
  /** One number: "6.00 each time", "at most 3 times a day". Null is no limit. */
  say(field: TermField, value: string | null, context: TermContext): string;
} {
  const { t, i18n } = useTranslation('wallet');
  const { long } = useDurationWords();
  const period = ({ clock }: TermContext): string => {
    if (clock.epochSeconds === DAY_SECONDS) return t('rules.period.day');
    if (clock.epochSeconds === WEEK_SECONDS) return t('rules.period.week');
    return t('rules.period.span', { span: long(clock.epochSeconds * MS_PER_SECOND) });
  };
  const say = (field: TermField, value: string | null, context: TermContext): string => {
    const words = { period: period(context) };
    if (value === null) return t(`rules.noLimit.${field}`, words);
    switch (field) {
      case 'perMillionUnits':
        return t('rules.says.perMillionUnits', perUnits(value));
      case 'maxCount':
        return t('rules.says.maxCount', { ...words, count: Number(value) });
      case 'untilEpoch': {
        // The first moment without it: the last one with it says the day that people mean.
        const endMs = Date.parse(startOfEpoch(context.clock, Number(value))) - MS_PER_SECOND;
        const day = showDay(new Date(endMs).toISOString(), i18n.language);
        return t('rules.says.untilEpoch', { day });
      }
      case 'pricePerPoint':
      case 'budgetPerRound':
        return t(`rules.says.${field}`, { sum: `${showMoney(value)} ${context.moneySymbol}` });
      case 'documentHash':
        return t('rules.says.documentHash');
      case 'perAction':
      case 'maxPoints':
      case 'budgetPerEpoch':
      case 'minTender':
        return t(`rules.says.${field}`, { ...words, points: showPoints(value) });
    }
  };
  return { period, say };
}
