/** How fast the audit page verifies, beside the command line on the same chain in the same run. */
import { setTimeout as delay } from 'node:timers/promises';
import { buildWeb } from '@dewpoint/infra/start/webBuild.ts';
import {
  auditFragment,
  commandJson,
  startAuditSite,
  verdictOf,
  VERIFY_AGAIN,
} from '../browser/audit/auditSite.ts';
import { openBrowser, type WatchedPage } from '../browser/openBrowser.ts';
import { createApi, type DewpointApi } from '../replay/play/api.ts';
import { createLocalClock } from '../replay/play/localClock.ts';
import type { World } from '../world/world.ts';
import { BENCH_DAY, BENCH_STARTS_AT, inBenchWorld, medianOf } from './benchWorld.ts';

const MEMBERS = 2_500;
/** A statement each for every member and day. */
const DAYS = 4;
const ACTIONS_PER_CALL = 500;
const POLL_MS = 200;
const TURNS = 3;
const MOST_TIMES = 3;

async function recordDays(world: World, api: DewpointApi): Promise<void> {
  const clock = createLocalClock(world.rpcUrl);
  for (let day = 0; day < DAYS; day += 1) {
    const startsAt = BENCH_STARTS_AT + day * BENCH_DAY;
    await clock.atLeast(startsAt);
    const occurredAt = new Date(startsAt * 1_000).toISOString();
    for (let at = 0; at < MEMBERS; at += ACTIONS_PER_CALL) {
      const actions = Array.from({ length: ACTIONS_PER_CALL }, (_none, index) => {
        const memberId = `member-${at + index}`;
        const what = { rule: 'visit', count: 1, amount: '100', occurredAt };
        return { memberId, eventId: `${memberId} ${day}`, ...what };
      });
      await api.record(actions);
    }
  }
  await clock.atLeast(BENCH_STARTS_AT + (DAYS + 2) * BENCH_DAY);
  while ((await api.settlement()).open > 0) await delay(POLL_MS);
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1_000;
}

async function verifyAgain(watched: WatchedPage): Promise<void> {
  const { page } = watched;
  await page.getByRole('button', { name: VERIFY_AGAIN }).click();
  await page.waitForSelector('.verdict.working');
  if ((await verdictOf(watched)) !== 'kept') throw new Error('the page found differences');
}

/** @returns sentences with what was measured, and its bar */
export async function benchAudit(onProgress: (line: string) => void): Promise<string[]> {
  await buildWeb(onProgress);
  return inBenchWorld(onProgress, async (world) => {
    const { rpcUrl, program } = world;
    await recordDays(world, createApi(world.apiUrl(), program));
    onProgress(`${MEMBERS * DAYS} statements are settled`);
    await world.stopServer();
    const [site, browser] = await Promise.all([startAuditSite(), openBrowser()]);
    try {
      const link = auditFragment({ program: program.address, node: rpcUrl });
      const desk = { language: 'en', width: 1280, theme: 'light' } as const;
      const watched = await browser.open(`${site.url}${link}`, desk);
      await verdictOf(watched);
      const command: number[] = [];
      const page: number[] = [];
      // In turns, so that whatever else the machine does slows both.
      for (let turn = 0; turn < TURNS; turn += 1) {
        command.push(await secondsOf(() => commandJson(rpcUrl, program.address)));
        page.push(await secondsOf(() => verifyAgain(watched)));
      }
      const [alone, shown] = [medianOf(command), medianOf(page)];
      const times = (shown / alone).toFixed(2);
      return [
        `verify ${(MEMBERS * DAYS).toLocaleString('en-US')} statements (median of ${TURNS}): command line ${alone.toFixed(2)} s, browser ${shown.toFixed(2)} s, ${times} times as long; the bar is ${MOST_TIMES} times`,
      ];
    } finally {
      await browser.close();
      await site.stop();
    }
  });
}
