import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteRunning } from '../config/runningService.ts';
import { DAY_MS, STARTS_AT_MS } from '../testing/builders/time.ts';
import { startHarness, type Harness } from '../testing/harness.ts';
import { runClock } from './clockCommand.ts';
import { runMoney } from './moneyCommand.ts';

let harness: Harness;
let dir: string;
beforeAll(async () => {
  harness = await startHarness();
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-local-'));
  const { anvil, databaseUri, program } = harness;
  const running = { mongodbUri: databaseUri, rpcUrls: [anvil.url], url: '' };
  const config = { stateDir: join(dir, 'server'), ...running };
  await noteRunning(config, program.address);
});
afterAll(async () => {
  await harness.close();
  await rm(dir, { recursive: true, force: true });
});

type Command = typeof runClock;

/** As `npm start` keeps everything in a folder of its own. */
async function run(command: Command, args: readonly string[], env: object = { DEWPOINT_DIR: dir }) {
  let stdout = '';
  let stderr = '';
  const exitCode = await command(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: { ...env },
  });
  return { exitCode, stdout, stderr };
}
const nowMs = async (): Promise<number> => (await harness.chain.clock.now()).nowMs;

describe('npm run clock', () => {
  it('says what time it is, and moves the clock of the chain on', async () => {
    const start = new Date(STARTS_AT_MS).toISOString().slice(0, 10);
    const told = await run(runClock, []);
    expect(told.exitCode).toBe(0);
    expect(told.stdout).toContain(`It is ${start}`);
    const before = await nowMs();
    expect(await run(runClock, ['+8d'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await nowMs()).toBeGreaterThanOrEqual(before + 8 * DAY_MS);
    expect(await nowMs()).toBeLessThan(before + 9 * DAY_MS);
  });

  it('moves to a moment', async () => {
    const moment = new Date((await nowMs()) + DAY_MS).toISOString();
    const { stdout } = await run(runClock, [moment]);
    // The clock goes on from there while it is read.
    const told = Date.parse(/it is (\S+)/.exec(stdout)?.[1] ?? '');
    expect(told).toBeGreaterThanOrEqual(Date.parse(moment) - 1_000);
    expect(told).toBeLessThan(Date.parse(moment) + DAY_MS / 2);
  });

  it.each([
    ['-8d', /Unknown option|no move of the clock/],
    ['8d', /"8d" is no move of the clock; write \+8d/],
    ['+8w', /no move of the clock/],
    ['+31d', /at most 30 days at once/],
    ['2001-01-01T00:00:00Z', /a clock never goes back/],
  ])('refuses %s in one sentence and moves nothing', async (move, said) => {
    const before = await nowMs();
    const { exitCode, stderr } = await run(runClock, [move]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(said);
    expect(await nowMs()).toBeLessThan(before + DAY_MS / 2);
  });
});

describe('npm run money', () => {
  it('gives the operator money to put into the reserve', async () => {
    const operator = harness.operator;
    expect(await run(runMoney, ['100'])).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: `The operator, ${operator}, got 100.000000 LD and has 100.000000 LD now.\n`,
    });
    const more = await run(runMoney, ['0.5', '--program', harness.program.address.toLowerCase()]);
    expect(more.stdout).toContain('has 100.500000 LD now');
  });

  it('gives it to anyone else', async () => {
    const to = '0x00000000000000000000000000000000000000AA';
    const { stdout } = await run(runMoney, ['2', '--to', to]);
    expect(stdout).toContain(`${to} got 2.000000 LD`);
  });

  it.each([
    [['much'], /"much" is no amount of LD; write one above 0 with at most 6 decimals/],
    [['0'], /no amount of LD/],
    [['1.0000001'], /no amount of LD/],
    [['1', '--to', 'me'], /--to me is not an address/],
    [['1', '--to', `0x${'0'.repeat(38)}Aa`], /its checksum is wrong/],
    [['1', '--program', `0x${'12'.repeat(20)}`], /is no program on chain 31337/],
  ])('refuses %j in one sentence', async (args, said) => {
    const { exitCode, stderr } = await run(runMoney, args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain('    at ');
  });
});

/** What a public node is asked for, and what this one answers: nothing here changes anything. */
const HASH = `0x${'ab'.repeat(32)}`;
const RESULTS: Readonly<Record<string, unknown>> = {
  eth_chainId: '0x1',
  web3_clientVersion: 'Geth/v1.16',
  eth_getBlockByNumber: {
    number: '0x1',
    hash: HASH,
    parentHash: HASH,
    timestamp: '0x1',
    gasLimit: '0x1',
  },
};

describe('a chain that is not local', () => {
  let node: Server;
  let url: string;
  const asked: string[] = [];
  beforeAll(async () => {
    node = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const parsed = JSON.parse(body) as { id: number; method: string }[];
        const calls = Array.isArray(parsed) ? parsed : [parsed];
        const answers = calls.map(({ id, method }) => {
          asked.push(method);
          return { jsonrpc: '2.0', id, result: RESULTS[method] };
        });
        response.end(JSON.stringify(Array.isArray(parsed) ? answers : answers[0]));
      });
    });
    await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => node.close(resolve)));

  it.each([
    ['clock', runClock, ['+8d']],
    ['money', runMoney, ['100', '--program', `0x${'12'.repeat(20)}`]],
  ] as const)(
    'is refused by npm run %s, which asks it for nothing else',
    async (_, command, args) => {
      const { exitCode, stderr } = await run(command, [...args, '--rpc', url]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('Chain 1 at');
      expect(stderr).toContain('is no local chain');
      expect(new Set(asked)).toEqual(new Set(Object.keys(RESULTS)));
    },
  );
});

it.each([
  ['clock', runClock],
  ['money', runMoney],
])('npm run %s says what is missing where nothing runs, and has a help', async (_, command) => {
  const { exitCode, stderr } = await run(command, ['1'], { DEWPOINT_DIR: join(dir, 'empty') });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('npm start');
  expect(stderr).toContain(join(dir, 'empty'));
  const help = await run(command, ['--help'], {});
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect(help.stdout).toContain('npm run');
});
