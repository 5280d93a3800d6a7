import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { verify } from '@dewpoint/contracts/verifier/verify.ts';
import type { Fault } from '@dewpoint/server/testing/payments/stripeStandIn.ts';
import type { Received } from '@dewpoint/server/testing/webhooks/receiver.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEndState } from '../endState.ts';
import { startLoad, type Load } from '../load.ts';
import { seededRandom } from '../seededRandom.ts';
import { watchBalances, type BalanceWatch } from './balanceWatch.ts';
import { billedHours, faultsOfDeliveries, missingEvents, openDeliveries } from './judgements.ts';
import { askApi, openLiveWorld, type LiveWorld } from './liveWorld.ts';
import { allIsBack, hashesOf, OUTAGE_KINDS, type OutageStage } from './outageKinds.ts';

/** The long form goes on for five minutes; `npm test` has one outage of each sort, in half a minute. */
const LONG = process.env.DEWPOINT_CHAOS === 'long';
const LASTS_MS = LONG ? 300_000 : 0;
const OUTAGE_MS = LONG ? 6_000 : 500;
/** Before and after an outage, so many actions are recorded in peace. */
const CALM_ACTIONS = LONG ? 300 : 20;
const TIMEOUT_MS = LONG ? 1_200_000 : 900_000;
const WAIT = { timeout: 240_000, interval: 250 };
const SEED = Number(process.env.DEWPOINT_CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));

const { chainHangs, chainDies, chainFallsBack, chainLags, databaseHangs, databaseDies } =
  OUTAGE_KINDS;
/** One that dies, one that hangs, one that lies; it takes a database that hangs a quarter of a minute to be missed. */
const KINDS = LONG
  ? [chainHangs, chainDies, chainFallsBack, chainLags, databaseHangs, databaseDies]
  : [chainHangs, chainFallsBack, databaseDies];
/** What Stripe does meanwhile: see the stand-in. It takes one that hangs ten seconds to be given up. */
const STRIPE_FAULTS: readonly Fault[] = LONG
  ? ['DIE_BEFORE', 'DIE_AFTER', 'HANG', 'LIE']
  : ['LIE', 'DIE_AFTER', 'DIE_BEFORE'];

const DAY_SECONDS = 86_400;
/** Any day will do: the chain's clock begins here, and no epoch ends in this test. */
const STARTS_AT = 20_000 * DAY_SECONDS;
const POINTS_PER_ACTION = 100n;
const VISIT = { id: 1, perAction: POINTS_PER_ACTION, perUnit: 0n, name: 'visit', text: '' };
const RULES = [{ ...VISIT, maxCount: NO_COUNT_CAP, maxPoints: NO_POINTS_CAP, untilEpoch: NO_END }];
/** So many that none comes near the most actions of an epoch. */
const MEMBERS = Array.from({ length: LONG ? 80 : 20 }, (_none, n) => `member-${n}`);
const PAUSE_MS = 50;
/** The service looks every two seconds for what is to be billed. */
const BILLING_LOOKS_MS = 2_500;
/** By an old head, a call is signed with a number that was used since: the chain refuses it, and it is made anew. */
const IS_OF_LIES = /ERC2771ForwarderInvalidSigner.*a transaction reverted/;
/** Of a hundred deliveries, the app refuses so many at first. */
const REFUSED_BY_APP = 5;

const random = seededRandom(SEED);
/** How many deliveries there are is another number each time, and the outages are the same. */
const refusals = seededRandom(SEED + 1);
/** Takes all of them in turn, in another order each time. */
function dealt<T>(all: readonly T[]): () => T {
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = [...all];
    const [taken] = left.splice(Math.floor(random() * left.length), 1);
    if (taken === undefined) throw new Error('there is nothing to deal');
    return taken;
  };
}

let dir: string;
let live: LiveWorld;
let watch: BalanceWatch;
const logged: string[] = [];
/** Actions that clients were promised, by member, in hours that are over, and by hour. */
const promised = new Map<string, number>();
const promisedIn = new Map<number, number>();
let items = 0;
let load: Load | null = null;
const taken: Received[] = [];
const wrong: string[] = [];
const before = new Map<number, Set<string>>();

const promisedTo = (memberId: string): bigint =>
  BigInt((promised.get(memberId) ?? 0) + (load?.promisedTo(memberId) ?? 0)) * POINTS_PER_ACTION;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-live-outages-'));
  live = await openLiveWorld({
    ...{ dir, startsAt: STARTS_AT, rules: RULES, onLog: (line) => logged.push(line) },
  });
  live.app.answerBy((delivery) => {
    const isRefused = refusals() * 100 < REFUSED_BY_APP;
    if (!isRefused) taken.push(delivery);
    return { status: isRefused ? 500 : 200 };
  });
  watch = watchBalances(live, MEMBERS, promisedTo);
}, TIMEOUT_MS);

afterAll(async () => {
  // A test that failed has not stopped it; what failed before these were there is told by itself.
  await (watch as BalanceWatch | undefined)?.stop().catch(() => undefined);
  await (live as LiveWorld | undefined)?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Numbers of hours of billing that the service says to be open, by its page of metrics; null while it does not know. */
async function openHours(): Promise<number | null> {
  const response = await fetch(new URL('/metrics', live.world.apiUrl()));
  const found = /^dewpoint_meter_hours_open (\S+)$/m.exec(await response.text());
  return found === null || found[1] === 'Nan' ? null : Number(found[1]);
}

/** Lets Stripe fail while something lasts: until it has failed an event of the meter, and the service says that hours are open. */
async function whileStripeFails(fault: Fault, lasts: () => Promise<unknown>): Promise<void> {
  let met = 0;
  live.stripe.fail(({ path }) => {
    if (!path.endsWith('/meter_events')) return null;
    met += 1;
    return fault;
  });
  try {
    await lasts();
    await expect.poll(() => met, WAIT).toBeGreaterThan(0);
    await expect.poll(openHours, WAIT).toBeGreaterThan(0);
  } finally {
    live.stripe.fail(() => null);
  }
}

/** Members collect all the time, so that there is always something to settle and to tell. @returns what ends it */
function startCollecting(): () => Promise<void> {
  const { world } = live;
  let stopping = false;
  const collecting = (async () => {
    for (let turn = 0; !stopping; turn += 1) {
      const memberId = MEMBERS[turn % MEMBERS.length];
      const collect = `mutation { dropsCollect(input: { memberId: "${memberId}" }) { userErrors { code } } }`;
      // What is away now is collected at the end.
      await askApi(world, world.program.apiKey, collect);
      await delay(PAUSE_MS);
    }
  })();
  // Told by who stops it.
  collecting.catch(() => undefined);
  return () => {
    stopping = true;
    return collecting;
  };
}

/**
 * An hour of billing. The clock is moved into it once every call of the hour before has its answer: so each action is of a known hour,
 * and the minutes that billing leaves to writes under way, which this skips, have none to wait for. What it then bills meets the outage.
 */
async function hour(number: number, stage: OutageStage, next: Dealer): Promise<void> {
  const [kind, fault] = [next.kind(), next.fault()];
  const beganMs = Date.now();
  live.clock.nextHour();
  const own = startLoad(live.world, `hour-${number}`, MEMBERS, PAUSE_MS);
  const untilMore = async (): Promise<void> => {
    const enough = own.seen().actions + CALM_ACTIONS;
    const isOver = (): boolean => own.seen().actions >= enough || own.seen().faults.length > 0;
    await expect.poll(isOver, WAIT).toBe(true);
  };
  const outage = async (): Promise<void> => {
    // What is billed of the hour before meets it at its first step, or later.
    if (random() < 0.5) await untilMore();
    await Promise.all([kind.run(stage, OUTAGE_MS), live.tellOfPlan(), live.tellOfPlan()]);
  };
  load = own;
  const stopCollecting = startCollecting();
  // Nothing was recorded before the first hour.
  if (number === 0) await outage();
  else await whileStripeFails(fault, outage);
  await allIsBack(live);
  await untilMore();
  await stopCollecting();
  const { actions, items: added } = await own.stop();
  expect(own.seen().faults).toEqual([]);
  // Nobody adds to them from here on.
  load = null;
  for (const [member, count] of actions) promised.set(member, (promised.get(member) ?? 0) + count);
  items += added;
  const count = [...actions.values()].reduce((sum, of) => sum + of, 0);
  promisedIn.set(live.clock.hour(), count);
  wrong.push(...(await watch.judge()));
  const stripe = number === 0 ? '' : `, Stripe: ${fault}`;
  const { errors, reads, staleReads } = own.seen();
  const seen = JSON.stringify({ actions: count, items: added, reads, staleReads, errors });
  if (LONG) console.log(`${kind.name}${stripe}, ${Date.now() - beganMs} ms: ${seen}`);
}

interface Dealer {
  readonly kind: () => (typeof KINDS)[number];
  readonly fault: () => Fault;
}

/** Settles everything, and looks whether each promised action has been counted, once. */
async function expectCountedOnce(): Promise<void> {
  const { world } = live;
  for (const memberId of promised.keys()) {
    const collect = `mutation { dropsCollect(input: { memberId: "${memberId}" }) { userErrors { code } } }`;
    expect(await askApi(world, world.program.apiKey, collect)).toMatchObject({ codes: [] });
  }
  const count = [...promised.values()].reduce((sum, of) => sum + of, 0);
  const supply = String(BigInt(count) * POINTS_PER_ACTION);
  const nothingPends = async (): Promise<string> => {
    const settled = '{ program { supply { issued } settlement { open } } }';
    const { data } = await askApi(world, world.program.operatorApiKey, settled);
    return JSON.stringify(data);
  };
  const issued = `${count}.00`;
  await expect
    .poll(nothingPends, WAIT)
    .toBe(JSON.stringify({ program: { supply: { issued }, settlement: { open: 0 } } }));
  const end = await readEndState(world, RULES);
  expect(Object.keys(end.actions)).toHaveLength(count);
  expect(end.supply).toBe(supply);
  const wanted = [...promised].map(([memberId, of]) => [memberId, `${BigInt(of) * 100n}`] as const);
  expect(end.balances).toEqual(Object.fromEntries(wanted));
  const report = await verify({
    provider: new HttpRpc(world.rpcUrl),
    program: world.program.address,
  });
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  const { data } = await askApi(
    world,
    world.program.operatorApiKey,
    `{ program { last: item(number: ${items}) { number } more: item(number: ${items + 1}) { number } } }`,
  );
  expect(data).toEqual({ program: { last: { number: items }, more: null } });
}

/** Lets hours pass until Stripe's sums were looked at, and compares all three counts. */
async function expectBilledOnce(): Promise<void> {
  const hours = [...promisedIn].map(([at, count]) => ({
    ...{ hour: at, state: 'CONFIRMED', ledger: count, logged: count, billed: count, events: 1 },
  }));
  const anHourLater = (): Promise<unknown> => {
    live.clock.nextHour();
    return billedHours(live);
  };
  // What is not acknowledged is sent again, and what is, is looked for an hour later.
  await expect.poll(anHourLater, { ...WAIT, interval: BILLING_LOOKS_MS }).toEqual(hours);
  const all = live.stripe.state.meterEvents.reduce((sum, { value }) => sum + value, 0);
  expect(all).toBe([...promisedIn.values()].reduce((sum, of) => sum + of, 0));
  expect(await openHours()).toBe(0);
}

async function expectToldOnce(): Promise<void> {
  await expect.poll(() => openDeliveries(live), WAIT).toBe(0);
  expect(faultsOfDeliveries(live.app.received, live.secret)).toEqual([]);
  const numbers = new Set(live.app.received.flatMap(({ data }) => (data['block'] as number) ?? []));
  const after = await hashesOf(live, [...numbers]);
  const lost = (block: number): boolean =>
    [...(before.get(block) ?? [])].some((hash) => hash !== after.get(block));
  const { missing, compared } = await missingEvents(live, taken, lost);
  expect(missing).toEqual([]);
  if (LONG) {
    const ids = new Set(taken.map(({ id }) => id)).size;
    console.log(`${compared} events of the chain, ${ids} told, in ${taken.length} deliveries`);
  }
}

it(
  `nothing is lost, nothing twice, and what is stale says so, whatever dies, hangs or lies while webhooks, billing and recording go on (seed ${SEED})`,
  async () => {
    const stage: OutageStage = {
      ...{ live, watch, before },
      recorded: () => load?.seen().actions ?? 0,
    };
    const next: Dealer = { kind: dealt(KINDS), fault: dealt(STRIPE_FAULTS) };
    const beganMs = Date.now();
    for (let number = 0; number < KINDS.length || Date.now() - beganMs < LASTS_MS; number += 1) {
      await hour(number, stage, next);
    }
    expect(wrong).toEqual([]);
    await expectCountedOnce();
    await expectBilledOnce();
    await expectToldOnce();
    await watch.stop();
    const known = ['CHAIN_UNAVAILABLE', 'DATABASE_UNAVAILABLE', 'OVERLOADED'];
    expect(Object.keys(watch.codes).filter((code) => !known.includes(code))).toEqual([]);
    // An error that nobody expected, or a stack of one that came too late.
    const told = logged.filter((line) => /"level":(50|60)|HEADERS_SENT/.test(line));
    expect(told.filter((line) => !IS_OF_LIES.test(line))).toEqual([]);
  },
  TIMEOUT_MS,
);
