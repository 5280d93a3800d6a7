import { expect, test } from 'vitest';
import { findEmptyWords } from './words.ts';

const problemsOf = (file: string, text: string): string[] =>
  findEmptyWords(new Map([[file, text]]), ['docs/', 'server/schema.graphql']);

test.each([
  ['what came of', 'Says what came of the settlement.'],
  ['Whoever', 'Whoever holds points may object.'],
  ['somebody', "A key that is somebody else's."],
  ['by now', 'Points settled by now.'],
  ['by now', '/**\n * Points settled by\n * now.\n */'],
  ['by now', '/// Points settled by\n/// now.'],
  ['calls off', 'Calls off a withdrawal: the owner calls off.'],
])('a text that says "%s" fails', (words, text) => {
  const problems = problemsOf('docs/guide.md', text);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]?.toLowerCase()).toContain(`says "${words.toLowerCase()}": `);
});

test('the line is named', () => {
  expect(
    problemsOf('server/schema.graphql', 'type A {\n  "Set by somebody."\n  a: Int\n}'),
  ).toEqual([expect.stringMatching(/^server\/schema\.graphql:2 says "somebody": /)]);
});

test('other words and other places are left alone', () => {
  expect(problemsOf('docs/guide.md', 'It was nearby. Now what comes of it? Nobody calls.')).toEqual(
    [],
  );
  expect(problemsOf('server/schema.graphql.md', 'by now')).toEqual([]);
  expect(problemsOf('other/guide.md', 'by now')).toEqual([]);
});
