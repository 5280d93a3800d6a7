import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteRunning } from '../config/runningService.ts';
import { encodeGlobalId } from '../graphql/core/globalId.ts';
import { connectStore, type Store } from '../store/connect.ts';
import { INVENTED_PROGRAM } from '../testing/builders/program.ts';
import { runApiKey } from './apiKeyCommand.ts';

const MINE = INVENTED_PROGRAM;
const THEIRS = {
  ...MINE,
  id: 'prg_0000000000000002',
  name: 'Theirs',
  address: '0x00000000000000000000000000000000000000bb',
} as const;

let store: Store;
let dir: string;
beforeAll(async () => {
  const uri = testDatabaseUri();
  store = await connectStore(uri);
  await store.programs.insert(MINE);
  await store.programs.insert(THEIRS);
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-keys-'));
  // The folder that `npm start` makes inside of DEWPOINT_DIR.
  const config = { stateDir: join(dir, 'server'), mongodbUri: uri, rpcUrls: [], url: '' };
  await noteRunning(config, MINE.address);
});
afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

async function run(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runApiKey(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: { DEWPOINT_DIR: dir },
  });
  return { exitCode, stdout, stderr };
}

it.each([
  ['its address', MINE.address],
  ['its address in lower case', MINE.address.toLowerCase()],
  ['its id in the API', encodeGlobalId('Program', MINE.id)],
  ['its id in the database', MINE.id],
])('finds the service of DEWPOINT_DIR, and a program by %s', async (_what, program) => {
  const made = await run('create', 'till 7', '--program', program);
  expect(made).toMatchObject({ exitCode: 0, stderr: '' });
  expect(made.stdout).toMatch(/^key_\w+ for Test, with .+\ndw_test_\w{32}\n$/);
  const listed = await run('list', '--program', program);
  expect(listed.stdout).toContain(`Test (${MINE.address})`);
  expect(listed.stdout).toContain('till 7');
  const [, id = ''] = /^(key_\w+)/.exec(made.stdout) ?? [];
  expect((await run('revoke', id, '--program', program)).exitCode).toBe(0);
  expect(await run('revoke', id, '--program', program)).toMatchObject({
    exitCode: 1,
    stderr: `Test has no key ${id} that is still good.\n`,
  });
});

it('names the programs by what everybody sees when it has to be told which', async () => {
  const which = await run('list');
  expect(which.exitCode).toBe(2);
  expect(which.stderr).toContain(`${MINE.address}  Test`);
  expect(which.stderr).toContain(`${THEIRS.address}  Theirs`);
  const unknown = await run('list', '--program', THEIRS.address.replace('b', 'c'));
  expect(unknown.stderr).toContain('is none of these programs');
});

it('says what is wrong without a stack', async () => {
  for (const args of [
    ['list', '--wrong'],
    ['dance'],
    ['create'],
    ['create', 'x', '--scopes', 'all'],
  ]) {
    const { exitCode, stderr } = await run(...args);
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain('    at ');
  }
  expect((await run('--help')).stdout).toContain('npm run api-key');
});
