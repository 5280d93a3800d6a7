import { useTranslation } from 'react-i18next';
import { nameInWords, partInLanguage, wordsIn } from '../../shared/format/words.ts';
import type { NamedRule } from './fields.ts';

/** Icon of a rule where the operator chose none, by what its name says. */
const ICONS: readonly (readonly [RegExp, string])[] = [
  [/purchase|buy|order|spend/, 'bag'],
  [/visit|check|come/, 'pin'],
  [/review|rate|rating|write/, 'star'],
  [/tast|drink|tea|coffee/, 'cup'],
  [/gift|refer|invite/, 'gift'],
];

/** Returns the icon that a rule has of its own accord. */
export const iconOfRule = ({ name }: NamedRule): string =>
  ICONS.find(([words]) => words.test(name))?.[1] ?? 'drop';

/** Says what a rule is called, and what it says, in the language of the page. */
export function useRuleWords(): {
  nameOf(rule: NamedRule): string;
  textOf(rule: NamedRule): string;
} {
  const { i18n } = useTranslation();
  return {
    nameOf: ({ name, look }) => wordsIn(look?.label, i18n.language) ?? nameInWords(name),
    textOf: ({ text }) => partInLanguage(text, i18n.language),
  };
}
