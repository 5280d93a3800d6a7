import { useTranslation } from 'react-i18next';
import { showPoints } from '../../shared/format/amounts.ts';
import { showDay } from '../../shared/format/dates.ts';
import { nameInWords, partInLanguage, wordsIn } from '../../shared/format/words.ts';
import { useDurationWords } from '../../shared/ui/time/useDurationWords.ts';
import { NUMBER_FIELDS, type NumberField } from './compareRules.ts';
import { lastBefore } from './epochs.ts';
import type { DeskClock, DeskRule } from './fields.ts';
import { digitsFor, perUnitsOf, unitsOf } from './unitsOf.ts';

const MS_PER_SECOND = 1_000;
const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 604_800;
const IS_NOTHING = /^0(\.0*)?$/;

type Division = Pick<DeskClock, 'startsAt' | 'epochSeconds'>;

/** Says terms in words, for one division of time. */
export interface TermsSaying {
  /** "a day", for epochs of a day. */
  readonly period: string;
  nameOf(rule: Pick<DeskRule, 'name' | 'look'>): string;
  textOf(rule: Pick<DeskRule, 'text'>): string;
  /** One number: "6.00 each time", "at most 3 times a day". Null is no limit. */
  say(field: NumberField | 'budgetPerEpoch', value: string | null): string;
  /** All numbers of a rule in one line. */
  sayRule(rule: DeskRule): string;
}

export function useTermsSaying(division: Division): TermsSaying {
  const { t, i18n } = useTranslation('console');
  const { long } = useDurationWords();
  const { epochSeconds } = division;
  const period =
    epochSeconds === DAY_SECONDS
      ? t('terms.period.day')
      : epochSeconds === WEEK_SECONDS
        ? t('terms.period.week')
        : t('terms.period.span', { span: long(epochSeconds * MS_PER_SECOND) });
  const say: TermsSaying['say'] = (field, value) => {
    if (value === null) return t(`terms.noLimit.${field}`);
    switch (field) {
      case 'perMillionUnits': {
        const digits = digitsFor(value);
        const points = showPoints(perUnitsOf(value, digits));
        return t('terms.says.perMillionUnits', { points, units: unitsOf(digits) });
      }
      case 'maxCount':
        return t('terms.says.maxCount', { period, count: Number(value) });
      case 'untilEpoch': {
        const day = showDay(lastBefore(division, Number(value)), i18n.language);
        return t('terms.says.untilEpoch', { day });
      }
      case 'perAction':
        return t('terms.says.perAction', { points: showPoints(value) });
      case 'maxPoints':
      case 'budgetPerEpoch':
        return t(`terms.says.${field}`, { period, points: showPoints(value) });
    }
  };
  return {
    ...{ period, say },
    nameOf: ({ name, look }) => wordsIn(look?.label, i18n.language) ?? nameInWords(name),
    textOf: ({ text }) => partInLanguage(text, i18n.language),
    sayRule: (rule) => {
      const said = NUMBER_FIELDS.flatMap((field) => {
        const value = rule[field];
        const isEarning = field === 'perAction' || field === 'perMillionUnits';
        if (value === null || (isEarning && IS_NOTHING.test(`${value}`))) return [];
        return [say(field, `${value}`)];
      });
      return said.length === 0 ? t('terms.nothing') : said.join(t('terms.comma'));
    },
  };
}
