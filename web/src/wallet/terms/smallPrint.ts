/** Small print as it is shown: a text in Markdown, of which headings, lists, paragraphs and bold words are drawn. */

/** A part of the text. */
export type PrintBlock =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly isNumbered: boolean; readonly items: readonly string[] };

const CHINESE = /[\u4e00-\u9fff]/;
const ITEM = /^(?:[-*]|(\d+)[.)])\s+/;

/** Takes the part in a language, where a text has two that a line of its own ("---") divides. */
export function printInLanguage(text: string, language: string): string {
  const parts = text.split(/^-{3,}\s*$/m);
  const wantsChinese = language.startsWith('zh');
  const chinese = parts.filter((part) => CHINESE.test(part));
  const isOfBoth = parts.length === 2 && chinese.length === 1;
  if (!isOfBoth) return text;
  return parts.find((part) => CHINESE.test(part) === wantsChinese) ?? text;
}

/** Lines of a paragraph go on in the next one: with a blank in between, unless Chinese meets. */
const joined = (lines: readonly string[]): string =>
  lines.reduce((text, line) => {
    const isChinese = CHINESE.test(text.slice(-1)) || CHINESE.test(line.slice(0, 1));
    return text === '' ? line : `${text}${isChinese ? '' : ' '}${line}`;
  }, '');

function listOf(lines: readonly string[]): PrintBlock {
  const items: string[][] = [];
  for (const line of lines) {
    if (ITEM.test(line)) items.push([line.replace(ITEM, '').trim()]);
    else items.at(-1)?.push(line.trim());
  }
  const isNumbered = ITEM.exec(lines[0] ?? '')?.[1] !== undefined;
  return { kind: 'list', isNumbered, items: items.map(joined) };
}

/** Reads the text part by part. What is no Markdown that is known stays as it is written. */
export function blocksOf(text: string): readonly PrintBlock[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines): PrintBlock => {
      const [first = ''] = lines;
      if (/^#+\s/.test(first)) return { kind: 'heading', text: first.replace(/^#+\s+/, '') };
      if (ITEM.test(first)) return listOf(lines);
      return { kind: 'paragraph', text: joined(lines.map((line) => line.trim())) };
    });
}

/** Sentences and items of a text, one by one. */
const piecesOf = (text: string): readonly string[] =>
  blocksOf(text).flatMap((block) => (block.kind === 'list' ? block.items : [block.text]));

/** Tells which paragraphs and items go, and which come. */
export function differingPrint(
  before: string,
  after: string,
): { readonly gone: readonly string[]; readonly come: readonly string[] } {
  const old = piecesOf(before);
  const other = piecesOf(after);
  return {
    gone: old.filter((piece) => !other.includes(piece)),
    come: other.filter((piece) => !old.includes(piece)),
  };
}
