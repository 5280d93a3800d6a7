import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { encode } from 'uqr';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tabTo } from '../keyboard.ts';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { forgetShifts } from '../pageChecks.ts';
import { variantsOf } from '../variants.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { codeOn, filmCode } from './codeFilm.ts';
import { startConsole, type ConsoleStage, type Operator } from './consoleStage.ts';
import { on } from './controls.ts';
import { isStruckAsListed } from './strikes/strikes.ts';

const CAKE = {
  english: 'A slice of cake',
  chinese: '一块蛋糕。',
  ...{ text: 'A slice of cake. 一块蛋糕。', en: 'A slice of cake', zh: '一块蛋糕' },
};
/** Number of the cake: a pot of tea and a mug are there before it. */
const CAKE_NUMBER = 3;

let folder: string;
let film: string;
let stage: ConsoleStage;
let browser: OpenBrowser;
let counter: OpenBrowser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dewpoint-film-'));
  film = join(folder, 'code.y4m');
  await filmCode(film, encode('nothing').data);
  [stage, browser, counter] = await Promise.all([
    startConsole(),
    openBrowser(),
    openBrowser({ camera: film }),
  ]);
});
afterAll(isStruckAsListed);
afterAll(async () => {
  await Promise.all([browser?.close(), counter?.close()]);
  await stage?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A café with two items, and a member who can pay for some of them. */
async function openShop(): Promise<Cafe> {
  const cafe = await stage.openCafe({ name: 'Dewdrop Café' });
  await cafe.earn('mei', [{ rule: 'visit' }, { rule: 'review', count: 3 }]);
  await cafe.offerItems();
  return cafe;
}
/** Waits until an order of the program is at hand. */
const isAtOrder = ({ page, say }: Operator, number: number): Promise<void> =>
  page
    .getByRole('heading', { level: 1, name: say('orders:one', { number }), exact: true })
    .waitFor();

async function stateOf(cafe: Cafe, number: number): Promise<string | undefined> {
  const query = `{ program { order(number: ${number}) { state } } }`;
  type Answer = { readonly program: { readonly order: { readonly state: string } | null } };
  return (await cafe.ask<Answer>(query)).program.order?.state;
}

/** An owner adds the cake by the keyboard alone, has its price rise, and says how it looks. */
async function offersCake(operator: Operator, { language }: Variant): Promise<void> {
  const { page, say } = operator;
  const { field, button, sees } = on(operator);
  await operator.isAt('catalogue:title');
  await operator.looks('console-catalogue');
  await tabTo(page, field('catalogue:add.english'));
  await page.keyboard.type(CAKE.english);
  await page.keyboard.press('Tab');
  await page.keyboard.type(CAKE.chinese);
  await page.keyboard.press('Tab');
  await page.keyboard.type('0');
  await sees('catalogue:flaws.price');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('6');
  await page.keyboard.press('Enter');
  const link = page.getByRole('link', { name: CAKE[language], exact: true });
  await link.waitFor();
  await tabTo(page, link);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: CAKE[language], exact: true }).waitFor();

  await field('catalogue:price.new').fill('8');
  const [, rises = ''] = say('catalogue:price.effects.rise', { at: '|', now: '6.00' }).split('|');
  await page.getByText(rises).waitFor();
  await forgetShifts(page);
  await operator.looks('console-item-rise');
  await button('catalogue:price.goRise').dblclick();
  await page.getByText('8.00').first().waitFor();
  await page.getByRole('radio', { name: say('catalogue:look.icons.gift') }).check();
  await field('catalogue:look.en').fill('Cake of the day');
  await field('catalogue:look.zh').fill('当日蛋糕');
  await button('catalogue:look.go').click();
  const name = language === 'en' ? 'Cake of the day' : '当日蛋糕';
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  await forgetShifts(page);
  await operator.looks('console-item');
}

/** What the API says of the items. */
async function itemsOf(cafe: Cafe): Promise<readonly object[]> {
  const query = `{ program { items(first: 9) { edges { node {
    text price scheduledPrice look { icon label { en zh } } } } } } }`;
  type Answer = { readonly program: { readonly items: { readonly edges: { node: object }[] } } };
  return (await cafe.ask<Answer>(query)).program.items.edges.map(({ node }) => node);
}

/** The wallet of the member shows the code of an order; a camera is held before it. */
async function showsCode(cafe: Cafe, variant: Variant, number: number): Promise<void> {
  const { page, context } = await browser.open(await cafe.link('mei'), variant);
  await page.locator('a[href="#/rewards"]').first().waitFor();
  await page.evaluate((hash) => void (location.hash = hash), `/orders/${number}`);
  await page.locator('svg.qr path[d^="M"]').waitFor();
  await filmCode(film, await codeOn(page));
  await context.close();
}

it.each(variantsOf(2))(
  'an item is added and gets dearer, and its order is handed over by its code, $language $width $theme',
  async (variant) => {
    const cafe = await openShop();
    const programId = cafe.program.id;
    const owner = await stage.open(browser, variant, {
      ...{ role: 'owner', programId, path: '/catalogue' },
    });
    await offersCake(owner, variant);
    await owner.watched.context.close();
    // It was added once, costs more only after the notice, and the looks of the others are as they were.
    expect(await itemsOf(cafe)).toMatchObject([
      { price: '5.00', look: { icon: 'pot', label: { en: 'A pot of tea' } } },
      { price: '40.00', look: { icon: 'cup' } },
      {
        ...{ text: CAKE.text, price: '6.00', scheduledPrice: '8.00' },
        look: { icon: 'gift', label: { en: 'Cake of the day', zh: '当日蛋糕' } },
      },
    ]);

    await cafe.act('itemRedeem', { memberId: 'mei', item: CAKE_NUMBER, maxPrice: '6.00' });
    await showsCode(cafe, variant, 1);
    const atCounter = { ...variant, width: 390 } as const;
    const fulfiller = await stage.open(counter, atCounter, {
      ...{ role: 'fulfiller', programId, path: '/orders' },
    });
    const { page, say } = fulfiller;
    const { button, title } = on(fulfiller);
    await fulfiller.isAt('orders:title');
    await page.getByRole('link', { name: say('orders:one', { number: 1 }), exact: true }).waitFor();
    // By the clock of the chain, which is not that of the device.
    await page.locator('.order-row .tag').getByText(say('orders:state.OPEN')).waitFor();
    await fulfiller.looks('console-orders');
    await page.getByRole('link', { name: say('orders:scan.go'), exact: true }).click();
    await isAtOrder(fulfiller, 1);
    await button('orders:handOver.go').waitFor();
    await forgetShifts(page);
    await fulfiller.looks('console-order-scanned');
    await button('orders:handOver.go').dblclick();
    await title('orders:end.FULFILLED.title').waitFor();
    expect(await stateOf(cafe, 1)).toBe('FULFILLED');
    expect(await cafe.balance('mei')).toMatchObject({ settled: '11.00', locked: '0.00' });

    // A second scan says so, and nothing can be handed over by it.
    await page.getByRole('link', { name: say('orders:scan.next') }).click();
    await isAtOrder(fulfiller, 1);
    await title('orders:end.FULFILLED.title').waitFor();
    expect(await button('orders:handOver.go').count()).toBe(0);
    await forgetShifts(page);
    await fulfiller.looks('console-order-handed-over');

    // The code of another program, and something that is no code of an order.
    const other = `https://points.example/console/p/prg_31337_${'0a'.repeat(20)}/orders/1`;
    for (const [text, refused] of [
      [other, 'otherProgram'],
      ['WIFI:S:Dewdrop;T:WPA;P:oolong;;', 'nonsense'],
    ] as const) {
      await filmCode(film, encode(text).data);
      await fulfiller.goTo(programId, '/orders/scan');
      await page.getByText(say(`orders:scan.refused.${refused}`)).waitFor();
    }
    await forgetShifts(page);
    await fulfiller.looks('console-scan');
    await fulfiller.watched.context.close();
  },
);

it.each(variantsOf(3))(
  'without a camera orders are found by their number, refunded, noted and too late, $language $width $theme',
  async (variant) => {
    const cafe = await openShop();
    const programId = cafe.program.id;
    for (const _order of [1, 2]) {
      await cafe.act('itemRedeem', { memberId: 'mei', item: 1, maxPrice: '5.00' });
    }
    const fulfiller = await stage.open(browser, variant, {
      ...{ role: 'fulfiller', programId, path: '/orders/scan' },
    });
    const { page, say } = fulfiller;
    const { field, button, title, sees } = on(fulfiller);
    await fulfiller.isAt('orders:scan.title');
    await button('orders:scan.again').waitFor();
    await forgetShifts(page);
    await fulfiller.looks('console-scan-no-camera');
    const number = field('orders:scan.number');
    await tabTo(page, number);
    await page.keyboard.type('tea');
    await page.keyboard.press('Enter');
    await sees('orders:scan.typed.nonsense');
    await number.fill('');
    // A scanner that is held in the hand types, and presses Enter.
    await page.keyboard.type(`https://points.example/console/p/${programId}/orders/99`);
    await page.keyboard.press('Enter');
    await title('orders:unknown.title').waitFor();
    await page.getByRole('link', { name: say('orders:scan.go') }).click();
    await number.fill('1');
    await page.keyboard.press('Enter');
    await isAtOrder(fulfiller, 1);

    await field('orders:note.label').fill('Table 4.\nAsk for Tom.');
    await button('orders:note.go').click();
    await until('the note is kept', async () => {
      const query = '{ program { order(number: 1) { note } } }';
      type Answer = { readonly program: { readonly order: { readonly note: string | null } } };
      return (await cafe.ask<Answer>(query)).program.order.note === 'Table 4.\nAsk for Tom.';
    });
    await button('orders:refund.go').click();
    await forgetShifts(page);
    await fulfiller.looks('console-order-refund');
    await button('orders:refund.now', { number: 1 }).dblclick();
    await title('orders:end.REFUSED.title').waitFor();
    expect(await stateOf(cafe, 1)).toBe('REFUSED');
    expect(await cafe.balance('mei')).toMatchObject({ settled: '12.00', locked: '5.00' });

    // Nobody hands the other one over in time.
    await cafe.pass(3 * DAY_MS + 1_000);
    await until('it came back', async () => (await stateOf(cafe, 2)) === 'OVERDUE');
    await fulfiller.goTo(programId, '/orders/2');
    await title('orders:end.OVERDUE.title').waitFor();
    expect(await button('orders:handOver.go').count()).toBe(0);
    await fulfiller.goTo(programId, '/orders?state=all');
    await fulfiller.isAt('orders:title');
    await page.getByRole('link', { name: say('orders:one', { number: 2 }), exact: true }).waitFor();
    await fulfiller.looks('console-orders-all');
    // Who asks for an order names a member, and finds it however it ended.
    await fulfiller.goTo(programId, '/orders');
    await fulfiller.isAt('orders:title');
    await field('orders:find.label').fill('nobody');
    await page.keyboard.press('Enter');
    await title('orders:find.none', { memberId: 'nobody' }).waitFor();
    await forgetShifts(page);
    await fulfiller.looks('console-orders-of-nobody');
    await field('orders:find.label').fill('mei');
    await button('orders:find.go').click();
    await page.getByRole('link', { name: say('orders:one', { number: 2 }), exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('member')).toBe('mei');
    await button('orders:find.clear').click();
    await title('orders:nothing.done.title').waitFor();
    await fulfiller.goTo(programId, '/orders?state=all');
    await fulfiller.isAt('orders:title');
    const saved = page.waitForEvent('download');
    await button('console:list.csv').click();
    expect((await saved).suggestedFilename()).toBe('orders.csv');
    await fulfiller.goTo(programId, '/catalogue');
    await fulfiller.isAt('catalogue:title');
    expect(await button('catalogue:add.go').isDisabled()).toBe(true);
    await sees('console:only.MANAGER');
    await fulfiller.watched.context.close();
  },
);

it('a viewer sees orders and who may hand them over; an item is withdrawn, and kept', async () => {
  const cafe = await openShop();
  const programId = cafe.program.id;
  await cafe.act('itemRedeem', { memberId: 'mei', item: 1, maxPrice: '5.00' });
  const variant = { language: 'en', width: 1280, theme: 'light' } as const;
  const viewer = await stage.open(browser, variant, {
    ...{ role: 'viewer', programId, path: '/orders/1' },
  });
  await isAtOrder(viewer, 1);
  expect(await on(viewer).button('orders:handOver.go').isDisabled()).toBe(true);
  await on(viewer).sees('console:only.FULFILLER');
  await viewer.looks('console-order-viewer');
  const manager = await stage.open(browser, variant, {
    ...{ role: 'manager', programId, path: '/catalogue/1' },
  });
  const { button, field, sees } = on(manager);
  await field('catalogue:stock.added').fill('5');
  await sees('catalogue:stock.will_other', { count: 14 });
  await button('catalogue:stock.go').click();
  await sees('catalogue:left_other', { count: 14 });
  await button('catalogue:withdraw.go').click();
  await button('catalogue:withdraw.now').dblclick();
  await button('catalogue:withdraw.keep').waitFor();
  await forgetShifts(manager.page);
  await manager.looks('console-item-withdrawn');
  await button('catalogue:withdraw.keep').click();
  await button('catalogue:withdraw.go').waitFor();
  await manager.goTo(programId, '/catalogue/99');
  await on(manager).sees('console:notHere.title');
});
