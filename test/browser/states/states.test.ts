import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant, type WatchedPage } from '../openBrowser.ts';
import { touchIfThere } from '../never/accidents.ts';
import { forgetShifts, stumblesOn, wholly } from '../pageChecks.ts';
import { variantsOf } from '../variants.ts';
import {
  FIRST_ROUND_AFTER_MS,
  RESERVE,
  startWalletService,
  type Cafe,
  type WalletService,
} from '../wallet/walletService.ts';
import { untilLoaded } from '../wallet/visitor.ts';
import { DOTTED_KEYS, wordsOf } from '../wallet/words.ts';
import { intercept } from './intercept.ts';
import { wideWithLongWords } from './longWords.ts';

/** A page of the wallet. */
interface Place {
  readonly path: string;
  /** Path of a page of its own at the top, after that of the wallet; left out for a page of the wallet. */
  readonly top?: string;
  /** Words for a member who has nothing yet. */
  readonly empty: string;
  /** What writes something, and must be off without a connection. */
  readonly acts?: string;
  /** Whether that is for the chain, and off while it is silent. */
  readonly isForChain?: boolean;
  /** Whether it says by itself that the chain is silent: it has numbers of the chain. */
  readonly ages: boolean;
}

const PLACES: readonly Place[] = [
  { path: '/', empty: 'empty.title', acts: 'button.collect', ages: true },
  { path: '/list', empty: 'list.empty', acts: '.cards .page .button', ages: true },
  { path: '/aside', empty: 'aside.title', ages: true },
  { path: '/activity', empty: 'activity.empty', ages: true },
  { path: '/activity/0/3', empty: 'line.none', ages: false },
  { path: '/me', empty: 'me.account', ages: false },
  { path: '/me/receipts', empty: 'receipts.empty', ages: false },
  { path: '/me/keep', empty: 'keep.nothing', acts: 'form .button', ages: false },
  {
    path: '/buyback',
    empty: 'buyback.tooFew',
    acts: '.card .actions button',
    isForChain: true,
    ages: true,
  },
  { path: '/rewards', empty: 'rewards.have', ages: true },
  {
    path: '/rewards/1',
    empty: 'rewards.tooFew',
    acts: '.item-card .actions button',
    isForChain: true,
    ages: true,
  },
  { path: '/orders', empty: 'orders.empty', ages: true },
  { path: '/orders/1', empty: 'orders.none', ages: true },
  { path: '/link', top: '/link', empty: 'ownWallet.nothingYet', ages: false },
  { path: '/money', empty: 'money.none', ages: true },
  { path: '/rules', empty: 'rules.title', ages: true },
  { path: '/rules/versions/0', empty: 'rules.firstVersion', ages: false },
  { path: '/rules/print/0', empty: 'rules.noPrint', ages: false },
  { path: '/rules/changes/1', empty: 'changes.differs', ages: true },
  {
    path: '/rules/changes/1/object',
    empty: 'changes.sheet.nothing',
    acts: 'dialog form .button',
    isForChain: true,
    ages: true,
  },
];

let service: WalletService;
let browser: OpenBrowser;
let cafe: Cafe;
beforeAll(async () => {
  [service, browser] = await Promise.all([startWalletService(), openBrowser()]);
  cafe = await service.openCafe();
  await cafe.earn('mei', [{ rule: 'review', count: 3 }]);
  await cafe.offerItems();
  await cafe.fund(RESERVE);
  await cafe.pass(FIRST_ROUND_AFTER_MS);
  await cafe.pass(DAY_MS);
  await cafe.announceLessForVisits();
  await cafe.act('itemRedeem', { memberId: 'mei', item: 1, quantity: 1, maxPrice: '5.00' });
  await cafe.record('mei', [{ rule: 'visit' }]);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

const MOVES_NOTHING: readonly string[] = ['loaded', 'opened', 'stale', 'offline'];

/** Looks at a page in a state, and keeps a picture. */
async function looks(watched: WatchedPage, place: Place, state: string): Promise<void> {
  // Another page, and words in the place of data, are other heights. Once it is there nothing moves, whatever it says of its age.
  if (!MOVES_NOTHING.includes(state)) await forgetShifts(watched.page);
  const name = place.path === '/' ? 'home' : place.path.slice(1).replaceAll('/', '-');
  const found = [
    ...(await stumblesOn(watched.page, DOTTED_KEYS)),
    ...(await wholly(watched.page, async () => {
      const violations = await watched.violations();
      await watched.shoot(`state-${name}-${state}`);
      return violations;
    })),
    ...watched.problems,
  ];
  expect(found, `${place.path} ${state}`).toEqual([]);
}

/** All variants in the whole matrix; else one by turns, as there are many pages. */
const oneOf = (variants: readonly Variant[], turn: number): readonly Variant[] => {
  const chosen = variants[Math.floor(turn / 4) % variants.length];
  return variants.length > 2 || chosen === undefined ? variants : [chosen];
};

/** Address of a place for a member, good for one visit. */
async function linkTo({ top = '' }: Place, memberId: string): Promise<string> {
  const [page = '', ticket = ''] = (await cafe.link(memberId)).split('#');
  return `${page}${top}#${ticket}`;
}

async function goTo(page: Page, { path, top }: Place): Promise<void> {
  await page.waitForFunction(() => document.getElementById('shell') === null);
  if (top === undefined) await page.evaluate((to) => void (location.hash = to), `#${path}`);
}

/** Everything that writes is there, and off. */
async function isOff({ page }: WatchedPage, { acts }: Place): Promise<void> {
  if (acts === undefined) return;
  const found = await page.locator(acts).all();
  expect(found.length).toBeGreaterThan(0);
  for (const act of found) expect(await act.isDisabled()).toBe(true);
}

describe.skipIf(!HAS_CHROMIUM).each(PLACES.map((place, turn) => ({ ...place, turn })))(
  '$path',
  (place) => {
    const variants = oneOf(variantsOf(place.turn), place.turn);

    it.each(variants)(
      'has nothing wrong in any state: $language $width $theme',
      async (variant) => {
        const say = wordsOf(variant.language);
        let between: Awaited<ReturnType<typeof intercept>> | undefined;
        const watched = await browser.open(await linkTo(place, 'mei'), variant, {
          prepare: async (page) => {
            between = await intercept(page, 'hold');
          },
        });
        const { page, context } = watched;
        const reads = (key: string): Promise<void> =>
          page.getByText(say(key), { exact: true }).first().waitFor();
        const news = (): Promise<unknown> =>
          page.evaluate(() => void dispatchEvent(new Event('online')));

        await goTo(page, place);
        await page.locator('main [aria-busy="true"]').first().waitFor();
        await looks(watched, place, 'loading');

        await between?.treat('fail');
        await reads('couldNotLoad');
        await reads('errors.DATABASE_UNAVAILABLE');
        await looks(watched, place, 'error');

        await between?.treat('pass');
        // The page may have asked again by itself, and taken the button away.
        await touchIfThere(page.getByRole('button', { name: say('tryAgain') }));
        await page.getByRole('alert').first().waitFor({ state: 'detached' });
        await untilLoaded(page);
        await page.reload();
        await untilLoaded(page);
        await looks(watched, place, 'loaded');

        if (place.ages) {
          await between?.treat('stale');
          await news();
          await page.locator('.bar.stale').first().waitFor();
          if (place.isForChain === true) await isOff(watched, place);
          await looks(watched, place, 'stale');
          await between?.treat('pass');
          await news();
          await page.locator('.bar.stale').first().waitFor({ state: 'detached' });
        }

        await context.setOffline(true);
        await page.locator('.bar.offline').first().waitFor();
        await isOff(watched, place);
        await looks(watched, place, 'offline');
        await context.close();

        const other = await browser.open(await linkTo(place, 'nobody-yet'), variant);
        await goTo(other.page, place);
        const words = say(place.empty, {
          ...{ least: '5', settled: '0.00', amount: '0.00', missing: '5.00', price: '5.00' },
        });
        await other.page.getByText(words).first().waitFor();
        await untilLoaded(other.page);
        await looks(other, place, 'empty');
        await other.context.close();
      },
    );
  },
);

describe.skipIf(!HAS_CHROMIUM)('a visitor without a session', () => {
  const at = (variant: Variant, state: string, watched: WatchedPage): Promise<void> =>
    looks(watched, { path: `/sign-in-${variant.language}`, empty: '', ages: false }, state);

  it.each(variantsOf(1))(
    'is told how to come in, with and without a connection: $language $width $theme',
    async (variant) => {
      const say = wordsOf(variant.language);
      const [url = ''] = (await cafe.link('mei')).split('#');
      const watched = await browser.open(url, variant);
      const { page, context } = watched;
      await page.getByText(say('session.none')).first().waitFor();
      await at(variant, 'loaded', watched);
      await page.getByRole('button', { name: say('signIn.open') }).click();
      await page.getByText(say('signIn.none')).first().waitFor();
      await at(variant, 'opened', watched);
      await context.setOffline(true);
      await at(variant, 'offline', watched);
      await context.close();
    },
  );
});

describe.skipIf(!HAS_CHROMIUM)('a program whose operator does not pay', () => {
  it.each(variantsOf(PLACES.length))(
    'says on the first page that nothing new is recorded, and what goes on: $language $width $theme',
    async (variant) => {
      const watched = await browser.open(await cafe.link('mei'), variant, {
        prepare: async (page) => void (await intercept(page, 'paused')),
      });
      const { page } = watched;
      await untilLoaded(page);
      const [home] = PLACES;
      if (home === undefined) throw new Error('There is no first page.');
      const say = wordsOf(variant.language);
      const said = page.getByRole('status').filter({ hasText: say('paused.words') });
      await said.first().waitFor();
      await looks(watched, home, 'paused');
      await watched.context.close();
    },
  );
});

describe.skipIf(!HAS_CHROMIUM)('words that are longer by two fifths', () => {
  it('fit on the narrowest phone, on every page', async () => {
    const watched = await browser.open(await cafe.link('mei'), {
      ...{ language: 'en', width: 390, theme: 'light' },
    });
    const { page } = watched;
    await untilLoaded(page);
    const found: string[] = [];
    for (const { path } of PLACES.filter(({ top }) => top === undefined)) {
      await page.evaluate((to) => {
        location.hash = to;
        location.reload();
      }, `#${path}`);
      await page.waitForLoadState();
      await untilLoaded(page);
      for (const wide of await wideWithLongWords(page)) found.push(`${path}: ${wide}`);
    }
    expect(found).toEqual([]);
    await watched.context.close();
  });
});
