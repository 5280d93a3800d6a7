import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import { startService, until, type TestService } from '@dewpoint/server/testing/service.ts';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant, type WatchedPage } from '../openBrowser.ts';
import { startShop, type Shop } from './shop.ts';

const DESK: Variant = { language: 'en', width: 1280, theme: 'light' };
const PHONE: Variant = { language: 'zh', width: 390, theme: 'dark' };
const VISITS = 3;

let service: TestService;
let browser: OpenBrowser;
/** One that the program allows, and one that it does not. */
let shop: Shop;
let stranger: Shop;
beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), openBrowser()]);
  shop = await startShop(service.url, service.mine);
  stranger = await startShop(service.url, service.mine);
  await service.earn('mei', VISITS);
  const set = `mutation ($input: ProgramLookSetInput!) { programLookSet(input: $input) { userErrors { code } } }`;
  const input = { origins: [shop.origin], idempotencyKey: service.key() };
  expect(await service.ask(service.mine.key, set, { input })).toEqual({
    data: { programLookSet: { userErrors: [] } },
  });
  await until('the page is allowed', async () => (await policy()).includes(shop.origin));
});
afterAll(async () => {
  await Promise.all([browser?.close(), shop?.close(), stranger?.close()]);
  await service?.close();
});

const framePath = (): string => `/embed/${service.mine.program.id}`;
const policy = async (): Promise<string> =>
  (await fetch(`${service.url}${framePath()}`)).headers.get('content-security-policy') ?? '';

/** What a visit may have leaked: everything that was asked for and said. */
interface Traces {
  readonly urls: string[];
  readonly said: string[];
  readonly tokens: string[];
  /** Names of the wallet's events that the page heard. */
  events(): Promise<string[]>;
}

interface Visit extends WatchedPage, Traces {}

const EVENTS = ['ready', 'resize', 'balance', 'collected', 'sessionExpired', 'openTop', 'error'];

async function prepare(page: Page, traces: Omit<Traces, 'events'>): Promise<void> {
  page.on('request', (request) => traces.urls.push(request.url()));
  page.on('console', (message) => traces.said.push(message.text()));
  page.on('response', (response) => {
    if (!response.url().endsWith('/dewpoint/session')) return;
    void response.json().then(
      ({ token }: { token: string }) => traces.tokens.push(token),
      () => undefined,
    );
  });
  await page.addInitScript((names) => {
    if (window !== window.top) return;
    const heard: { type: string; detail: unknown }[] = [];
    Object.assign(window, { heard });
    for (const name of names) {
      addEventListener(`dewpoint:${name}`, (event) => {
        heard.push({ type: name, detail: (event as CustomEvent<unknown>).detail });
      });
    }
  }, EVENTS);
}

async function visit(url: string, variant: Variant): Promise<Visit> {
  const traces = { urls: [] as string[], said: [] as string[], tokens: [] as string[] };
  const watched = await browser.open(url, variant, { prepare: (page) => prepare(page, traces) });
  const events = (): Promise<string[]> =>
    watched.page.evaluate(() =>
      (window as unknown as { heard: { type: string }[] }).heard.map(({ type }) => type),
    );
  return { ...watched, ...traces, events };
}

const framesAt = (page: Page, path: string): Frame[] =>
  page
    .frames()
    // One that is not loaded yet has no address.
    .filter((frame) => URL.canParse(frame.url()) && new URL(frame.url()).pathname === path);
const walletFrames = (page: Page): Frame[] => framesAt(page, framePath());
const balanceIn = (page: Page): Promise<string> =>
  page.locator('[data-dewpoint="balance"]').innerText();
const heights = (page: Page): Promise<number[]> =>
  page.locator('iframe').evaluateAll((frames) => frames.map(({ clientHeight }) => clientHeight));
const contentHeight = (frame: Frame): Promise<number> =>
  frame.evaluate(() =>
    Math.ceil(document.querySelector('.wallet')?.getBoundingClientRect().height ?? 0),
  );

/** Waits until the wallet is there, with the numbers of the member. */
async function settled({ page }: Visit): Promise<Frame> {
  await until('the page shows the balance', async () => /^\d/.test(await balanceIn(page)));
  const [frame] = walletFrames(page);
  if (frame === undefined) throw new Error('there is no wallet in the page');
  await frame.waitForSelector('.pool-number, .balance, main .card');
  return frame;
}

describe.skipIf(!HAS_CHROMIUM)('the wallet in the page of a shop that may show it', () => {
  it.each([DESK, PHONE])(
    'shakes hands, shows the balance, tells its events, and asks no other host: $language $width $theme',
    async (variant) => {
      const visited = await visit(shop.origin, variant);
      const { page, hosts, problems } = visited;
      const frame = await settled(visited);
      const { data } = await service.ask(
        visited.tokens[0] ?? '',
        '{ viewer { member { balance { settled } } } }',
      );
      const { viewer } = data as { viewer: { member: { balance: { settled: string } } } };
      expect(Number(await balanceIn(page))).toBe(Number(viewer.member.balance.settled));
      expect(Number(await balanceIn(page))).toBeGreaterThan(0);
      expect(await visited.events()).toEqual(
        expect.arrayContaining(['ready', 'resize', 'balance']) as string[],
      );
      await until('the frame is as tall as what is in it', async () => {
        return (await heights(page))[0] === (await contentHeight(frame));
      });
      expect([...hosts].sort()).toEqual(
        [new URL(shop.origin).host, new URL(service.url).host].sort(),
      );
      expect(problems).toEqual([]);
      expect(await visited.violations()).toEqual([]);
      await visited.shoot('embed-shop');
      await visited.context.close();
    },
  );

  it('opens as a sheet, and closes by its button and by Escape', async () => {
    const visited = await visit(shop.origin, PHONE);
    const { page } = visited;
    await settled(visited);
    for (const close of [
      () => page.keyboard.press('Escape'),
      () => page.locator('dialog > button').click(),
    ]) {
      await page.getByRole('button', { name: 'My drops' }).click();
      await page.locator('dialog[open] iframe').waitFor();
      await until('the sheet has the wallet', () =>
        Promise.resolve(walletFrames(page).length === 2),
      );
      await walletFrames(page)[1]?.waitForSelector('main .card');
      await close();
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    }
    expect(visited.problems).toEqual([]);
    await visited.context.close();
  });

  it('keeps the token in memory: in no address, no storage, no cookie and no log', async () => {
    const visited = await visit(shop.origin, DESK);
    const { page, context } = visited;
    const frame = await settled(visited);
    const [token = ''] = visited.tokens;
    expect(token).not.toBe('');
    const kept = (): string =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]);
    const traces = [
      ...(await Promise.all([page.evaluate(kept), frame.evaluate(kept)])),
      ...visited.urls,
      ...visited.said,
      shop.said(),
      JSON.stringify(await context.cookies()),
      JSON.stringify(await page.evaluate(() => (window as unknown as { heard: unknown }).heard)),
    ];
    expect(traces.filter((trace) => trace.includes(token))).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  it('is there twice in one page, with one session for both', async () => {
    const visited = await visit(shop.origin, DESK);
    const { page } = visited;
    await settled(visited);
    await page.evaluate(() => {
      const place = document.createElement('div');
      document.body.prepend(place);
      const { Dewpoint } = window as unknown as {
        Dewpoint: { mount(element: HTMLElement): { frame: HTMLElement } };
      };
      const first = Dewpoint.mount(place);
      if (Dewpoint.mount(place) !== first) throw new Error('mounted twice');
    });
    await until('both are there', () => Promise.resolve(walletFrames(page).length === 2));
    for (const frame of walletFrames(page)) await frame.waitForSelector('main .card');
    await until('both are as tall as what is in them', async () => {
      const [all, inside] = await Promise.all([
        heights(page),
        Promise.all(walletFrames(page).map(contentHeight)),
      ]);
      return [...all].sort().join() === [...inside].sort().join();
    });
    expect(visited.tokens).toHaveLength(1);
    expect(visited.problems).toEqual([]);
    await visited.context.close();
  });

  it('comes to rest after 100 changes of its width', async () => {
    const visited = await visit(shop.origin, DESK);
    const { page } = visited;
    const frame = await settled(visited);
    await page.evaluate(async () => {
      const body = document.body;
      for (let turn = 0; turn < 100; turn += 1) {
        body.style.maxWidth = `${320 + ((turn * 37) % 400)}px`;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    const told = async (): Promise<number> =>
      (await visited.events()).filter((type) => type === 'resize').length;
    const looks = async (): Promise<string> => `${await told()} ${(await heights(page)).join()}`;
    // A loop would go on with every frame that is drawn.
    await until(
      'nothing changes for 60 frames, and the frame is as tall as what is in it',
      async () => {
        const before = await looks();
        await page.evaluate(async () => {
          for (let turn = 0; turn < 60; turn += 1) {
            await new Promise((resolve) => requestAnimationFrame(resolve));
          }
        });
        const isTall = (await heights(page))[0] === (await contentHeight(frame));
        return isTall && (await looks()) === before;
      },
    );
    // At most once for each change, and once for each answer to it.
    expect(await told()).toBeLessThan(250);
    await visited.context.close();
  });
});

describe.skipIf(!HAS_CHROMIUM)('the wallet in the page of anybody else', () => {
  const refusal = /frame-ancestors/;
  const wasRefused = ({ said }: Visit): Promise<void> =>
    until('the browser refuses', () => Promise.resolve(said.some((text) => refusal.test(text))));
  const leaksNothing = async (visited: Visit): Promise<void> => {
    const { page, urls, tokens, context } = visited;
    expect(walletFrames(page)).toEqual([]);
    expect(urls.filter((url) => /\/graphql$|\/assets\/wallet\//.test(url))).toEqual([]);
    // The page was not asked for a session: nobody is there who wants one.
    expect(tokens).toEqual([]);
    expect(await visited.events()).toEqual([]);
    await context.close();
  };

  it('is refused by the browser, and asks neither the page nor the service for anything', async () => {
    const visited = await visit(stranger.origin, DESK);
    await wasRefused(visited);
    expect(await balanceIn(visited.page)).toBe('...');
    await leaksNothing(visited);
  });

  it('is refused too when the page says in the address that it is the shop', async () => {
    const visited = await visit(stranger.origin, DESK);
    const { page, said } = visited;
    await wasRefused(visited);
    said.length = 0;
    await page.evaluate(
      (address) => {
        const frame = document.createElement('iframe');
        frame.src = address;
        document.body.append(frame);
      },
      `${service.url}${framePath()}#o=${encodeURIComponent(shop.origin)}`,
    );
    await wasRefused(visited);
    await leaksNothing(visited);
  });

  it('is refused at the top of the wallet in every frame, even in one of the shop', async () => {
    const visited = await visit(shop.origin, DESK);
    const { page, said } = visited;
    await settled(visited);
    for (const path of [`/w/${service.mine.program.id}`, `/w/${service.mine.program.id}/link`]) {
      said.length = 0;
      await page.evaluate((address) => {
        const frame = document.createElement('iframe');
        frame.src = address;
        document.body.append(frame);
      }, `${service.url}${path}`);
      await wasRefused(visited);
      expect(framesAt(page, path)).toEqual([]);
    }
    await visited.context.close();
  });
});
