import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../..', import.meta.url));
const MESSAGES = fileURLToPath(new URL('messages', import.meta.url));
/** Endings of keys that i18next chooses by a number. */
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Words = { readonly [key: string]: string | Words };

/** Keys with their texts: "home.title". */
function flat(words: Words, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

/** Catalogues of single pages: PAGE.json is in `messages/LANGUAGE.json` beside the page. */
const PAGES = new Map<string, string>(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const [, folder, page] = /^(.*\/pages\/([\w-]+)\/messages)\/en\.json$/.exec(path) ?? [];
    return folder === undefined ? [] : [[`${page}.json`, join(SRC, folder)] as const];
  }),
);

const catalogue = (language: string, name: string): Map<string, string> => {
  const page = PAGES.get(name);
  const path = page === undefined ? join(MESSAGES, language, name) : join(page, `${language}.json`);
  return flat(JSON.parse(readFileSync(path, 'utf8')) as Words);
};
const withoutPlural = (keys: Iterable<string>): string[] => [
  ...new Set([...keys].map((key) => key.replace(PLURAL, ''))),
];
/** Signs between two sentences or numbers, of which Chinese has none. */
const isBetween = (key: string): boolean => /(^|\.)between$/.test(key);
/** What points are called may be said in one language and be plain in the other. */
const MAY_BE_PLAIN = /^\{\{(points|symbol)/;
const placesIn = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}|<(\/?\w+)>/g)]
    .map(([all]) => all)
    .filter((place) => !MAY_BE_PLAIN.test(place))
    .sort();

const SHARED = readdirSync(join(MESSAGES, 'en'));
const NAMES = [...SHARED, ...PAGES.keys()];

/** Every text of the sources: keys are written out there, or begin as written before a `${`. */
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => readFileSync(join(SRC, path), 'utf8'))
  .join('\n');
const literals = new Set(
  [...sources.matchAll(/'([^'\n]+)'|"([^"\n]+)"/g)].map(([, a, b]) => a ?? b),
);
const beginnings = [...sources.matchAll(/`([\w:.-]+[.:])\$\{/g)].map(([, start = '']) =>
  start.replace(/^\w+:/, ''),
);

it('both languages have the same catalogues', () => {
  expect(readdirSync(join(MESSAGES, 'zh'))).toEqual(SHARED);
});

describe.each(NAMES)('%s', (name) => {
  const english = catalogue('en', name);
  const chinese = catalogue('zh', name);

  it('has the same words in both languages, with the same places for values', () => {
    expect(withoutPlural(chinese.keys())).toEqual(withoutPlural(english.keys()));
    for (const [key, text] of chinese) {
      const other = english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? '';
      expect([key, [...new Set(placesIn(text))]]).toEqual([key, [...new Set(placesIn(other))]]);
    }
  });

  it('has no word that nothing uses', () => {
    const namespace = name.replace('.json', '');
    const unused = withoutPlural(english.keys()).filter(
      (key) =>
        !literals.has(key) &&
        !literals.has(`${namespace}:${key}`) &&
        !beginnings.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('has no half-width comma, stop or colon between Chinese characters, and no empty word', () => {
    const bad = [...chinese].filter(([, text]) =>
      /[\u4e00-\u9fff][,;:!?][\u4e00-\u9fff]/.test(text),
    );
    expect(bad).toEqual([]);
    const empty = [...english, ...chinese].filter(
      ([key, text]) => !isBetween(key) && text.trim() === '',
    );
    expect(empty).toEqual([]);
  });
});

it('every key that is used is there', () => {
  const known = new Set(NAMES.flatMap((name) => withoutPlural(catalogue('en', name).keys())));
  const used = [...sources.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) =>
    key.replace(/^\w+:/, ''),
  );
  expect([...new Set(used)].filter((key) => !known.has(key))).toEqual([]);
});
