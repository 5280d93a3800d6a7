import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import { MUTATION_SETTINGS } from '@dewpoint/server/testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '@dewpoint/server/testing/builders/time.ts';
import { startService, until, type TestService } from '@dewpoint/server/testing/service.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop } from '../embed/shop.ts';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { sendOn } from '../sendOn.ts';
import { openWithWallet, type OwnVisit } from './ownVisit.ts';
import { WALLET_NAME } from './scriptedWallet.ts';
import { wordsOf } from '../wallet/words.ts';

const DESK: Variant = { language: 'en', width: 1280, theme: 'light' };
const PHONE: Variant = { language: 'zh', width: 390, theme: 'dark' };
const VISITS = 10;

let service: TestService;
let browser: OpenBrowser;
beforeAll(async () => {
  [service, browser] = await Promise.all([
    startService({ settings: MUTATION_SETTINGS }),
    openBrowser(),
  ]);
  await Promise.all(['mei', 'li', 'an'].map((memberId) => service.earn(memberId, VISITS)));
  await service.moveClockTo(STARTS_AT_MS + 3 * DAY_MS);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

const sessionOf = async (memberId: string): Promise<string> => {
  const create = `mutation ($input: MemberSessionCreateInput!) { memberSessionCreate(input: $input) { token } }`;
  const input = { memberId, idempotencyKey: service.key() };
  const { data } = await service.ask(service.mine.key, create, { input });
  return (data?.['memberSessionCreate'] as { token: string }).token;
};
const ticketOf = async (memberId: string): Promise<string> => {
  const create = `mutation ($input: WalletLinkTicketCreateInput!) { walletLinkTicketCreate(input: $input) { ticket } }`;
  const input = { idempotencyKey: service.key() };
  const { data } = await service.ask(await sessionOf(memberId), create, { input });
  return (data?.['walletLinkTicketCreate'] as { ticket: string }).ticket;
};
interface Known {
  readonly ownAccount: string | null;
  readonly balance: { readonly settled: string; readonly tendered: string };
  readonly share: { readonly amount: string; readonly holder: string } | null;
}
const known = async (memberId: string): Promise<Known> => {
  const query = `{ member(memberId: "${memberId}") { ownAccount balance { settled tendered } share(round: 0) { amount holder } } }`;
  const { data } = await service.ask(service.mine.key, query);
  return data?.['member'] as Known;
};

const open = (path: string, variant: Variant): Promise<OwnVisit> =>
  openWithWallet({ service, browser }, `${service.url}${path}`, variant);

const walletPath = (): string => `/w/${service.mine.program.id}`;
const sent = ({ wallet }: OwnVisit): number => wallet.paramsOf('eth_sendTransaction').length;
/** Opens the page of the buyback, at the top. */
async function toBuyback(story: OwnVisit): Promise<void> {
  await story.page.goto(`${service.url}${walletPath()}#/buyback`);
  // The page is another one than that of the link: the rest of the address alone would load nothing.
  await story.sees('buyback.title');
}

/** Begins to offer everything. */
async function offer(story: OwnVisit, amount: string): Promise<void> {
  const { page } = story;
  const { language } = story.variant;
  const points = wordsOf(language)('points');
  await story.press('round.sell', { points });
  await page.locator('dialog[open] input[inputmode="decimal"]').fill(amount);
  await story.press('buyback.offer', { points, amount });
  await page.locator('dialog[open] .call-sheet').waitFor();
}

describe.skipIf(!HAS_CHROMIUM)('a member with an own wallet', () => {
  it.each([
    ['mei', DESK],
    ['li', PHONE],
  ] as const)(
    'links it by a way in, moves the account, and offers from it: %s',
    async (memberId, variant) => {
      const story = await open(`${walletPath()}/link#t=${await ticketOf(memberId)}`, variant);
      const { page, wallet } = story;
      const points = wordsOf(variant.language)('points');
      await story.sees('ownWallet.choose');
      await story.checked('own-link-choose');
      // It does not know the chain, and is told of it.
      wallet.next('wallet_switchEthereumChain', 'unknownChain');
      wallet.next('eth_signTypedData_v4', 'reject');
      await story.pressWallet();
      await story.sees('ownWallet.sign.title');
      await story.checked('own-link-sign');
      expect(wallet.paramsOf('wallet_addEthereumChain')).toEqual([
        [expect.objectContaining({ chainId: '0x7a69', rpcUrls: [expect.any(String) as string] })],
      ]);
      // The person says no: nothing is said, and nothing has happened.
      await story.press('ownWallet.sign.sign', { wallet: WALLET_NAME });
      await until('it was asked', () =>
        Promise.resolve(wallet.asked.includes('eth_signTypedData_v4')),
      );
      expect(await page.getByRole('alert').count()).toBe(0);
      await story.press('ownWallet.sign.sign', { wallet: WALLET_NAME });
      await story.sees('ownWallet.moved');
      await story.checked('own-link-moved');
      await until('it is the wallet of the member', async () => {
        return (await known(memberId)).ownAccount === wallet.address;
      });

      await toBuyback(story);
      await offer(story, '5.00');
      await story.sees('ownWallet.call.tender', { amount: '5.00', points, number: 0 });
      await story.sees('ownWallet.fee');
      await story.checked('own-call');
      expect(sent(story)).toBe(0);
      wallet.next('eth_sendTransaction', 'reject');
      await story.pressWallet();
      await until('it was asked', () => Promise.resolve(sent(story) === 1));
      await page.getByRole('button', { name: WALLET_NAME, exact: true }).last().isEnabled();
      expect(await page.getByRole('alert').count()).toBe(0);
      await story.pressWallet();
      await page.locator('.transaction-status.done').waitFor();
      await story.checked('own-offered');
      expect((await known(memberId)).share).toEqual({ amount: '5.00', holder: wallet.address });
      const [, [call]] = wallet.paramsOf('eth_sendTransaction') as [unknown, [object]];
      expect(call).toMatchObject({
        from: wallet.address,
        to: service.mine.program.buyback,
        value: '0x0',
      });

      // Without the app: the wallet signs the member in, in a page that knows nobody.
      await page.evaluate(() => sessionStorage.clear());
      await page.reload();
      await story.press('signIn.open');
      await page.getByRole('button', { name: WALLET_NAME, exact: true }).waitFor();
      await story.checked('own-sign-in');
      wallet.next('personal_sign', 'reject');
      await story.pressWallet();
      await until('it was asked', () => Promise.resolve(wallet.asked.includes('personal_sign')));
      expect(await page.getByRole('alert').count()).toBe(0);
      await story.pressWallet();
      await story.sees('buyback.youOffer');
      await page.reload();
      await story.sees('buyback.youOffer');
      await story.end();
    },
  );

  it('is not signed in by a wallet that is linked to nobody, and is told where to link it', async () => {
    const story = await open(walletPath(), PHONE);
    await story.press('signIn.open');
    await story.pressWallet();
    await story.page.getByRole('alert').waitFor();
    await story.sees('signIn.notLinked', { points: '' });
    // The tabs at the bottom cover what is not scrolled up.
    await story.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await story.checked('own-not-linked');
    await story.end();
  });

  it('refuses a call that is not what was asked for, in red, and does not ask the wallet', async () => {
    const story = await open(`${walletPath()}/link#t=${await ticketOf('an')}`, DESK);
    const { page, wallet } = story;
    await story.link();
    /** What a service that went bad makes of the call of an offer. */
    let doctor: (call: { to: string; data: string; chainId: number }) => void = () => undefined;
    await page.route('**/graphql', async (route) => {
      if (!(route.request().postData() ?? '').includes('roundTender(')) return route.continue();
      const response = await sendOn(route);
      const body = (await response.json()) as {
        data?: { payload?: { call?: Parameters<typeof doctor>[0] | null } };
      };
      const call = body.data?.payload?.call;
      if (call != null) doctor(call);
      await route.fulfill({ response, json: body });
    });
    await toBuyback(story);
    const doctors: readonly [string, typeof doctor][] = [
      ['numbers', (call) => (call.data = call.data.replace(/.$/, 'f'))],
      ['contract', (call) => (call.to = wallet.address)],
      ['bytes', (call) => (call.data += '00')],
      ['chain', (call) => (call.chainId = 1)],
    ];
    for (const [flaw, change] of doctors) {
      doctor = change;
      await offer(story, '3.00');
      await page.locator('dialog[open] [role="alert"]').waitFor();
      await story.sees(`ownWallet.flaw.${flaw}`);
      expect(await page.getByRole('button', { name: WALLET_NAME, exact: true }).count()).toBe(0);
      if (flaw === 'numbers') await story.checked('own-call-doctored');
      await page.keyboard.press('Escape');
    }
    expect(sent(story)).toBe(0);
    expect((await known('an')).share).toBeNull();

    await page.unrouteAll({ behavior: 'wait' });
    // Loaded again while the wallet is asked: the member is asked, and the wallet only when the member says so.
    wallet.next('eth_sendTransaction', 'silent');
    await offer(story, '3.00');
    await story.pressWallet();
    await until('the wallet is asked', () => Promise.resolve(sent(story) === 1));
    await page.reload();
    await page.locator('.transaction-status.waiting').waitFor();
    await story.sees('write.unsure');
    await story.checked('own-unsure');
    expect(sent(story)).toBe(1);
    await story.press('write.goOn');
    await story.press('ownWallet.unsure.again');
    await story.pressWallet();
    await page.locator('.transaction-status.done').waitFor();
    expect([sent(story), (await known('an')).share?.amount]).toEqual([2, '3.00']);

    await inFrame(story);
    await story.end();
  });
});

/** In the frame of a shop no wallet is: it goes on in a page of its own. */
async function inFrame({ variant }: OwnVisit): Promise<void> {
  const shop = await startShop(service.url, service.mine, 'an');
  const set = `mutation ($input: ProgramLookSetInput!) { programLookSet(input: $input) { userErrors { code } } }`;
  const input = { origins: [shop.origin], idempotencyKey: service.key() };
  await service.ask(service.mine.key, set, { input });
  await until('the shop may show it', async () => {
    const { headers } = await fetch(`${service.url}/embed/${service.mine.program.id}`);
    return headers.get('content-security-policy')?.includes(shop.origin) === true;
  });
  const words = wordsOf(variant.language);
  const points = words('points');
  const { page, context, problems } = await browser.open(shop.origin, variant);
  const frame = page.frameLocator('iframe');
  const press = (key: string, values = {}): Promise<void> =>
    frame
      .getByRole('button', { name: words(key, values), exact: true })
      .last()
      .click();
  await frame.getByRole('link', { name: words('tabs.buyback') }).click();
  await press('buyback.offerMore');
  await press('buyback.offer', { points, amount: '17.00' });
  await frame.getByText(words('ownWallet.frame.words')).waitFor();
  const [opened] = await Promise.all([context.waitForEvent('page'), press('ownWallet.frame.open')]);
  await opened.waitForURL(`${service.url}${walletPath()}#/buyback`);
  await opened.getByRole('button', { name: words('buyback.offerMore'), exact: true }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
  await shop.close();
}
