import { mintLocalMoney } from '@dewpoint/server/chain/local/localMoney.ts';
import { DEMO_BUYBACK } from '@dewpoint/server/demo/demoProgram.ts';
import { tokenOn } from '@dewpoint/server/testing/builders/program.ts';
import { DAY_MS, MINUTE_MS } from '@dewpoint/server/testing/builders/time.ts';
import {
  standInTopUpVariables,
  standInVariables,
  startStripeStandIn,
  type StripeStandIn,
} from '@dewpoint/server/testing/payments/stripeStandIn.ts';
import { until, type ServiceOptions } from '@dewpoint/server/testing/service.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser } from '../openBrowser.ts';
import { forgetShifts } from '../pageChecks.ts';
import { turnOf, variantsOf } from '../variants.ts';
import { FIRST_ROUND_AFTER_MS, type Cafe } from '../wallet/walletService.ts';
import { startConsole, type ConsoleStage } from './consoleStage.ts';
import { turnOnSecondFactor } from './secondFactor.ts';
import { isStruckAsListed, strikeOf } from './strikes/strikes.ts';

const NAME = 'Dewdrop Café';
/** Of the rounds of the café. */
const WINDOW_MS = 3 * DAY_MS;
/** What a round of the café spends, in base units. */
const BUDGET = 3_000_000n;

let stage: ConsoleStage;
let browser: OpenBrowser;
let standIn: StripeStandIn;
beforeAll(async () => {
  standIn = await startStripeStandIn();
  const env: ServiceOptions['env'] = async ({ live }) => ({
    ...standInVariables(standIn.url),
    ...(live !== null && standInTopUpVariables(await tokenOn(live))),
  });
  [stage, browser] = await Promise.all([startConsole({ hasLive: true, env }), openBrowser()]);
});
afterAll(isStruckAsListed);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  await standIn?.close();
});

interface RoundNow {
  readonly state: string;
  readonly result: { readonly payout: string } | null;
  readonly cover: { readonly covered: boolean } | null;
}
const roundOf = async (cafe: Cafe, number: number): Promise<RoundNow | null> => {
  const query = `{ program { round(number: ${number}) { state result { payout } cover { covered } } } }`;
  return (await cafe.ask<{ program: { round: RoundNow | null } }>(query)).program.round;
};

/** Sends money to the account that runs the program, as a bank would. */
async function payOperator(cafe: Cafe, amount: bigint): Promise<void> {
  const query = '{ program { operatorAccount { address money } } }';
  type Answer = {
    program: { operatorAccount: { address: `0x${string}`; money: string } };
  };
  const read = async () => (await cafe.ask<Answer>(query)).program.operatorAccount;
  const before = await read();
  const anybody = await stage.service.openWallet();
  await anybody.send(mintLocalMoney(cafe.program)(before.address, amount));
  await until('the operator has it', async () => (await read()).money !== before.money);
}

it.each(variantsOf(2))(
  'an owner funds a round, improves its terms, and it is paid, $language $width $theme',
  { timeout: 400_000 },
  async (variant) => {
    const cafe = await stage.openCafe({ name: NAME });
    await cafe.earn('mei', [{ rule: 'visit' }, { rule: 'review', count: 2 }]);
    await cafe.earn('li-wei', [{ rule: 'purchase', amount: '40000' }, { rule: 'visit' }]);
    const programId = cafe.program.id;
    const at = { role: 'owner', programId, path: '/buyback' } as const;
    const operator = await stage.open(browser, variant, at);
    const { page, say } = operator;
    const seen = (text: string) => page.getByText(text, { exact: true }).first().waitFor();
    const symbol = cafe.program.settlementToken.symbol;

    // Nothing is there for the next round, and nothing in the account that could pay for it.
    await operator.isAt('buyback:title');
    await seen(say('buyback:notCovered'));
    const amount = page.getByLabel(say('buyback:put.amount', { symbol }), { exact: true });
    expect(await amount.inputValue()).toBe('3.00');
    await seen(say('buyback:put.short', { missing: `3.00 ${symbol}` }));
    await page.getByRole('img', { name: say('buyback:put.qr') }).waitFor();
    await operator.looks('console-buyback-short');

    await payOperator(cafe, BUDGET);
    await page.reload();
    await seen(say('buyback:put.there', { money: `3.00 ${symbol}` }));
    // By the keyboard alone, twice as an impatient hand does.
    await amount.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await seen(say('buyback:covered'));
    await seen(say('buyback:reserve.enough', { round: 0 }));
    const money = '{ program { reserve { total } } }';
    expect(await cafe.ask(money)).toMatchObject({ program: { reserve: { total: '3.000000' } } });
    await forgetShifts(page);
    await operator.looks('console-buyback-covered');

    await cafe.pass(FIRST_ROUND_AFTER_MS + MINUTE_MS);
    await cafe.act('roundTender', { memberId: 'mei', round: 0, amount: '12.00' });
    await cafe.act('roundTender', { memberId: 'li-wei', round: 0, amount: '40.00' });
    await page.reload();
    await seen(say('buyback:open.title', { number: 0 }));
    await operator.looks('console-buyback-open');

    // Lower terms hurt, and say so; better ones are in force at once.
    await page.getByRole('link', { name: say('buyback:changeTerms') }).click();
    await operator.isAt('buyback:terms.title');
    const verdict = (key: string) =>
      page.getByRole('heading', { level: 2, name: say(`buyback:verdict.${key}.title`) });
    const announce = page.getByRole('button', { name: say('console:announcing.go') });
    const price = page.getByLabel(say('buyback:terms.label.pricePerPoint', { symbol }), {
      exact: true,
    });
    await verdict('none').waitFor();
    await price.fill('0.05');
    await verdict('holders').waitFor();
    await page.getByText(say('console:announcing.timeline.lastRound')).waitFor();
    expect(await announce.isDisabled()).toBe(true);
    await page.evaluate(() => scrollTo(0, 0));
    await forgetShifts(page);
    await operator.looks('console-buyback-lower');
    await price.fill('0.12');
    await page
      .getByLabel(say('buyback:terms.label.minTender', { symbol }), { exact: true })
      .fill('4');
    await verdict('better').waitFor();
    await page.getByText(say('buyback:terms.inForce', { round: 1 })).waitFor();
    await forgetShifts(page);
    await operator.looks('console-buyback-improved');
    await page.getByLabel(say('console:announcing.iKnow')).check();
    await announce.dblclick();
    await page
      .getByRole('heading', { level: 1, name: say('changes:one', { number: 1 }), exact: true })
      .waitFor();
    expect(await cafe.ask('{ program { change(number: 1) { state } } }')).toMatchObject({
      program: { change: { state: 'ENACTED' } },
    });

    // The round closes, and nothing comes into a block: the operator asks for its result.
    await stage.holdBlocks();
    await stage.service.moveClockTo((await cafe.now()) + WINDOW_MS);
    await operator.goTo(programId, '/buyback');
    await seen(say('buyback:due.title', { number: 0 }));
    await operator.looks('console-buyback-due');
    await page.getByRole('button', { name: say('buyback:due.go') }).click();
    await page.locator('.transaction-status').waitFor();
    await stage.releaseBlocks();
    await until('the round is settled', async () => {
      const round = await roundOf(cafe, 0);
      return round?.state === 'SETTLED';
    });
    expect(await roundOf(cafe, 0)).toMatchObject({ result: { payout: '3.000000' } });

    await operator.goTo(programId, '/buyback/rounds/0');
    await seen(say('buyback:one.paid', { payout: `3.00 ${symbol}` }));
    // A moment in a number's place is whole, also on a phone.
    const lines = await page
      .locator('.facts time')
      .evaluateAll((moments) => moments.map((moment) => moment.getClientRects().length));
    expect(lines).toEqual([1, 1]);
    await operator.looks('console-buyback-round');
    await operator.goTo(programId, '/buyback/terms');
    await page.getByRole('button', { name: say('buyback:past.each') }).click();
    await page.getByRole('cell', { name: '30.00 → 25.00' }).waitFor();
    await forgetShifts(page);
    await operator.looks('console-buyback-past');

    await operator.goTo(programId, '/liability');
    await operator.isAt('liability:title');
    const [reconciled = ''] = say('liability:chain.same.title', { block: '|' }).split('|');
    await page.getByRole('heading', { name: reconciled }).waitFor();
    await page.getByRole('heading', { name: say('liability:chart.money') }).waitFor();
    await forgetShifts(page);
    await operator.looks('console-liability');
    await page.getByRole('button', { name: new RegExp(say('liability:chart.changes')) }).click();
    await page.getByRole('cell', { name: '30.00' }).first().waitFor();
    await operator.looks('console-liability-table');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: say('console:list.csv') }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`liability-${programId}.csv`);
    await operator.watched.context.close();
  },
);

it.each(variantsOf(1))(
  'a manager leaves terms of the buyback as a draft and takes them in again, and an owner deletes them, $language $width $theme',
  async (variant) => {
    const cafe = await stage.openCafe({ name: NAME });
    const programId = cafe.program.id;
    const note = variant.language === 'en' ? 'As agreed with the bank.' : '已与银行谈妥。';
    const at = { programId, path: '/buyback/terms' };
    const manager = await stage.open(browser, variant, { role: 'manager', ...at });
    const { say } = manager;
    const [before = '', after = ''] = say('buyback:terms.label.pricePerPoint', {
      symbol: '|',
    }).split('|');
    const price = ({ page }: typeof manager) =>
      page.getByRole('textbox', { name: new RegExp(`^${before}.+${after}$`) });
    const button = ({ page }: typeof manager, key: string) =>
      page.getByRole('button', { name: say(`console:announcing.draft.${key}`), exact: true });
    const sees = ({ page }: typeof manager, key: string): Promise<void> =>
      page.getByText(say(`console:announcing.draft.${key}`)).waitFor();
    await manager.isAt('buyback:terms.title');
    expect(await button(manager, 'save').isDisabled()).toBe(true);
    await price(manager).fill('0.08');
    await manager.page.getByLabel(say('console:announcing.draft.note')).fill(note);
    await button(manager, 'save').dblclick();
    const kept = manager.page.locator('blockquote').getByText(note);
    // A page that was loaded again meanwhile shows what is kept instead.
    await manager.page.getByText(say('console:announcing.draft.saved')).or(kept).first().waitFor();

    // What was typed goes with the page; the draft is there, and is taken in again.
    await manager.page.reload();
    await manager.isAt('buyback:terms.title');
    await kept.waitFor();
    expect(await price(manager).inputValue()).toBe('0.10');
    await forgetShifts(manager.page);
    await manager.looks('console-buyback-draft');
    await button(manager, 'use').click();
    await sees(manager, 'isUsed');
    expect(await price(manager).inputValue()).toBe('0.08');
    await manager.watched.context.close();

    const owner = await stage.open(browser, variant, { role: 'owner', ...at });
    await owner.page.getByText(note).waitFor();
    await button(owner, 'use').click();
    expect(await price(owner).inputValue()).toBe('0.08');
    const dialog = owner.page.getByRole('dialog', {
      name: say('console:announcing.draft.deleteTitle'),
    });
    const draft = async (): Promise<unknown> => {
      const query = '{ program { termsDraft(target: BUYBACK) { note } } }';
      return (await cafe.ask<{ program: { termsDraft: unknown } }>(query)).program.termsDraft;
    };
    // Asked first: who leaves it there has lost nothing.
    await button(owner, 'delete').click();
    await dialog.waitFor();
    await forgetShifts(owner.page);
    await owner.looks('console-draft-delete');
    await dialog.getByRole('button', { name: say('console:ask.leave') }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await draft()).toEqual({ note });
    await button(owner, 'delete').click();
    await dialog.getByRole('button', { name: say('console:announcing.draft.deleteGo') }).dblclick();
    await owner.page.getByText(note).waitFor({ state: 'detached' });
    await dialog.waitFor({ state: 'detached' });
    expect(await draft()).toBeNull();
    // What was taken in stays in the form, for as long as the page does.
    const isLoadedAgain = strikeOf(turnOf(variant)) === 'reloaded';
    expect(await price(owner).inputValue()).toBe(isLoadedAgain ? '0.10' : '0.08');
    await forgetShifts(owner.page);
    await owner.looks('console-draft-deleted');
    await owner.watched.context.close();
  },
);

it('tells a viewer what a buyback is for, and who may offer one', async () => {
  const cafe = await stage.openCafe({
    name: NAME,
    buybackTerms: { ...DEMO_BUYBACK, budgetPerRound: 0n },
  });
  const variant = { language: 'en', width: 390, theme: 'light' } as const;
  const at = { role: 'viewer', programId: cafe.program.id, path: '/buyback' } as const;
  const operator = await stage.open(browser, variant, at);
  const { page, say } = operator;
  await operator.isAt('buyback:title');
  // With the numbers that a first offer is measured by.
  const bounds = { price: `0.10 LD`, minTender: '5.00' };
  await page.getByText(say('buyback:never.words', bounds)).waitFor();
  for (const go of ['buyback:put.go', 'buyback:take.ask']) {
    expect(await page.getByRole('button', { name: say(go), exact: true }).isDisabled()).toBe(true);
  }
  await page.getByText(say('console:only.OWNER')).first().waitFor();
  await operator.looks('console-buyback-never');
  await page.getByRole('link', { name: say('buyback:never.go') }).click();
  await operator.isAt('buyback:terms.title');
  await page.getByText(say('buyback:past.none')).waitFor();
  await operator.looks('console-buyback-terms-viewer');
  await operator.watched.context.close();
});

it('tops the reserve of a live program up by card, and lists it', async () => {
  const programId = stage.service.live?.program.id ?? '';
  const variant = { language: 'zh', width: 1280, theme: 'light' } as const;
  const at = { role: 'owner', programId, path: '/buyback' } as const;
  const operator = await stage.open(browser, variant, at);
  const { page, say } = operator;
  await operator.isAt('buyback:title');
  const card = page.getByRole('form', { name: say('buyback:card.title') });
  await card.getByRole('textbox').fill('25');
  await page.route(/stripe\.example/, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Stripe</title><h1>Pay</h1>' }),
  );
  const go = card.getByRole('button', { name: say('buyback:card.go') });
  await go.click();
  await page.getByText(say('console:errors.TWO_FACTOR_REQUIRED')).waitFor();
  await turnOnSecondFactor(stage, page);
  await go.dblclick();
  await page.waitForURL(/^https:\/\/checkout\.stripe\.example\//);
  await operator.goTo(programId, '/buyback');
  await page.getByText(say('buyback:card.state.STARTED'), { exact: true }).waitFor();
  expect(await page.getByText(say('buyback:card.state.STARTED'), { exact: true }).count()).toBe(1);
  await operator.looks('console-buyback-card');
  await operator.watched.context.close();
});
