import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChain, type Chain } from '@dewpoint/infra/chain/chain.ts';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_EPOCHS } from './demo/demoProgram.ts';

/** Several processes one after the other, on a machine that runs other tests beside them. */
const PROCESSES_TIMEOUT_MS = 480_000;
const DAY_SECONDS = 86_400;
const NOW_SECONDS = Math.floor(Date.now() / 1_000);
/** As `npm start` does it: the chain begins in the past, so that the demo has its story behind it. */
const DEMO_DAYS = DEMO_EPOCHS - 1;
const STORY_STARTS_AT = (Math.floor(NOW_SECONDS / DAY_SECONDS) - DEMO_DAYS) * DAY_SECONDS;

const STORY_QUERY = `{ program {
  changes(first: 10) { edges { node { number target state } } }
  rounds(first: 10) { edges { node { number result { filled payout } } } }
  orderCounts { fulfilled refused overdue }
} }`;
/** What three weeks came to, newest first. What happens on the last two days depends on the hour. */
const STORY = {
  program: {
    changes: {
      edges: expect.arrayContaining(
        [
          { number: 1, target: 'RULES', state: 'ENACTED' },
          { number: 2, target: 'RULES', state: 'ENACTED' },
          { number: 3, target: 'RULES', state: 'STRUCK_DOWN' },
          { number: 4, target: 'BUYBACK', state: 'PENDING' },
        ].map((node) => ({ node })),
      ) as unknown,
    },
    rounds: {
      edges: expect.arrayContaining(
        [
          // 70 points were tendered, and 3.00 bought 30 of them.
          { number: 0, result: { filled: '30.00', payout: '3.000000' } },
          { number: 1, result: { filled: '8.00', payout: '0.800000' } },
        ].map((node) => ({ node })),
      ) as unknown,
    },
    orderCounts: { fulfilled: 1, refused: 1, overdue: 1 },
  },
};

interface Ready {
  readonly type: string;
  readonly url: string;
  readonly demo: { readonly apiKey: string; readonly memberId: string } | null;
}
interface Started {
  readonly child: ChildProcess;
  readonly ready: Promise<Ready>;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

const inherited = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(DEWPOINT_|MONGODB_URI|RPC_URL)/.test(name)),
);

function runNode(file: string, variables: Record<string, string>, words: string[] = []): Started {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), join(import.meta.dirname, file), ...words],
    { env: { ...inherited, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += String(text)));
  const ready = new Promise<Ready>((resolve) => {
    let out = '';
    child.stdout.on('data', (text) => {
      out += String(text);
      if (out.endsWith('\n') && out.startsWith('{')) resolve(JSON.parse(out) as Ready);
    });
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stderr })),
  );
  return { child, ready, ended };
}

describe('the server as a process', { timeout: PROCESSES_TIMEOUT_MS }, () => {
  let chain: Chain;
  let dir: string;
  let variables: Record<string, string>;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'dewpoint-main-'));
    chain = await startChain({ genesisTimestamp: STORY_STARTS_AT });
    variables = {
      MONGODB_URI: testDatabaseUri(),
      RPC_URL: chain.url,
      DEWPOINT_PORT: '0',
      DEWPOINT_STATE_DIR: dir,
      DEWPOINT_LOG_LEVEL: 'warn',
      DEWPOINT_DEMO: 'true',
    };
  });
  afterAll(async () => {
    await chain.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('names every bad variable and ends', async () => {
    const { ended } = runNode('main.ts', { DEWPOINT_PORT: 'x', RPC_URL: 'y' });
    const { code, stderr } = await ended;
    expect(code).toBe(78);
    for (const name of ['DEWPOINT_PORT', 'RPC_URL', 'MONGODB_URI']) expect(stderr).toContain(name);
  });

  it('seeds the demo once, serves it after a restart with the same key, and ends on SIGTERM', async () => {
    const query =
      '{ program { supply { issued } } member(memberId: "mei") { history { edges { node { epoch count } } } } }';
    const histories: unknown[] = [];
    const keys = new Set<string>();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { child, ready, ended } = runNode('main.ts', variables);
      const { url, demo } = await ready;
      const storyOf = async (): Promise<unknown> => {
        const answer = await request(url)
          .post('/graphql')
          .set('authorization', `Bearer ${demo?.apiKey}`)
          .send({ query: STORY_QUERY });
        return (answer.body as { data: unknown }).data;
      };
      const response = await request(url)
        .post('/graphql')
        .set('authorization', `Bearer ${demo?.apiKey}`)
        .set('connection', 'keep-alive')
        .send({ query });
      // Proxies commonly keep theirs for 60 seconds: the service is not the one that closes first.
      expect(response.headers['keep-alive']).toBe('timeout=75');
      const { member } = (response.body as { data: { member: object } }).data;
      histories.push(member);
      keys.add(String(demo?.apiKey));
      expect(await storyOf()).toMatchObject(STORY);
      child.kill(signal);
      expect(await ended).toMatchObject({ code: 0 });
    }
    expect(keys.size).toBe(1);
    // What happens on the running day depends on the hour; the days before are there in full.
    const [first, second] = histories.map((member) =>
      (member as { history: { edges: { node: { epoch: number } }[] } }).history.edges.filter(
        ({ node }) => node.epoch < DEMO_DAYS,
      ),
    );
    expect(first).toHaveLength(8);
    expect(second).toEqual(first);
    // Gone with the service, so that no command works on a database that is not there.
    expect(await readdir(dir)).not.toContain('running.json');
  });

  it('lets an operator make, see and revoke keys from the command line', async () => {
    const run = async (
      ...words: string[]
    ): Promise<{ out: string; code: number | null; stderr: string }> => {
      const { child, ended } = runNode(
        'commands/apiKey.ts',
        { MONGODB_URI: String(variables['MONGODB_URI']) },
        words,
      );
      let out = '';
      child.stdout?.on('data', (text) => (out += String(text)));
      return { ...(await ended), out };
    };
    const created = await run('create', 'till 7', '--scopes', 'actions:write');
    expect(created.out).toMatch(/dw_test_[0-9A-Za-z]{32}/);
    const id = /key_[0-9a-f]{16}/.exec(created.out)?.[0] ?? '';
    const listed = await run('list');
    expect(listed.out).toContain(`${id}  `);
    expect(listed.out).not.toContain('dw_test_');
    expect((await run('revoke', id)).code).toBe(0);
    expect(await run('revoke', id)).toMatchObject({ code: 1 });
    expect((await run('create', 'x', '--scopes', 'everything')).stderr).toContain('"everything"');
    expect((await run()).stderr).toContain('npm run api-key -- COMMAND');
  });
});
