import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { freePort, isPortFree } from '@dewpoint/infra/processes/ports.ts';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

/** A quiet machine starts everything in some seconds, one with much else to do in minutes. */
const WAIT = { timeout: 300_000, interval: 100 };
vi.setConfig({ testTimeout: 1_200_000 });
const READY = 'Ctrl-C stops everything.';

interface Started {
  npm: ChildProcess;
  output(): string;
  exitCode: Promise<number | null>;
}

let dir: string;
let ports: { api: number; chain: number; database: number };
const all: Started[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-start-'));
  ports = { api: await freePort(), chain: await freePort(), database: await freePort() };
});

/** Also what a test has left running that failed: the next one needs its ports. */
afterEach(async () => {
  for (const { npm, exitCode } of all.splice(0)) {
    if (npm.exitCode === null && npm.signalCode === null) signalGroup(npm, 'SIGTERM');
    await exitCode;
  }
});

afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 20 }));

/** `npm start`, or another script, in a process group of its own, as a terminal would. */
const npmStart = (variables: Record<string, string> = {}, script = 'start'): Started => {
  const npm = spawn('npm', ['run', script], {
    cwd: ROOT_DIR,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      MONGODB_URI: '',
      DEWPOINT_DIR: dir,
      DEWPOINT_PORT: `${ports.api}`,
      DEWPOINT_CHAIN_PORT: `${ports.chain}`,
      DEWPOINT_DATABASE_PORT: `${ports.database}`,
      ...variables,
    },
  });
  const chunks: string[] = [];
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  }
  const exitCode = new Promise<number | null>((resolve) => npm.once('exit', resolve));
  const started = { npm, output: () => chunks.join(''), exitCode };
  all.push(started);
  return started;
};

const ready = async (started: Started): Promise<string> => {
  await expect.poll(() => started.output(), WAIT).toContain(READY);
  return started.output();
};

const signalGroup = ({ pid }: ChildProcess, signal: NodeJS.Signals): void => {
  if (pid !== undefined) process.kill(-pid, signal);
};

const nothingRuns = async (): Promise<void> => {
  const free = (): Promise<boolean[]> =>
    Promise.all(Object.values(ports).map((p) => isPortFree(p)));
  await expect.poll(free, WAIT).toEqual([true, true, true]);
};

/** Runs what stands under "Try it:", exactly as it is printed. */
const tryIt = async (output: string): Promise<unknown> => {
  const command = /Try it:\n\n(.+?)\n\n/s.exec(output)?.[1] ?? 'false';
  const { stdout } = await promisify(execFile)('sh', ['-c', command]);
  return JSON.parse(stdout);
};

/** Signs in with what is printed, and reads as the operator what only people of the organisation may. */
const readAsOwner = async (output: string): Promise<unknown> => {
  const [, email, password] = /Login +(\S+) +(\S+)/.exec(output) ?? [];
  const [, address] = /Program +(0x\w+)/.exec(output) ?? [];
  const url = `http://127.0.0.1:${ports.api}`;
  const headers = { 'content-type': 'application/json', origin: url };
  const post = (path: string, body: object, more: object = {}): Promise<Response> =>
    fetch(`${url}${path}`, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { ...headers, ...more },
    });
  const signedIn = await post('/auth/sign-in/email', { email, password });
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]);
  const query = `{ program(address: "${address}") { id } }`;
  const { data } = (await (await post('/graphql', { query })).json()) as {
    data: { program: { id: string } };
  };
  const asked = '{ organisation { slug } program { name settlement { open } } }';
  const answer = await post(
    '/graphql',
    { query: asked },
    {
      ...{ cookie: cookie.join('; '), 'dewpoint-program': data.program.id },
      'dewpoint-organisation': 'dewdrop-cafe',
    },
  );
  return answer.json();
};

const lineOf = (output: string, name: string): string | undefined =>
  output.split('\n').find((line) => line.trimStart().startsWith(name));

test('npm start ends with a command that works as printed, and goes on after Ctrl-C', async () => {
  const first = npmStart();
  const printed = await ready(first);
  const withPoints: unknown = expect.objectContaining({
    settled: expect.stringMatching(/[1-9]/) as string,
  });
  await expect
    .poll(() => tryIt(printed), WAIT)
    .toMatchObject({ data: { member: { balance: withPoints } } });
  const asOwner = {
    data: {
      organisation: { slug: 'dewdrop-cafe' },
      program: { settlement: { open: expect.any(Number) as number } },
    },
  };
  expect(await readAsOwner(printed)).toMatchObject(asOwner);

  signalGroup(first.npm, 'SIGINT');
  await first.exitCode;
  await nothingRuns();
  expect(first.output()).toContain('Stopping ...');

  const second = npmStart();
  const printedAgain = await ready(second);
  expect(await readAsOwner(printedAgain)).toMatchObject(asOwner);
  for (const name of ['Program', 'Login', 'API key']) {
    expect(lineOf(printedAgain, name)).toBe(lineOf(printed, name));
  }
  expect(await tryIt(printedAgain)).toMatchObject({
    data: { member: { balance: withPoints } },
  });

  const third = npmStart();
  expect(await third.exitCode).toBe(1);
  expect(third.output()).toContain('Dewpoint already runs from');
  const fourth = npmStart({ DEWPOINT_DIR: join(dir, 'other') });
  expect(await fourth.exitCode).toBe(1);
  expect(fourth.output()).toContain(`Port ${ports.api}, which the API needs, is in use`);

  signalGroup(second.npm, 'SIGTERM');
  await second.exitCode;
  await nothingRuns();
});

test('npm run dev starts the server again when a source changes, and nothing else', async () => {
  const dev = npmStart({}, 'dev');
  const printed = await ready(dev);
  const source = join(ROOT_DIR, 'server/src/main.ts');
  const now = new Date();
  await utimes(source, now, now);
  await expect
    .poll(() => dev.output(), WAIT)
    .toContain('Server: started again after a change of main.ts');
  expect(await tryIt(printed)).toMatchObject({ data: { program: {} } });
  expect(dev.output().match(/^Chain: /gm)).toHaveLength(1);
  signalGroup(dev.npm, 'SIGINT');
  await dev.exitCode;
  await nothingRuns();
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  '%s of npm alone leaves nothing running',
  async (signal) => {
    const started = npmStart();
    await ready(started);
    started.npm.kill(signal);
    await started.exitCode;
    await nothingRuns();
  },
);
