import type { SourceTree } from '../tree/sourceTree.ts';

/** Words that sound well and say little to a reader of an API, each with what to write. */
const WORDS: Readonly<Record<string, string>> = {
  'what came of': 'name the result',
  whoever: 'name who: the holder, the operator, any account',
  somebody: 'name who: the holder, the operator, any account',
  'by now': 'say when, or leave it out',
  'calls? off': 'cancel',
};

/** Files, and folders with a slash at the end. One line a place: add a place once its texts are clean. */
const CHECKED: readonly string[] = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'contracts/', 'docs/'],
  ...['infra/README.md', 'infra/docker/', 'infra/src/', 'test/docs/', 'web/'],
  ...['server/schema.graphql', 'server/src/main.ts', 'server/src/chain/', 'server/src/commands/'],
  ...['server/src/composition/', 'server/src/config/', 'server/src/demo/', 'server/src/domain/'],
  ...['server/src/graphql/', 'server/src/http/', 'server/src/lib/', 'server/src/ports/'],
  ...['server/src/services/', 'server/src/store/'],
];

/** What people read: documents, the schema, and the comments and texts of programs. */
export const TEXT = /\.(md|graphql|ts|tsx|mjs|sol)$/;

/** Between two words there may be the end of a line, with the sign of a comment after it. */
const GAP = '\\s+(?:(?:\\*|/{2,3})\\s+)?';

const pattern = (words: string): RegExp => new RegExp(`\\b${words.replaceAll(' ', GAP)}\\b`, 'gi');

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

const isIn = (places: readonly string[], file: string): boolean =>
  places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));

/** @returns a sentence for each place where a text says too little */
export const findEmptyWords = (tree: SourceTree, places: readonly string[] = CHECKED): string[] =>
  [...tree]
    .filter(([file]) => isIn(places, file))
    .flatMap(([file, text]) =>
      Object.entries(WORDS).flatMap(([words, advice]) =>
        [...text.matchAll(pattern(words))].map(
          (found) =>
            `${file}:${lineOf(text, found.index)} says "${found[0].replaceAll(new RegExp(GAP, 'g'), ' ')}": ${advice}.`,
        ),
      ),
    );
