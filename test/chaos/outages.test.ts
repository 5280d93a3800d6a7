import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { verify } from '@dewpoint/contracts/verifier/verify.ts';
import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world/world.ts';
import { readEndState } from './endState.ts';
import { startLoad, type Seen } from './load.ts';

/** The long form has the pauses that are promised; `npm test` runs shorter ones. */
const LONG = process.env.DEWPOINT_CHAOS === 'long';
const CHAIN_HANGS_MS = LONG ? 60_000 : 6_000;
const DATABASE_HANGS_MS = LONG ? 30_000 : 20_000;
const BOTH_HANG_MS = LONG ? ([60_000, 30_000] as const) : ([5_000, 5_000] as const);
const DATABASE_GONE_MS = LONG ? 8_000 : 3_000;
const PATIENCE_MS = 240_000;
/** Some calls are under way, with no outage yet. */
const BEFORE_MS = 500;

const DAY_SECONDS = 86_400;
/** Any day will do: the chain's clock begins here. */
const STARTS_AT = 20_000 * DAY_SECONDS;
const POINTS_PER_ACTION = 100n;
const VISIT = { id: 1, perAction: POINTS_PER_ACTION, perUnit: 0n, name: 'visit', text: '' };
const RULES = [{ ...VISIT, maxCount: NO_COUNT_CAP, maxPoints: NO_POINTS_CAP, untilEpoch: NO_END }];
const MEMBERS = Array.from({ length: 20 }, (_, n) => `member-${n}`);

let dir: string;
let world: World;
const logged: string[] = [];
/** What clients were promised by now, over all outages. */
const promised = new Map<string, number>();
let items = 0;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-outages-'));
  world = await createWorld({
    dir,
    startsAt: STARTS_AT,
    rules: RULES,
    budgetPerEpoch: NO_BUDGET_CAP,
    logLevel: 'warn',
    onLog: (line) => logged.push(line),
  });
  await world.startServer();
});

afterAll(async () => {
  await world.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function ask<T>(key: string, query: string): Promise<T> {
  const response = await fetch(world.apiUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: object[] };
  expect(errors).toBeUndefined();
  return data;
}

/** Settles everything, and looks whether each promised action has been counted, once. */
async function expectNothingLostOrTwice(): Promise<void> {
  for (const memberId of promised.keys()) {
    await ask(
      world.program.apiKey,
      `mutation { dropsCollect(input: { memberId: "${memberId}" }) { userErrors { code } } }`,
    );
  }
  const expected = [...promised]
    .map(([memberId, count]) => [memberId, String(BigInt(count) * POINTS_PER_ACTION)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  await expect
    .poll(async () => (await readEndState(world, RULES)).balances, {
      timeout: PATIENCE_MS,
      interval: 250,
    })
    .toEqual(Object.fromEntries(expected));
  const { actions, supply } = await readEndState(world, RULES);
  const count = [...promised.values()].reduce((sum, of) => sum + of, 0);
  expect(Object.keys(actions)).toHaveLength(count);
  expect(supply).toBe(String(BigInt(count) * POINTS_PER_ACTION));
  const shown = await ask<{ program: { last: object | null; more: object | null } }>(
    world.program.operatorApiKey,
    `{ program { last: item(number: ${items}) { number } more: item(number: ${items + 1}) { number } } }`,
  );
  expect(shown.program).toEqual({ last: { number: items }, more: null });
  const report = await verify({
    provider: new HttpRpc(world.rpcUrl),
    program: world.program.address,
  });
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
}

const expectCalmLog = (): void => {
  // An error that nobody expected, or a stack of one that came too late.
  expect(logged.filter((line) => /"level":(50|60)|HEADERS_SENT/.test(line))).toEqual([]);
};

/** An item that does not exist: the chain alone can tell, and nothing is written. */
const UNKNOWN_ITEM = 1_000_000;

/** Waits until a write is refused because the chain is away, as each one must be soon. */
async function chainIsMissed(): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const response = await fetch(world.apiUrl(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${world.program.operatorApiKey}`,
      },
      body: JSON.stringify({
        query: `mutation { itemPriceSet(input: { item: ${UNKNOWN_ITEM}, price: "1", idempotencyKey: "missed-${turn}" }) {
          userErrors { code } } }`,
      }),
    });
    const { errors = [] } = (await response.json()) as {
      errors?: { extensions: { code: string } }[];
    };
    if (errors.some(({ extensions }) => extensions.code === 'CHAIN_UNAVAILABLE')) return;
    await delay(100);
  }
}

let outages = 0;

/** Lets an outage happen under load. @returns what clients saw while it lasted */
async function under(outage: () => Promise<unknown>): Promise<Seen> {
  const load = startLoad(world, `outage-${(outages += 1)}`, MEMBERS);
  const untilMore = async (than: number): Promise<void> => {
    const isOver = (): boolean => load.seen().actions > than || load.seen().faults.length > 0;
    await expect.poll(isOver, { timeout: PATIENCE_MS }).toBe(true);
    expectCalmLog();
    expect(load.seen().faults).toEqual([]);
  };
  await untilMore(0);
  await delay(BEFORE_MS);
  load.forgetTimes();
  const before = load.seen();
  await outage();
  const after = load.seen();
  const done = load.seen().actions;
  // Everybody goes on by itself.
  await untilMore(done);
  const { actions, items: added } = await load.stop();
  expect(load.seen().faults).toEqual([]);
  for (const [member, count] of actions) promised.set(member, (promised.get(member) ?? 0) + count);
  items += added;
  const seen = {
    ...after,
    actions: after.actions - before.actions,
    reads: after.reads - before.reads,
    staleReads: after.staleReads - before.staleReads,
    // A call that met the outage may be answered after it.
    errors: load.seen().errors,
  };
  if (LONG) console.log(JSON.stringify(seen));
  return seen;
}

describe('whatever stands still under load, recording goes on where it can and nothing is lost or counted twice', () => {
  it(`the chain for ${CHAIN_HANGS_MS} ms`, async () => {
    const seen = await under(() =>
      world.hang('chain', async () => {
        await Promise.all([delay(CHAIN_HANGS_MS), chainIsMissed()]);
      }),
    );
    // More than the calls that were under way: recording does not wait for the chain.
    expect(seen.actions).toBeGreaterThan(100);
    expect(seen.staleReads).toBeGreaterThan(0);
    await expectNothingLostOrTwice();
    expectCalmLog();
  });

  it(`the database for ${DATABASE_HANGS_MS} ms`, async () => {
    const seen = await under(() => world.hang('database', DATABASE_HANGS_MS));
    expect(seen.errors).toMatchObject({ DATABASE_UNAVAILABLE: expect.any(Number) as number });
    await expectNothingLostOrTwice();
    expectCalmLog();
  });

  it(`both, for ${BOTH_HANG_MS[0]} and ${BOTH_HANG_MS[1]} ms`, async () => {
    await under(() =>
      Promise.all([world.hang('chain', BOTH_HANG_MS[0]), world.hang('database', BOTH_HANG_MS[1])]),
    );
    await expectNothingLostOrTwice();
    expectCalmLog();
  });

  it(`a database that is killed and comes back after ${DATABASE_GONE_MS} ms`, async () => {
    await under(() => world.crashDatabase(DATABASE_GONE_MS));
    await expectNothingLostOrTwice();
    expectCalmLog();
  });

  it('a server stops in order while both hang', async () => {
    const [ended] = await Promise.all([
      delay(BEFORE_MS).then(() => world.stopServer()),
      world.hang('chain', 12_000),
      world.hang('database', 12_000),
    ]);
    expect(ended).toEqual({ code: 0, signal: null });
  });
});
