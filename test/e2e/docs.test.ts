import { blocksOf, listDocuments, type Block } from '@dewpoint/infra/testing/documents.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ELSEWHERE } from '../docs/elsewhere.ts';
import { askGraphql, post, runBlock, runShell } from '../docs/runBlock.ts';
import { startDemo, type RunningDemo } from '../docs/running.ts';

/** A replay starts a chain, a database and a service of its own: minutes on a machine with much else to do. */
const BLOCK_TIMEOUT_MS = 600_000;
/** Moves the clock on by a day, after which others find the demo otherwise than it starts: firstAction.test.ts runs all of it. */
const RUN_BY_ITSELF = 'docs/people.md';
/** Shown, and nothing that could be run. */
const SHOWN_ONLY = ['mermaid', 'text'];
/** Calls whose answers the documents show. */
const ANSWERS: Readonly<Record<string, (demo: RunningDemo) => Promise<unknown>>> = {
  'bad-key': ({ url }) => post(url, 'dw_test_unknown', '{ program { name } }'),
  'dry-run': (demo) => askGraphql(blockWith('dryRun: true'), demo),
};

const blocks = listDocuments()
  .filter((file) => file !== RUN_BY_ITSELF)
  .flatMap(blocksOf);
/** The one block that has this in it. */
function blockWith(piece: string): Block {
  const [found, ...more] = blocks.filter(({ text }) => text.includes(piece));
  if (found === undefined || more.length > 0) throw new Error(`not one block has ${piece}`);
  return found;
}
const isAfterTheEnd = ({ marks }: Block): boolean => marks['server'] === 'gone';
const inOrder = [
  ...blocks.filter((block) => !isAfterTheEnd(block)),
  ...blocks.filter(isAfterTheEnd),
].filter(({ language }) => !SHOWN_ONLY.includes(language));

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());

/** The first thing that is run: the demo is as it starts. */
it('a call that records may be repeated as the README says, now and later', async () => {
  const { text } = blockWith('eventId: \\"order-');
  const [moment = '', ...call] = text.split('\n');
  const once = [moment, ...call];
  // The same call again, and all of it again with another moment.
  const said = await runShell([...once, ...call, 'sleep 1', ...once].join('\n'), demo);
  const statuses = [...said.matchAll(/"status":"(\w+)"/g)].map(([, status]) => status);
  expect(statuses).toEqual(['RECORDED', 'DUPLICATE', 'RECORDED']);
  expect(said).not.toContain('EVENT_ID_REUSED');
});

describe('what the documents tell a reader to do works', () => {
  it.each(inOrder.map((block) => [`${block.file}:${block.line}`, block] as const))(
    '%s',
    async (_place, block) => {
      const { language, marks, text } = block;
      if (language !== 'json') return runBlock(block, demo);
      const ask = ANSWERS[marks['answer'] ?? ''];
      if (ask === undefined) throw new Error('nothing says which call has this answer');
      expect(await ask(demo)).toMatchObject(JSON.parse(text) as object);
    },
    BLOCK_TIMEOUT_MS,
  );
});

it('the README shows calls of the API', () => {
  const calls = blocks.filter(
    ({ file, language }) => file === 'README.md' && language === 'graphql',
  );
  expect(calls.length).toBeGreaterThan(0);
});

it('what is run elsewhere is in the documents', () => {
  const texts = blocks.filter(({ marks }) => 'elsewhere' in marks).map(({ text }) => text);
  const unused = ELSEWHERE.filter(({ starts }) => !texts.some((text) => text.includes(starts)));
  expect(unused.map(({ starts }) => starts)).toEqual([]);
});

it('what is only shown is no command', () => {
  const shown = blocks.filter(({ language }) => SHOWN_ONLY.includes(language));
  const commands = shown.filter(({ text }) => /^(\$ )?(npm|npx|node|curl|docker) /m.test(text));
  expect(commands.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});
