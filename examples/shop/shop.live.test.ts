import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { freePort } from '@dewpoint/infra/processes/ports.ts';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MUTATION_SETTINGS, SERVICE_SETTINGS } from '../../server/src/testing/builders/program.ts';
import { openLine, type Line } from '../../client/testing/line.ts';
import { startService, type TestService } from '../../server/src/testing/service.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const [purchases] = SERVICE_SETTINGS.opening ?? [];
const [visits] = MUTATION_SETTINGS.opening ?? [];

/** Milliseconds; only a fault takes so long. */
const PATIENCE = { timeout: 120_000, interval: 100 };

let service: TestService;
let shop: ChildProcess;
let shopUrl: string;
/** Between the shop and the service. */
let line: Line;
let isCut = false;

const post = async (at: string, body: object = {}): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${shopUrl}${at}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

interface Row {
  readonly state: string;
  readonly eventId: string;
  readonly rule: { readonly name: string } | null;
  readonly amount: string;
}

/** What the service has of Mei, newest first. */
const actions = async (): Promise<Row[]> => {
  const { data } = await service.ask(
    service.mine.key,
    '{ program { actions(first: 100, memberId: "mei") { edges { node { state eventId rule { name } amount } } } } }',
  );
  const { program } = data as { program: { actions: { edges: { node: Row }[] } } };
  return program.actions.edges.map(({ node }) => node);
};

beforeAll(async () => {
  if (purchases === undefined || visits === undefined) throw new Error('no rules');
  const review = visits.rules
    .filter(({ name }) => name === 'review')
    .map((rule) => ({ ...rule, id: 3 }));
  const opening = [{ ...purchases, rules: [...purchases.rules, ...review] }] as const;
  service = await startService({ settings: { opening } });
  // A shop goes by the clock on the wall, and the chain of the tests by one of its own.
  await service.moveClockTo(Date.now());
  line = await openLine(service.url, () => (isCut ? 'cut' : 'pass'));
  execFileSync('npm', ['run', 'build', '-w', '@dewpoint/client'], { cwd: ROOT_DIR });
  const port = await freePort();
  shopUrl = `http://127.0.0.1:${port}`;
  shop = spawn(process.execPath, [path('server.mjs')], {
    env: {
      ...process.env,
      DEWPOINT_URL: line.url,
      DEWPOINT_KEY: service.mine.key,
      DEWPOINT_PROGRAM: service.mine.program.id,
      SHOP_PORT: `${port}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => shop.stdout?.once('data', resolve));
});
afterAll(async () => {
  shop.kill('SIGTERM');
  await line.close();
  await service.close();
});

describe('the example shop', () => {
  it('is short enough to be read at once', () => {
    const lines = ['server.mjs', 'page.html'].map((name) =>
      readFileSync(path(name), 'utf8').split('\n'),
    );
    expect(lines.flat().length).toBeLessThan(150);
  });

  it('gives points for a purchase and a review, and takes those of a refund back', async () => {
    const { body } = await post('/checkout', { tea: 'oolong' });
    const { id } = body as { id: string };
    await post('/reviews', { tea: 'oolong', text: 'Round, dark, and long in the mouth.' });
    await vi.waitFor(async () => {
      expect(await actions()).toHaveLength(2);
    }, PATIENCE);
    expect(await actions()).toMatchObject([
      { rule: { name: 'review' } },
      { rule: { name: 'purchase' }, eventId: `order-${id}`, amount: '1850', state: 'MATURING' },
    ]);
    await post(`/orders/${id}/refund`);
    await vi.waitFor(async () => {
      expect((await actions()).at(-1)).toMatchObject({ state: 'VOIDED' });
    }, PATIENCE);
  });

  it('loses nothing, and doubles nothing, while the service can not be reached', async () => {
    isCut = true;
    const { status, body } = await post('/checkout', { tea: 'puer' });
    expect(status).toBe(201);
    const { id } = body as { id: string };
    await post(`/orders/${id}/refund`);
    await post('/checkout', { tea: 'sencha' });
    isCut = false;
    await vi.waitFor(async () => {
      const rows = await actions();
      const states = rows.filter(({ rule }) => rule?.name === 'purchase').map(({ state }) => state);
      expect(states.sort()).toEqual(['MATURING', 'VOIDED', 'VOIDED']);
    }, PATIENCE);
  });

  it('refuses a tea that it has not, and a second review', async () => {
    expect((await post('/checkout', { tea: 'toString' })).status).toBe(400);
    const again = { tea: 'oolong', text: 'Round, dark, and long in the mouth.' };
    expect((await post('/reviews', again)).status).toBe(409);
  });

  it('opens a session for the wallet in its page', async () => {
    const { body } = await post('/dewpoint/session');
    const { token } = body as { token: string };
    const { data } = await service.ask(token, '{ member { memberId } }');
    expect(data).toEqual({ member: { memberId: 'mei' } });
    const page = await (await fetch(shopUrl)).text();
    expect(page).toContain(`${line.url}/embed/v1.js`);
    expect(page).toContain(service.mine.program.id);
  });
});
