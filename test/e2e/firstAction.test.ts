import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { freePort } from '@dewpoint/infra/processes/ports.ts';
import { blocksOf } from '@dewpoint/infra/testing/documents.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runShell } from '../docs/runBlock.ts';
import type { RunningDemo } from '../docs/running.ts';

const READY = 'Ctrl-C stops everything.';
const TEN_MINUTES_MS = 600_000;

/** What a newcomer does, in the order of docs/people.md: the name of each step, and what it has to say. */
const STEPS: readonly (readonly [name: string, says: RegExp])[] = [
  ['signs up', /"email":"ann@shop\.example"/],
  ['confirms the address and signs in', /"email":"ann@shop\.example"/],
  ['founds an organisation', /"id":"org_[0-9a-f]{16}"/],
  ['creates a program', /"program":\{"id":"\w+=*"\}/],
  ['makes an API key', /"key":"dw_test_\w+"/],
  ['records an action', /"status":"RECORDED","epoch":0/],
  ['lets the day pass', /\d{4}-\d\d-\d\dT/],
  [
    'reads the balance and the receipt',
    /"settled":"42\.00","pending":"0\.00".*"pointsEarned":"42\.00"/,
  ],
  ['verifies the program from the chain', /Everything agrees/],
];

let dir: string;
let npm: ChildProcess;
let demo: RunningDemo;
let startMs: number;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-first-'));
  const [api, chain, database] = [await freePort(), await freePort(), await freePort()];
  const startedAt = performance.now();
  npm = spawn('npm', ['start'], {
    cwd: ROOT_DIR,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      MONGODB_URI: '',
      DEWPOINT_DIR: join(dir, 'kept'),
      DEWPOINT_PORT: `${api}`,
      DEWPOINT_CHAIN_PORT: `${chain}`,
      DEWPOINT_DATABASE_PORT: `${database}`,
    },
  });
  const said: string[] = [];
  for (const stream of [npm.stdout, npm.stderr]) {
    stream?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  }
  const logged = (): string => said.join('');
  await vi.waitFor(() => expect(logged()).toContain(READY), { timeout: 300_000, interval: 100 });
  startMs = performance.now() - startedAt;
  const printed = (name: string): string =>
    new RegExp(`^ *${name} +(\\S+)`, 'm').exec(logged())?.[1] ?? '';
  demo = {
    url: `http://127.0.0.1:${api}`,
    rpcUrl: `http://127.0.0.1:${chain}`,
    access: {
      ...{ programName: '', programAddress: printed('Program'), memberId: 'mei' },
      ...{ apiKey: printed('API key'), operatorKey: printed('Operator'), login: null },
    },
    ...{ dir, stateDir: join(dir, 'kept', 'server'), logged },
    stopServer: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
});

afterAll(async () => {
  const ended = new Promise((resolve) => npm.once('exit', resolve));
  if (npm.pid !== undefined && npm.exitCode === null) {
    process.kill(-npm.pid, 'SIGTERM');
    await ended;
  }
  await rm(dir, { recursive: true, force: true, maxRetries: 20 });
});

test('from sign-up to the first settled action as docs/people.md says, in less than 10 minutes', async () => {
  const blocks = blocksOf('docs/people.md');
  expect(blocks.map(({ language }) => language)).toEqual(STEPS.map(() => 'sh'));
  const took: (readonly [string, number])[] = [['npm start', startMs]];
  for (const [index, [name, says]] of STEPS.entries()) {
    const startedAt = performance.now();
    expect(await runShell(blocks[index]?.text ?? '', demo), name).toMatch(says);
    took.push([name, performance.now() - startedAt]);
  }
  const total = took.reduce((sum, [, ms]) => sum + ms, 0);
  const lines = [...took, ['all of it', total] as const].map(
    ([name, ms]) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${name}`,
  );
  console.log(lines.join('\n'));
  expect(total).toBeLessThan(TEN_MINUTES_MS);
});
