import { setTimeout as delay } from 'node:timers/promises';
import type { Download, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenBrowser, Variant, WatchedPage } from '../openBrowser.ts';
import { describeOpenPages } from '../openPages.ts';
import { forgetShifts, stumblesOn, wholly } from '../pageChecks.ts';
import type { Cafe } from './walletService.ts';
import { DOTTED_KEYS, wordsOf, type Say } from './words.ts';

/** What a visitor has: a finger or a mouse, or a keyboard alone. */
export type Hands = 'pointer' | 'keys';

/** How somebody visits the wallet. */
export interface Visit {
  readonly cafe: Cafe;
  readonly memberId: string;
  readonly variant: Variant;
  readonly hands: Hands;
  /** First word of the names of its pictures. */
  readonly story: string;
}

/** A member in the wallet. */
export interface Visitor {
  readonly watched: WatchedPage;
  readonly page: Page;
  readonly say: Say;
  readonly hands: Hands;
  /** Touches something, or goes to it by the keyboard and presses Enter. */
  press(target: Locator): Promise<void>;
  /** Writes into a field. */
  type(target: Locator, text: string): Promise<void>;
  /** Presses something that saves a file. */
  save(target: Locator): Promise<Download>;
  button(key: string, values?: Parameters<Say>[1]): Locator;
  link(key: string, values?: Parameters<Say>[1]): Locator;
  /** Waits until some words of the wallet are seen. */
  reads(key: string, values?: Parameters<Say>[1]): Promise<void>;
  /** Has the page ask for what is new, which it does by itself a little later. */
  hearsNews(): Promise<void>;
  /** Looks at the page as it is: nothing may be wrong with it. Keeps a picture. */
  looks(name: string): Promise<void>;
  /** Makes an error that says as well what was being done, and what is seen. Keeps a picture. */
  explained(error: unknown): Promise<Error>;
}

const MOST_TABS = 120;
const LOOK_AGAIN_MS = 50;
/** A busy machine takes a while for what takes a moment. */
const PRESSABLE_WITHIN_MS = 60_000;

/** Opens the wallet of a member by a fresh link, and waits until it has its data. */
export async function visit(
  browser: OpenBrowser,
  { cafe, memberId, variant, hands, story }: Visit,
): Promise<Visitor> {
  const url = await cafe.link(memberId);
  const watched = await browser.open(url, variant);
  const { page } = watched;
  const host = new URL(url).host;
  const say = wordsOf(variant.language);
  await page.waitForSelector('.cards h1, .page h1');
  await untilLoaded(page);
  let hasPressed = false;
  // News and what a write does may move what is below them; a page that loads may not.
  let hasNews = false;
  let lastStep = 'the page was opened';
  const focus = async (target: Locator): Promise<void> => {
    await target.first().waitFor();
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      const isThere = await target
        .first()
        .evaluate((element) => element === document.activeElement)
        .catch(() => false);
      if (isThere) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not lead to ${String(target)}`);
  };
  const press = async (target: Locator): Promise<void> => {
    lastStep = `${String(target)} was to be pressed`;
    hasPressed = true;
    hasNews ||= (await target.first().evaluate(({ tagName }) => tagName)) !== 'A';
    if (hands === 'pointer') return target.first().click();
    const giveUpAtMs = Date.now() + PRESSABLE_WITHIN_MS;
    while (!(await target.first().isEnabled())) {
      if (Date.now() > giveUpAtMs) throw new Error(`${String(target)} stays off`);
      await delay(LOOK_AGAIN_MS);
    }
    await focus(target);
    await page.keyboard.press('Enter');
  };
  const visitor: Visitor = {
    ...{ watched, page, say, hands, press },
    type: async (target, text) => {
      lastStep = `${text} was to be written into ${String(target)}`;
      if (hands === 'pointer') return target.first().fill(text);
      await focus(target);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
    save: async (target) => {
      const [download] = await Promise.all([page.waitForEvent('download'), press(target)]);
      return download;
    },
    button: (key, values) => page.getByRole('button', { name: say(key, values), exact: true }),
    link: (key, values) => page.getByRole('link', { name: say(key, values), exact: true }),
    reads: (key, values) => {
      lastStep = `"${say(key, values)}" was to be read`;
      return page.getByText(say(key, values)).first().waitFor();
    },
    hearsNews: async () => {
      hasNews = true;
      lastStep = 'the page was to ask for news';
      const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
      await page.evaluate(() => void dispatchEvent(new Event('online')));
      await answered;
    },
    looks: async (name) => {
      await untilLoaded(page);
      const { language, width, theme } = variant;
      const where = `${story}-${name} ${language} ${width} ${theme}`;
      lastStep = `${where} was to be looked at`;
      const isLost = await page.evaluate(() => document.activeElement === document.body);
      expect(hasPressed && isLost, `${where}: the focus is lost`).toBe(false);
      // The pages are the same ones: another look at them is for other eyes.
      if (hands === 'keys') return;
      await page.waitForFunction(() => document.getAnimations().length === 0);
      if (hasNews) await forgetShifts(page);
      hasNews = false;
      const found = [
        // What jumped before the page is measured.
        ...(await stumblesOn(page, DOTTED_KEYS)),
        ...(await wholly(page, async () => {
          const violations = await watched.violations();
          await watched.shoot(`${story}-${name}`);
          return violations;
        })),
        ...watched.problems,
        ...[...watched.hosts].filter((other) => other !== host),
      ];
      expect(found, where).toEqual([]);
    },
    explained: async (error) => {
      await watched.shoot(`failed-${story}`).catch(() => undefined);
      const words = error instanceof Error ? error.message : String(error);
      const pages = await describeOpenPages();
      return new Error([words, `Last: ${lastStep}`, ...pages].join('\n\n'), { cause: error });
    },
  };
  return visitor;
}

/** Waits until nothing of the page is in the place of something that comes. */
export async function untilLoaded(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('#shell') === null &&
      document.querySelector('[aria-busy="true"]') === null &&
      !document.querySelector('.balance-number')?.textContent?.includes('\u2013'),
  );
  await page.evaluate(() => document.fonts.ready);
}
