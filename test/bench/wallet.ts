/** How soon a phone shows the wallet, and how soon a drop that is touched moves. */
import { setTimeout as delay } from 'node:timers/promises';
import { buildWeb } from '@dewpoint/infra/start/webBuild.ts';
import type { Page } from 'playwright-core';
import { openBrowser, type OpenBrowser, type Variant } from '../browser/openBrowser.ts';
import { askServer, done } from '../chaos/patientClient.ts';
import { bearer } from '../chaos/twoServerStage.ts';
import type { World } from '../world/world.ts';
import { BENCH_STARTS_AT, inBenchWorld, medianOf } from './benchWorld.ts';

/** A phone of the middle of the market, in the way that browsers imitate it. */
const CPU_SLOWDOWN = 4;
const KILOBIT = 1_000 / 8;
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600 * KILOBIT,
  uploadThroughput: 750 * KILOBIT,
};
const PHONE: Variant = { language: 'en', width: 390, theme: 'light' };
const VISITS = 5;
/** After the last drop is drawn, what is larger could still come. */
const QUIET_MS = 1_500;
const BAR_LCP_MS = 1_500;
const BAR_TAP_MS = 50;

interface Measured {
  readonly firstMs: number;
  readonly largestMs: number;
  readonly tapMs: number;
}

interface Paints {
  readonly paints: { first: number; largest: number };
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await page.addInitScript(() => {
    const paints = { first: NaN, largest: NaN };
    Object.assign(globalThis, { paints });
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) {
        if (name === 'first-contentful-paint') paints.first = startTime;
      }
    }).observe({ type: 'paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) paints.largest = startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
}

/** Touches a drop, and measures until the first frame in which it moves. */
async function tapOn(page: Page): Promise<number> {
  await page.evaluate(() => {
    let touchedAt = NaN;
    Object.assign(globalThis, { moved: NaN });
    document
      .querySelector('button.drop.ready')
      ?.addEventListener('pointerdown', ({ timeStamp }) => (touchedAt = timeStamp));
    const animate = Object.getOwnPropertyDescriptor(Element.prototype, 'animate')
      ?.value as Element['animate'];
    Element.prototype.animate = function (...how): Animation {
      // The first thing that moves ends the measurement.
      Element.prototype.animate = animate;
      requestAnimationFrame(() => {
        Object.assign(globalThis, { moved: performance.now() - touchedAt });
      });
      return animate.apply(this, how);
    };
  });
  await page.locator('button.drop.ready').first().click();
  await page.waitForFunction(
    () => !Number.isNaN((globalThis as unknown as { moved: number }).moved),
  );
  return page.evaluate(() => (globalThis as unknown as { moved: number }).moved);
}

async function measureVisit(
  browser: OpenBrowser,
  world: World,
  memberId: string,
): Promise<Measured> {
  const headers = bearer(world.program.apiKey);
  const occurredAt = new Date(BENCH_STARTS_AT * 1_000).toISOString();
  const actions = [
    { memberId, eventId: memberId, rule: 'visit', count: 2, amount: '0', occurredAt },
  ];
  const record = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }`;
  await askServer(world, 0, headers, record, { input: { actions } });
  const payload = await done(world, {
    name: 'walletLinkTicketCreate',
    input: { memberId, idempotencyKey: memberId },
    ...{ selection: 'ticket', headers },
  });
  const { origin } = new URL(world.apiUrl());
  const link = `${origin}/w/${world.program.id}#t=${String(payload['ticket'])}`;
  // Each visit begins with nothing in the cache.
  const { page, context } = await browser.open(link, PHONE, { motion: true, prepare: slowDown });
  await page.locator('button.drop.ready').first().waitFor();
  await delay(QUIET_MS);
  const { first, largest } = await page.evaluate(() => (globalThis as unknown as Paints).paints);
  const tapMs = await tapOn(page);
  await context.close();
  return { firstMs: first, largestMs: largest, tapMs };
}

/** @returns sentences with what was measured, and the bar of each */
export async function benchWallet(onProgress: (line: string) => void): Promise<string[]> {
  await buildWeb(onProgress);
  const measured = await inBenchWorld(onProgress, async (world) => {
    const browser = await openBrowser();
    const visits: Measured[] = [];
    try {
      for (let visit = 0; visit <= VISITS; visit += 1) {
        const found = await measureVisit(browser, world, `visitor-${visit}`);
        const [first, largest] = [found.firstMs.toFixed(0), found.largestMs.toFixed(0)];
        onProgress(
          `visit ${visit}: first paint ${first} ms, largest ${largest} ms, tap ${found.tapMs.toFixed(0)} ms`,
        );
        // The first one warms up the server and the browser.
        if (visit > 0) visits.push(found);
      }
    } finally {
      await browser.close();
    }
    return visits;
  });
  const median = (of: (visit: Measured) => number): string => medianOf(measured.map(of)).toFixed(0);
  return [
    `wallet on a phone (${CPU_SLOWDOWN}x CPU, 1.6 Mbit/s, 150 ms; median of ${VISITS}): first paint ${median(({ firstMs }) => firstMs)} ms, largest ${median(({ largestMs }) => largestMs)} ms; the bar is ${BAR_LCP_MS} ms`,
    `tap to motion on it: ${median(({ tapMs }) => tapMs)} ms; the bar is ${BAR_TAP_MS} ms`,
  ];
}
