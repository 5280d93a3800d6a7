import i18next, { type i18n, type ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next/initReactI18next';

/** Languages that have every word. */
export const PAGE_LANGUAGES = ['en', 'zh'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** Tags for `lang`, dates and numbers. */
export const LANGUAGE_TAGS: Readonly<Record<PageLanguage, string>> = { en: 'en', zh: 'zh-CN' };

const CHOSEN = 'dewpoint.language';

/** Storage may be forbidden, as in a frame; then nothing is remembered. */
function remembered(): string | null {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

/** Tells the language to begin with: `?lang=`, the one that was chosen here before, else what the browser prefers. */
export function preferredLanguage(): PageLanguage {
  const asked = new URLSearchParams(location.search).get('lang') ?? remembered();
  const known = PAGE_LANGUAGES.find((language) => language === asked);
  if (known !== undefined) return known;
  return navigator.languages.some((tag) => tag.startsWith('zh')) &&
    navigator.languages[0]?.startsWith('en') !== true
    ? 'zh'
    : 'en';
}

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
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // A frame may not remember anything; the page around it says the language again.
  }
}
