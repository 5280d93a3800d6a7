import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_DIR } from '../paths.ts';

/** One fenced block of a document. */
export interface Block {
  /** Of the document, from the root of the repository. */
  readonly file: string;
  /** Of the fence, from 1. */
  readonly line: number;
  /** First word of what stands behind the fence. */
  readonly language: string;
  /** The other words: `name=value`, or a name alone. */
  readonly marks: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The documents for users and contributors, in the order in which one reads them. */
export const listDocuments = (): readonly string[] => [
  'README.md',
  'CONTRIBUTING.md',
  'client/README.md',
  ...readdirSync(join(ROOT_DIR, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

/** Reads a file of the repository. */
export const readDocument = (file: string): string => readFileSync(join(ROOT_DIR, file), 'utf8');

const OPENING = /^(`{3,})(.*)$/;

/** Takes the fenced blocks out of a document. */
export const blocksOf = (file: string): readonly Block[] => {
  const blocks: Block[] = [];
  let open: { fence: string; line: number; info: string; lines: string[] } | null = null;
  for (const [index, text] of readDocument(file).split('\n').entries()) {
    const [, fence = '', info = ''] = OPENING.exec(text) ?? [];
    if (open === null) {
      if (fence !== '') open = { fence, line: index + 1, info, lines: [] };
    } else if (fence === open.fence && info === '') {
      const [language = '', ...words] = open.info.trim().split(/\s+/);
      const marks = Object.fromEntries(
        words.map((word) => {
          const [name = '', value = ''] = word.split('=');
          return [name, value];
        }),
      );
      blocks.push({ file, line: open.line, language, marks, text: open.lines.join('\n') });
      open = null;
    } else open.lines.push(text);
  }
  if (open !== null) throw new Error(`${file}:${open.line}: the block has no end`);
  return blocks;
};
