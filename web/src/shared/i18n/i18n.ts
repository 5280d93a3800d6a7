import i18next, { type i18n, type ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next/initReactI18next';
import {
  LANGUAGE_TAGS,
  preferredLanguage,
  rememberLanguage,
  type PageLanguage,
} from './language.ts';

/** Loads the catalogues of a language: by namespace, the words by key. */
export type LoadWords = (language: PageLanguage) => Promise<ResourceLanguage>;

/** Begins with a language; `changeLanguage` of what is returned needs `addWords` first. */
export async function startI18n(load: LoadWords, language = preferredLanguage()): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: await load(language) },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = LANGUAGE_TAGS[language];
  return i18next;
}

/** Changes the language of the page, and remembers it where that is allowed. */
export async function chooseLanguage(load: LoadWords, language: PageLanguage): Promise<void> {
  for (const [namespace, words] of Object.entries(await load(language))) {
    i18next.addResourceBundle(language, namespace, words);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = LANGUAGE_TAGS[language];
  rememberLanguage(language);
}
