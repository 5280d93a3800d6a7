import { mintLocalMoney } from '@dewpoint/server/chain/local/localMoney.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getsFocus, keepsFocus, tabTo } from '../keyboard.ts';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import type { Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage, type Operator } from './consoleStage.ts';

const NAME = 'Dewdrop Café';
const VARIANT: Variant = { language: 'en', width: 1280, theme: 'light' };
/** What a round of the café spends, in base units. */
const BUDGET = 3_000_000n;

let stage: ConsoleStage;
let browser: OpenBrowser;
let cafe: Cafe;
beforeAll(async () => {
  [stage, browser] = await Promise.all([startConsole(), openBrowser()]);
  cafe = await stage.openCafe({ name: NAME });
  await cafe.earn('mei', [{ rule: 'visit' }, { rule: 'review', count: 3 }]);
  await cafe.offerItems();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** A person who has no mouse. */
interface Typist extends Operator {
  field(key: string, values?: object): Locator;
  button(key: string, values?: object): Locator;
  title(key: string, values?: object): Locator;
  /** Goes somewhere by Tab and presses a key there; the focus is not lost after it. */
  presses(target: Locator, key?: string): Promise<void>;
  /** Goes to a field by Tab, and types over what is in it. */
  types(target: Locator, text: string): Promise<void>;
}

async function sitsDown(path: string): Promise<Typist> {
  const at = { role: 'owner', programId: cafe.program.id, path, isLetAlone: true } as const;
  const operator = await stage.open(browser, VARIANT, at);
  const { page, say } = operator;
  const words = (key: string, values: object = {}): string =>
    say(key, values as Readonly<Record<string, string | number>>);
  return {
    ...operator,
    field: (key, values) => page.getByLabel(words(key, values), { exact: true }),
    button: (key, values) =>
      page.getByRole('button', { name: words(key, values), exact: true }).first(),
    title: (key, values) => page.getByRole('heading', { name: words(key, values), exact: true }),
    presses: async (target, key = 'Enter') => {
      await tabTo(page, target);
      await page.keyboard.press(key);
      await keepsFocus(page, `${key} on ${String(target)}`);
    },
    types: async (target, text) => {
      await tabTo(page, target);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
  };
}

it('a rule is changed and announced', async () => {
  const { page, say, ...typist } = await sitsDown('/rules');
  await typist.isAt('rules:title');
  await typist.presses(page.getByRole('link', { name: say('rules:change'), exact: true }));
  await typist.isAt('rules:edit.title');
  await keepsFocus(page, 'the form is opened');
  await typist.types(typist.field('rules:edit.label.perAction', { rule: 'Check-in' }), '1.00');
  await typist.title('rules:verdict.members.title').waitFor();
  const notice = '7 days';
  await typist.presses(typist.field('console:announcing.iKnowHurts', { notice }), 'Space');
  await typist.types(typist.field('console:announcing.name', { name: NAME }), NAME);
  const announce = typist.button('console:announcing.go');
  // The contract has the word first.
  await expect.poll(() => announce.isEnabled()).toBe(true);
  await typist.presses(announce);
  await typist.title('changes:one', { number: 1 }).waitFor();
  await keepsFocus(page, 'it is announced');

  // It is begun to be taken back, and left alone after all.
  const withdraw = typist.button('changes:acts.withdraw');
  await typist.presses(withdraw);
  await page.getByText(say('changes:acts.iKnow')).waitFor();
  await typist.presses(typist.button('changes:acts.leave'));
  await getsFocus(withdraw);
  await typist.watched.context.close();
});

it('an item is added, and an order handed over by its typed code', async () => {
  const { page, ...typist } = await sitsDown('/catalogue');
  await typist.isAt('catalogue:title');
  await typist.types(typist.field('catalogue:add.english'), 'A slice of cake');
  await page.keyboard.press('Tab');
  await page.keyboard.type('蛋糕一块。');
  await page.keyboard.press('Tab');
  await page.keyboard.type('6');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'A slice of cake', exact: true }).waitFor();
  await keepsFocus(page, 'an item is added');

  await cafe.act('itemRedeem', { memberId: 'mei', item: 1, maxPrice: '5.00' });
  await typist.goTo(cafe.program.id, '/orders/scan');
  await typist.isAt('orders:scan.title');
  await typist.types(
    typist.field('orders:scan.number'),
    `https://points.example/console/p/${cafe.program.id}/orders/1`,
  );
  await page.keyboard.press('Enter');
  await typist.title('orders:one', { number: 1 }).waitFor();
  await keepsFocus(page, 'an order is found');
  const refund = typist.button('orders:refund.go');
  await typist.presses(refund);
  await getsFocus(typist.title('orders:refund.title'));
  await typist.presses(typist.button('orders:refund.leave'));
  await getsFocus(refund);
  await page.keyboard.press('Shift+Tab');
  await typist.presses(typist.button('orders:handOver.go'));
  await typist.title('orders:end.FULFILLED.title').waitFor();
  await keepsFocus(page, 'an order is handed over');
  await typist.watched.context.close();
});

it('the reserve is funded', async () => {
  const query = '{ program { operatorAccount { address money } reserve { total } } }';
  type Answer = {
    readonly program: {
      readonly operatorAccount: { readonly address: `0x${string}`; readonly money: string };
      readonly reserve: { readonly total: string };
    };
  };
  const read = async () => (await cafe.ask<Answer>(query)).program;
  const { operatorAccount } = await read();
  const anybody = await stage.service.openWallet();
  await anybody.send(mintLocalMoney(cafe.program)(operatorAccount.address, BUDGET));
  await until('the operator has it', async () => {
    const now = await read();
    return now.operatorAccount.money !== operatorAccount.money;
  });
  const { page, say, ...typist } = await sitsDown('/buyback');
  await typist.isAt('buyback:title');
  const { symbol } = cafe.program.settlementToken;
  await page.getByText(say('buyback:put.there', { money: `3.00 ${symbol}` })).waitFor();
  await typist.types(typist.field('buyback:put.amount', { symbol }), '3');
  await typist.presses(typist.button('buyback:put.go'));
  await page.getByText(say('buyback:covered'), { exact: true }).first().waitFor();
  await keepsFocus(page, 'the reserve is funded');
  expect((await read()).reserve.total).toBe('3.000000');
  await typist.watched.context.close();
});

it('points are granted with a reason', async () => {
  const { page, ...typist } = await sitsDown('/members/mei');
  await page.getByRole('heading', { level: 1, name: 'mei', exact: true }).waitFor();
  await typist.presses(typist.button('members:acts.grant'));
  await typist.isAt('members:grant.title');
  await tabTo(page, typist.field('members:grant.rule'));
  await page.keyboard.type('Review');
  await typist.title('members:grant.follows.points', { points: '5.00' }).waitFor();
  const go = typist.button('members:grant.go');
  await typist.presses(go);
  await typist.types(typist.field('members:grant.reason'), 'For the long wait.');
  await typist.presses(go);
  await getsFocus(typist.title('members:grant.done.title'));
  await typist.presses(page.getByRole('link', { name: typist.say('members:grant.done.go') }));
  await page.getByRole('heading', { level: 1, name: 'mei', exact: true }).waitFor();
  await keepsFocus(page, 'the page of the member is there again');
  await typist.watched.context.close();
});

it('a key is made and revoked, and the test clock is asked to go on', async () => {
  const { page, say, ...typist } = await sitsDown('/developers');
  await typist.isAt('developers:titles.keys');
  await typist.presses(typist.button('developers:keys.new'));
  await getsFocus(typist.field('developers:keys.name'));
  await page.keyboard.type('till by keyboard');
  await page.keyboard.press('Enter');
  await getsFocus(typist.title('developers:keys.isMade'));
  await typist.presses(typist.button('developers:kept'));
  await getsFocus(typist.button('developers:keys.new'));

  const row = page.getByRole('listitem').filter({ hasText: 'till by keyboard' }).first();
  const revoke = row.getByRole('button', { name: say('developers:keys.revoke'), exact: true });
  const dialog = page.getByRole('dialog');
  await page.reload();
  await typist.presses(revoke);
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await getsFocus(revoke);
  await page.keyboard.press('Enter');
  await typist.presses(
    dialog.getByRole('button', { name: say('developers:keys.revoke'), exact: true }),
  );
  await row.getByText(say('developers:keys.revoked'), { exact: true }).waitFor();
  await dialog.waitFor({ state: 'detached' });
  await keepsFocus(page, 'a key is revoked');

  await typist.goTo(cafe.program.id, '/developers/connect');
  await typist.isAt('developers:titles.connect');
  await typist.presses(typist.button('developers:clock.NEXT_DAY'));
  await page.getByText(say('developers:clock.fixed')).waitFor();
  await keepsFocus(page, 'the clock is asked');
  await typist.watched.context.close();
});
