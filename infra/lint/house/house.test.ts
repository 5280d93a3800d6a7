import { expect, test } from 'vitest';
import { ROOT_DIR } from '../../src/paths.ts';
import { findHouseProblems } from './house.ts';
import { readSourceTree } from '../tree/sourceTree.ts';

const problemsOf = (files: Record<string, string>): string[] =>
  findHouseProblems(new Map(Object.entries(files)));

const emptyFiles = (count: number, path: (i: number) => string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [path(i), '']));

test('the tree is read whole, without what is written by programs', () => {
  const files = [...readSourceTree(ROOT_DIR).keys()];
  for (const file of ['infra/lint/house/house.ts', 'infra/setup.mjs', 'contracts/src/Points.sol']) {
    expect(files).toContain(file);
  }
  expect(
    files.filter((file) => /node_modules|\.dewpoint|ts\/(abi|artifacts)\//.test(file)),
  ).toEqual([]);
});

test('a folder of more than 12 files fails, tests not counted', () => {
  const twelve = {
    ...emptyFiles(12, (i) => `contracts/src/points/Part${i}.sol`),
    ...emptyFiles(12, (i) => `contracts/src/points/part${i}.t.sol`),
    ...emptyFiles(12, (i) => `contracts/src/points/part${i}.test.ts`),
    'contracts/src/points/deeper/Part.sol': '',
  };
  expect(problemsOf(twelve)).toEqual([]);
  expect(problemsOf({ ...twelve, 'contracts/src/points/Part12.sol': '' })).toEqual([
    expect.stringContaining('contracts/src/points has 13 source files'),
  ]);
});

test('a circle between folders fails, and its imports are named', () => {
  const [problem, ...others] = problemsOf({
    'server/src/services/actions/record.ts': "import { aggregate } from '../statements/sum.ts';",
    'server/src/services/statements/sum.ts': "export { settle } from '../terms/settle.ts';",
    'server/src/services/terms/settle.ts': "import type { Record } from '../actions/record.ts';",
    'server/src/services/terms/alone.ts': "import { settle } from './settle.ts';",
  });
  expect(others).toEqual([]);
  expect(problem).toContain('services/actions -> server/src/services/statements -> ');
  expect(problem).toContain(
    'server/src/services/terms/settle.ts imports server/src/services/actions/record.ts',
  );
});

test('a folder and its own sub-folder make a circle too, and so do other workspaces by name', () => {
  expect(
    problemsOf({
      'infra/src/start.ts': "import './chain/anvil.ts';",
      'infra/src/chain/anvil.ts': "import { start } from '../start.ts';",
    }),
  ).toEqual([expect.stringContaining('infra/src -> infra/src/chain -> infra/src')]);
  expect(
    problemsOf({
      'contracts/ts/deploy.ts': "const chain = await import('@dewpoint/infra/chain.ts');",
      'infra/src/chain.ts': "import { deploy } from '@dewpoint/contracts/deploy.ts';",
    }),
  ).toEqual([expect.stringContaining('contracts/ts -> infra/src -> contracts/ts')]);
});

test('a test may look anywhere', () => {
  expect(
    problemsOf({
      'infra/src/chain/anvil.test.ts': "import { start } from '../start.ts';",
      'infra/src/start.ts': "import './chain/anvil.ts';",
      'infra/src/chain/anvil.ts': '',
    }),
  ).toEqual([]);
});

test.each([
  ['a function', 'export function settle(): void {}'],
  ['a constant', 'export const settle = 1;'],
  ['a part of an object', 'export const { settle } = parts;'],
  ['a part of a list', 'export const [, { settle }] = parts;'],
  ['a type', 'export type settle = string;'],
  ['an interface', 'export interface settle {}'],
  ['a class', 'export class settle {}'],
  ['a name passed on', "export { settle } from './settle.ts';"],
  ['a name given in passing', "export * as settle from './settle.ts';"],
])('%s that another file of the workspace exports fails', (_what, code) => {
  const files = { 'web/src/round.ts': 'export const settle = () => {};', 'web/src/other.ts': code };
  const [problem, ...others] = problemsOf(files);
  expect(others).toEqual([]);
  expect(problem).toMatch(/^web exports settle from 2 files.*\n.*round\.ts\n.*other\.ts$/);
});

test('a name may come again in another workspace, unexported, or as the type of its value', () => {
  expect(
    problemsOf({
      'web/src/round.ts': 'export const Round = 1;\nexport type Round = number;',
      'web/src/other.ts': 'const Round = 2;\nexport const other = Round;',
      'infra/src/round.ts': 'export const Round = 1;',
    }),
  ).toEqual([]);
});

test.each([
  ['server/src/services/recording/record.ts', 'server/src/services/recording is no room'],
  ['server/src/chain/actions/record.ts', 'server/src/chain/actions is no room'],
  ['server/src/config/actions/record.ts', 'which has none'],
  ['server/src/ports/stores/recordingStores.ts', 'recordingStores.ts is no noun'],
  ['server/src/utils/record.ts', 'server/src/utils is no layer'],
])('%s fails, since its folder is neither a noun nor a known room', (file, sentence) => {
  expect(problemsOf({ [file]: '' })).toEqual([expect.stringContaining(sentence)]);
});

test('each layer has the rooms of its nouns', () => {
  expect(
    problemsOf({
      'server/src/domain/organisations/roles.ts': '',
      'server/src/graphql/core/builder.ts': '',
      'server/src/ports/stores/webhooks.ts': '',
      'server/src/services/indexer/indexer.ts': '',
      'server/src/store/connect.ts': '',
      'server/src/main.ts': '',
    }),
  ).toEqual([]);
});
