import { useTranslation } from 'react-i18next';
import { partInLanguage, wordsIn, type BothWords } from '../format/words.ts';

/** What an item is called, says and looks like. */
export interface NamedItem {
  readonly text: string;
  readonly look: { readonly icon: string | null; readonly label: BothWords | null } | null;
}

/** Icon of an item where the operator chose none, by what its words say. */
const ICONS: readonly (readonly [RegExp, string])[] = [
  [/\b(tea|coffee|mug|cup|latte|drink)|茶|咖啡|杯/i, 'cup'],
  [/\b(bag|tote|shirt)|袋|包/i, 'bag'],
  [/\b(discount|coupon|voucher|cash)|券|折/i, 'coins'],
];

/** Returns the icon that an item has of its own accord. */
export const iconOfItem = ({ text }: Pick<NamedItem, 'text'>): string =>
  ICONS.find(([words]) => words.test(text))?.[1] ?? 'gift';

const FIRST_SENTENCE = /^.*?[.!?。！？](?=\s|$|[^\x20-\x7e])/su;

/** Takes the first sentence of a text, without its stop. */
export const firstSentence = (text: string): string =>
  (FIRST_SENTENCE.exec(text)?.[0] ?? text).replace(/[.。]$/, '');

/** Says what an item is called, and what else its words say, in the language of the page. */
export function useItemWords(): {
  /** The label of the operator; else the first sentence of the words that are for ever. */
  nameOf(item: NamedItem): string;
  /** The words that are for ever; null when its name has said them all. */
  textOf(item: NamedItem): string | null;
} {
  const { i18n } = useTranslation();
  const { language } = i18n;
  const textIn = ({ text }: NamedItem): string => partInLanguage(text, language);
  const nameOf = (item: NamedItem): string =>
    wordsIn(item.look?.label, language) ?? firstSentence(textIn(item));
  return {
    nameOf,
    textOf: (item) => {
      const text = textIn(item);
      return text.replace(/[.。]$/, '') === nameOf(item) ? null : text;
    },
  };
}
