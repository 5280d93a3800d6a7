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

/** Remembers a language where that is allowed; a frame may not, and the page around it says the language again. */
export function rememberLanguage(language: PageLanguage): void {
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // Then it holds for as long as the page is open.
  }
}
