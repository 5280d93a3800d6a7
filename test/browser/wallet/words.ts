import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import type { Variant } from '../openBrowser.ts';

type Words = { readonly [key: string]: string | Words };
type Language = Variant['language'];

const CATALOGUES = ['shared', 'wallet'] as const;

const flat = (words: Words, prefix = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flat(value, `${prefix}${key}.`),
  );
const read = (language: Language): Map<string, string> =>
  new Map(
    CATALOGUES.flatMap((name) => {
      const file = join(ROOT_DIR, 'web/src/shared/i18n/messages', language, `${name}.json`);
      return flat(JSON.parse(readFileSync(file, 'utf8')) as Words);
    }),
  );
const ALL: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  en: read('en'),
  zh: read('zh'),
};

/** Every key that can be told from plain words: those with a dot. None of them may be seen. */
export const DOTTED_KEYS: readonly string[] = [...ALL.en.keys()].filter((key) => key.includes('.'));

/** What points are called in the programs of the tests. */
export const POINT_NAME: Readonly<Record<Language, string>> = { en: 'drops', zh: '露珠' };

/** Tells the words of the wallet, as its pages would say them. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Makes what tells the words in a language. @returns what throws for a word that is not there, or without all of its values */
export function wordsOf(language: Language): Say {
  return (key, values = {}) => {
    const all: Readonly<Record<string, string | number>> = {
      points: POINT_NAME[language],
      ...values,
    };
    const text = ALL[language].get(key);
    if (text === undefined) throw new Error(`the wallet has no words for ${key}`);
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_all, name: string) => {
      const value = all[name];
      if (value === undefined) throw new Error(`${key} wants a value for ${name}`);
      return `${value}`;
    });
  };
}
