import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { startWalletService, type Cafe, type WalletService } from '../wallet/walletService.ts';
import { wordsOf } from '../wallet/words.ts';

let service: WalletService;
let browser: OpenBrowser;
let cafe: Cafe;
beforeAll(async () => {
  [service, browser] = await Promise.all([startWalletService(), openBrowser()]);
  cafe = await service.openCafe();
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** The catalogues of words, without which a page has nothing to say. */
const CATALOGUES = /\/(?:wallet|console|audit)-[^/]*\.js$/;

interface Face {
  readonly name: string;
  readonly address: () => Promise<string>;
  /** Of what the page shows once it is there. */
  readonly shows: string;
}
const FACES: readonly Face[] = [
  { name: 'wallet', address: () => cafe.link('mei'), shows: '.cards h1' },
  {
    name: 'console',
    address: () => Promise.resolve(`${service.service.url}/console`),
    shows: 'h1',
  },
  { name: 'audit', address: () => Promise.resolve(`${service.service.url}/audit`), shows: 'h1' },
];
const VARIANTS: readonly Variant[] = [
  { language: 'en', width: 390, theme: 'light' },
  { language: 'zh', width: 1280, theme: 'dark' },
];

describe.skipIf(!HAS_CHROMIUM).each(FACES)('the $name whose words do not load', (face) => {
  it.each(VARIANTS)('says so in $language, and loads again', async (variant) => {
    const say = wordsOf(variant.language);
    const watched = await browser.open(await face.address(), variant, {
      prepare: (page) => page.route(CATALOGUES, (route) => route.abort()),
    });
    const { page } = watched;
    await page.getByRole('heading', { name: say('couldNotLoad'), exact: true }).waitFor();
    await page.getByText(say('partLost')).waitFor();
    expect(watched.problems).toEqual([]);
    await watched.shoot(`lost-${face.name}`);
    expect(await watched.violations()).toEqual([]);
    await page.unroute(CATALOGUES);
    await page.getByRole('button', { name: say('loadAgain') }).click();
    await page.getByText(say('partLost')).waitFor({ state: 'detached' });
    await page.locator(face.shows).first().waitFor();
    await watched.context.close();
  });
});
