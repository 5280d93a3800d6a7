import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import {
  startEventfulModules,
  type EventfulModules,
} from '@dewpoint/contracts/testing/eventfulModules.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { variantsOf } from '../variants.ts';
import {
  auditFragment,
  commandJson,
  KEEP_PAGE,
  SAVE_REPORT,
  savedBy,
  startAuditSite,
  verdictOf,
  VERIFY_AGAIN,
  type StartedServer,
} from './auditSite.ts';

const DESK: Variant = { language: 'en', width: 1280, theme: 'light' };
const PHONE: Variant = { language: 'zh', width: 390, theme: 'dark' };

let eventful: EventfulModules;
let browser: OpenBrowser;
let site: StartedServer;
let fragment: string;
let node: string;
beforeAll(async () => {
  [eventful, browser, site] = await Promise.all([
    startEventfulModules(),
    openBrowser(),
    startAuditSite(),
  ]);
  node = eventful.program.chain.url;
  fragment = auditFragment({ program: eventful.program.address, node });
});
afterAll(async () => {
  await Promise.all([browser?.close(), site?.stop(), eventful?.program.stop()]);
});

const nodeHost = (): string => new URL(node).host;
const expected = async (): Promise<string> =>
  (await commandJson(node, eventful.program.address)).text;

describe.skipIf(!HAS_CHROMIUM)('an auditor who opens a link', () => {
  it.each(variantsOf(3))(
    'gets the verdicts of the command line, byte for byte, from the node alone: $language $width $theme',
    async (variant) => {
      const watched = await browser.open(`${site.url}${fragment}`, variant);
      expect(await verdictOf(watched)).toBe('kept');
      expect(await savedBy(watched, SAVE_REPORT)).toBe(await expected());
      expect([...watched.hosts].sort()).toEqual([nodeHost(), site.host].sort());
      expect(await watched.violations()).toEqual([]);
      expect(watched.problems).toEqual([]);
      await watched.shoot('audit-kept');
      await watched.context.close();
    },
  );

  it('has the three questions answered in the first screen of a desk, and the first of them on a phone', async () => {
    for (const [variant, selector] of [
      [DESK, '.question:nth-child(3) .evidence'],
      [PHONE, '.question:nth-child(1) h2'],
    ] as const) {
      const { page, context } = await browser.open(`${site.url}${fragment}`, variant);
      await page.waitForSelector('.verdict.kept');
      const box = await page.locator(selector).boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(
        variant.width === 390 ? 844 : 900,
      );
      await context.close();
    }
  });

  it('moves nothing when less motion is wanted, and nothing jumps while it loads', async () => {
    const { page, context } = await browser.open(`${site.url}${fragment}`, DESK, {
      prepare: (opened) =>
        opened.addInitScript(() => {
          Object.assign(globalThis, { shifted: 0 });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
              (globalThis as unknown as { shifted: number }).shifted += entry.value;
            }
          }).observe({ type: 'layout-shift', buffered: true });
        }),
    });
    await page.waitForSelector('.verdict.kept');
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    const shifted = await page.evaluate(
      () => (globalThis as unknown as { shifted: number }).shifted,
    );
    expect(shifted).toBeLessThan(0.1);
    await context.close();
  });

  it('verifies again when the host of the page is gone', async () => {
    const own = await startAuditSite();
    const watched = await browser.open(`${own.url}${fragment}`, DESK);
    await verdictOf(watched);
    await own.stop();
    const working = watched.page.waitForFunction(() => document.querySelector('.verdict.working'));
    await watched.page.getByRole('button', { name: VERIFY_AGAIN }).click();
    await working;
    expect(await verdictOf(watched)).toBe('kept');
    expect(await savedBy(watched, SAVE_REPORT)).toBe(await expected());
    await watched.context.close();
  });

  it('keeps the page as one file, which does the same from a disk and asks the node alone', async () => {
    const watched = await browser.open(`${site.url}${fragment}`, PHONE);
    await verdictOf(watched);
    const kept = await savedBy(watched, KEEP_PAGE);
    await watched.context.close();
    const file = join(await mkdtemp(join(tmpdir(), 'dewpoint-kept-')), 'audit.html');
    await writeFile(file, kept);
    const opened = await browser.open(pathToFileURL(file).href, DESK);
    expect(await verdictOf(opened)).toBe('kept');
    expect(await savedBy(opened, SAVE_REPORT)).toBe(await expected());
    expect([...opened.hosts]).toEqual([nodeHost()]);
    expect(await opened.violations()).toEqual([]);
    expect(opened.problems).toEqual([]);
    await opened.shoot('audit-from-disk');
    await opened.context.close();
  });

  it('finds its way by keyboard alone, and the focus is never lost', async () => {
    const watched = await browser.open(`${site.url}${fragment}`, DESK);
    const { page } = watched;
    await verdictOf(watched);
    const focused = (): Promise<string> =>
      page.evaluate(
        () =>
          document.activeElement?.getAttribute('aria-label') ??
          document.activeElement?.textContent ??
          '',
      );
    for (let step = 0; step < 30 && (await focused()) !== 'logs: kept'; step++)
      await page.keyboard.press('Tab');
    expect(await focused()).toBe('logs: kept');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
    expect(await page.locator('#promise-logs').getAttribute('open')).not.toBeNull();
    await page.keyboard.press('Enter');
    expect(await page.locator('#promise-logs').getAttribute('open')).toBeNull();
    await watched.context.close();
  });
});

describe.skipIf(!HAS_CHROMIUM)('an auditor who has an address only', () => {
  it('finds the program by it, its chain and a node', async () => {
    const watched = await browser.open(site.url, PHONE);
    const { page } = watched;
    await page.waitForSelector('.start');
    expect(await watched.violations()).toEqual([]);
    await watched.shoot('audit-start');
    await page.getByRole('button', { name: '开始审计' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('0x');
    await page.locator('#program').fill(eventful.program.address);
    await page.locator('#node').fill(node);
    await page.getByRole('button', { name: '开始审计' }).click();
    expect(await verdictOf(watched)).toBe('kept');
    await watched.context.close();
  });

  it('never finds the key of a node in the address or in what is shared', async () => {
    const keyed = `${node}/?apikey=very-secret`;
    const watched = await browser.open(
      `${site.url}${auditFragment({ program: eventful.program.address, node: keyed })}`,
      DESK,
    );
    const { page } = watched;
    expect(await verdictOf(watched)).toBe('kept');
    expect(page.url()).not.toContain('secret');
    expect(await page.locator('body').textContent()).not.toContain('very-secret');
    await watched.context.close();
  });
});
