import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askServer, done } from '../../chaos/patientClient.ts';
import { bearer, DAY_SECONDS, FIRST_ROUND_AT, STARTS_AT } from '../../chaos/twoServerStage.ts';
import { createApi } from '../../replay/play/api.ts';
import { createLocalClock } from '../../replay/play/localClock.ts';
import { createWorld, type World } from '../../world/world.ts';
import { openBrowser, type OpenBrowser, type WatchedPage } from '../openBrowser.ts';
import { untilLoaded } from '../wallet/visitor.ts';
import { wordsOf } from '../wallet/words.ts';
import { touchIfThere } from './accidents.ts';

const VISIT = { id: 1, perAction: 500n, perUnit: 0n, name: 'visit', text: 'Points for a visit' };
const CAPS = { maxCount: NO_COUNT_CAP, maxPoints: NO_POINTS_CAP, untilEpoch: NO_END };
const say = wordsOf('en');

let dir: string;
let world: World;
let browser: OpenBrowser;
let watched: WatchedPage;
let keys = 0;
const key = (): string => `key-${(keys += 1)}`;

/** Records five visits of a member, right now. */
async function visits(memberId: string): Promise<void> {
  const { timestamp } = await createLocalClock(world.rpcUrl).now();
  const occurredAt = new Date(timestamp * 1_000).toISOString();
  const action = { memberId, eventId: key(), rule: 'visit', count: 5, amount: '0', occurredAt };
  const [result] = await createApi(world.apiUrl(), world.program).record([action]);
  expect(result?.status).toBe('RECORDED');
}

beforeAll(async () => {
  if (!HAS_CHROMIUM) return;
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-killed-'));
  world = await createWorld({
    ...{ dir, startsAt: STARTS_AT, budgetPerEpoch: NO_BUDGET_CAP },
    rules: [{ ...VISIT, ...CAPS }],
    buyback: {
      ...{ firstRoundAt: FIRST_ROUND_AT, periodSeconds: 14 * DAY_SECONDS },
      windowSeconds: 3 * DAY_SECONDS,
      terms: { pricePerPoint: 10_000n, budgetPerRound: 1_000_000n, minTender: 100n },
    },
  });
  await world.startServer();
  await createLocalClock(world.rpcUrl).atLeast(FIRST_ROUND_AT + 60);
  await visits('mei');
  const ticket = await done(world, {
    name: 'walletLinkTicketCreate',
    input: { memberId: 'mei', idempotencyKey: key() },
    ...{ selection: 'ticket', headers: bearer(world.program.apiKey) },
  });
  browser = await openBrowser();
  const { origin } = new URL(world.apiUrl());
  const link = `${origin}/w/${world.program.id}#t=${String(ticket['ticket'])}`;
  watched = await browser.open(link, { language: 'en', width: 390, theme: 'light' });
  await untilLoaded(watched.page);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Presses a button, and kills the server while it works on what that sends. It comes back a little later. */
async function killedAt(page: Page, kind: RegExp, button: Locator): Promise<void> {
  const sent = page.waitForRequest((request) => kind.test(request.postData() ?? ''));
  await button.click();
  await sent;
  await world.killServer();
  await world.startServer();
}

interface Mei {
  readonly balance: { readonly settled: string; readonly pending: string };
  readonly share: { readonly amount: string } | null;
  readonly objections: {
    readonly edges: readonly { readonly node: { readonly amount: string } }[];
  };
}
async function mei(): Promise<Mei> {
  const query = `{ member(memberId: "mei") { balance { settled pending } share(round: 0) { amount }
    objections(first: 5) { edges { node { amount } } } } }`;
  const body = await askServer(world, 0, bearer(world.program.apiKey), query);
  return (body?.data as unknown as { member: Mei }).member;
}

/** Waits until what is said in place of a write is that it is done; a member would press Try again. */
async function isDone(page: Page): Promise<void> {
  const status = page.locator('.transaction-status').last();
  await until('the write is done', async () => {
    if ((await status.textContent())?.includes(say('write.MINED')) === true) return true;
    await touchIfThere(status.getByRole('button', { name: say('tryAgain') }));
    return false;
  });
}

const go = async (page: Page, path: string): Promise<void> => {
  await page.evaluate((to) => void (location.hash = to), `#${path}`);
  await untilLoaded(page);
};

// One after the other: what was collected is offered, and objects.
describe.skipIf(!HAS_CHROMIUM)('when the server is killed in the middle', () => {
  it('points are collected once, and the number is what the chain has', async () => {
    const { page } = watched;
    const collect = page.locator('button.collect');
    await killedAt(page, /mutation Collect/, collect);
    const number = page.locator('.balance-number');
    await until('they are final', async () => {
      // What was not asked for hangs there again, and the member touches it once more.
      await touchIfThere(page.locator('button.collect:not([disabled])'));
      await page.evaluate(() => void dispatchEvent(new Event('online')));
      return (await number.getAttribute('data-points')) === '25.00';
    });
    expect((await mei()).balance).toEqual({ settled: '25.00', pending: '0.00' });
  });

  it('points are offered once', async () => {
    const { page } = watched;
    await go(page, '/buyback');
    await page.locator('.card .actions button').last().click();
    await page.locator('.amount-input').fill('7');
    await killedAt(page, /mutation Tender/, page.locator('dialog button[type="submit"]'));
    await isDone(page);
    await page.locator('.offered-number', { hasText: '7.00' }).waitFor();
    expect((await mei()).share).toEqual({ amount: '7.00' });
  });

  it('an objection counts once', async () => {
    const { page } = watched;
    const text = VISIT.text;
    const rule = { ruleId: 1, name: 'visit', text, perAction: '4.00' };
    await done(world, {
      name: 'changeAnnounce',
      input: { terms: { ruleSet: { rules: [rule] } }, idempotencyKey: key() },
      selection: 'transaction { id status }',
      headers: bearer(world.program.operatorApiKey),
    });
    await go(page, '/rules/changes/1/object');
    await page.locator('dialog input').fill('1');
    await killedAt(page, /mutation Object/, page.locator('dialog button[type="submit"]'));
    await isDone(page);
    expect((await mei()).objections.edges).toEqual([{ node: { amount: '1.00' } }]);
    expect(watched.problems).toEqual([]);
  });
});
