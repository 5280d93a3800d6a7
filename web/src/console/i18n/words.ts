/// <reference types="vite/client" />
import i18next, { type ResourceKey } from 'i18next';
import type { LoadWords } from '../../shared/i18n/i18n.ts';
import {
  PAGE_LANGUAGES,
  preferredLanguage,
  type PageLanguage,
} from '../../shared/i18n/language.ts';

interface WordsFile {
  readonly default: ResourceKey;
}

/** Words of pages, each beside its page: `pages/PAGE/messages/LANGUAGE.json` has those of the namespace PAGE. */
const FILES = import.meta.glob<WordsFile>('../pages/*/messages/*.json');

/** Pages that were opened: their words come along when the language changes. */
const opened = new Set<string>();

async function wordsOfPage(page: string, language: PageLanguage): Promise<ResourceKey> {
  const load = FILES[`../pages/${page}/messages/${language}.json`];
  if (load === undefined) throw new Error(`the page ${page} has no words`);
  return (await load()).default;
}

const CATALOGUES = {
  en: () =>
    Promise.all([
      import('../../shared/i18n/messages/en/shared.json'),
      import('../../shared/i18n/messages/en/console.json'),
    ]),
  zh: () =>
    Promise.all([
      import('../../shared/i18n/messages/zh/shared.json'),
      import('../../shared/i18n/messages/zh/console.json'),
    ]),
};
const wordsOfAll = async (language: PageLanguage) => {
  const [shared, console] = await CATALOGUES[language]();
  return { shared: shared.default, console: console.default };
};

/** Loads the words of the console and of the pages that were opened, in one language alone. */
export const loadConsoleWords: LoadWords = async (language) => {
  const [{ shared, console }, ...pages] = await Promise.all([
    wordsOfAll(language),
    ...[...opened].map(async (page) => [page, await wordsOfPage(page, language)] as const),
  ]);
  // What is an error for a member reads otherwise for an operator.
  const errors = { ...shared.errors, ...console.errors };
  return { shared: { ...shared, errors }, console, ...Object.fromEntries(pages) };
};

/** Loads the words of a page before it is shown. @param page name of its folder, and of its namespace */
export async function openWords(page: string): Promise<void> {
  if (opened.has(page)) return;
  opened.add(page);
  const known = PAGE_LANGUAGES.find((each) => each === i18next.language);
  const language = known ?? preferredLanguage();
  try {
    i18next.addResourceBundle(language, page, await wordsOfPage(page, language));
  } catch (error) {
    // Without a connection: asked for again by who comes next.
    opened.delete(page);
    throw error;
  }
}
