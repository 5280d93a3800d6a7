import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import type { Variant } from '../openBrowser.ts';

type Words = { readonly [key: string]: string | Words };
type Language = Variant['language'];

const MESSAGES = join(ROOT_DIR, 'web/src/shared/i18n/messages');
const PAGES = join(ROOT_DIR, 'web/src/console/pages');

const flatWords = (words: Words, prefix: string): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatWords(value, `${prefix}${key}.`),
  );
const wordsIn = (file: string, prefix: string): [string, string][] =>
  flatWords(JSON.parse(readFileSync(file, 'utf8')) as Words, prefix);

const readAll = (language: Language): ReadonlyMap<string, string> =>
  new Map([
    ...wordsIn(join(MESSAGES, language, 'shared.json'), 'shared:'),
    ...wordsIn(join(MESSAGES, language, 'console.json'), 'console:'),
    ...readdirSync(PAGES).flatMap((page) =>
      wordsIn(join(PAGES, page, 'messages', `${language}.json`), `${page}:`),
    ),
  ]);
const BY_LANGUAGE: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  en: readAll('en'),
  zh: readAll('zh'),
};

/** Every key of the console that can be told from plain words. None of them may be seen. */
export const CONSOLE_KEYS: readonly string[] = [...BY_LANGUAGE.en.keys()]
  .map((key) => key.replace(/^\w+:/, ''))
  .filter((key) => key.includes('.'));

/** Tells the words of the console: "console:signIn.go", "today:title". */
export type ConsoleSay = (
  key: string,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** Makes what tells the words in a language. @returns what throws for a word that is not there, or without all of its values */
export function consoleWordsOf(language: Language): ConsoleSay {
  return (key, values = {}) => {
    const text = BY_LANGUAGE[language].get(key);
    if (text === undefined) throw new Error(`the console has no words for ${key}`);
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_all, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${key} wants a value for ${name}`);
      return `${value}`;
    });
  };
}
