/**
 * Words of operators, which never change and are not in catalogues. Many write both languages into one text, English first:
 * "A pot of tea. 一壶茶。"
 */
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;

/** Tells whether there are Chinese signs in a text. */
export const hasChinese = (text: string): boolean => CHINESE.test(text);

/** Takes the part of a text that is in a language; the whole text when it has one language only. */
export function partInLanguage(text: string, language: string): string {
  const at = text.search(CHINESE);
  if (at <= 0) return text;
  const english = text.slice(0, at).trim();
  const chinese = text.slice(at).trim();
  // A Latin word before Chinese ones is part of them, as a name is.
  if (!/[.!?]$/.test(english)) return text;
  return language.startsWith('zh') ? chinese : english;
}

/** Words in both languages, as the API has them. */
export interface BothWords {
  readonly en: string | null;
  readonly zh: string | null;
}

/** Takes the words in a language, else in the other one; null for none. */
export function wordsIn(words: BothWords | null | undefined, language: string): string | null {
  if (words == null) return null;
  return language.startsWith('zh') ? (words.zh ?? words.en) : (words.en ?? words.zh);
}

/** Writes a name that apps use, such as "check_in", as people do: "Check in". */
export function nameInWords(name: string): string {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Writes typed lines in one, as the service takes a reason: line ends and tabs are spaces in it, and none are around it. */
export const oneLine = (text: string): string =>
  text.trim().replace(/\s*[\t-\r\u0085\u2028\u2029]+\s*/g, ' ');
