import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser } from '../openBrowser.ts';
import { variantsOf } from '../variants.ts';
import { moneyOf } from '../wallet/chainMoney.ts';
import { untilLoaded } from '../wallet/visitor.ts';
import {
  FIRST_ROUND_AFTER_MS,
  RESERVE,
  startWalletService,
  type Cafe,
  type WalletService,
} from '../wallet/walletService.ts';
import { wordsOf } from '../wallet/words.ts';
import { openWithWallet, type OwnVisit } from './ownVisit.ts';

let service: WalletService;
let browser: OpenBrowser;
beforeAll(async () => {
  [service, browser] = await Promise.all([startWalletService(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** A member with points in a custodial account, a round that is open, and a change to object to. */
async function openCafe(): Promise<Cafe> {
  const cafe = await service.openCafe();
  await cafe.earn('mei', [{ rule: 'visit' }, { rule: 'review', count: 3 }]);
  await cafe.earn('li-wei', [{ rule: 'purchase', amount: '30000' }]);
  await cafe.fund(RESERVE);
  await cafe.pass(FIRST_ROUND_AFTER_MS);
  await cafe.act('roundTender', { memberId: 'li-wei', round: 0, amount: '30.00' });
  await cafe.announceLessForVisits();
  return cafe;
}

async function goTo({ page }: OwnVisit, cafe: Cafe, path: string): Promise<void> {
  await page.goto(`${new URL(service.service.url).origin}/w/${cafe.program.id}#${path}`);
  await page.reload();
  await untilLoaded(page);
}

/**
 * Reads what the wallet is asked to send, and has it sent.
 *
 * @param kind its words in the catalogue, under `ownWallet.call`
 * @param done what is seen when it is through
 */
async function signs(
  visit: OwnVisit,
  kind: string,
  values: Readonly<Record<string, string | number>>,
  done: Locator = visit.page.locator('.transaction-status.done').last(),
): Promise<void> {
  const { wallet } = visit;
  const sent = wallet.paramsOf('eth_sendTransaction').length;
  await visit.sees(`ownWallet.call.${kind}`, values);
  await visit.checked(`own-${kind}`);
  await visit.pressWallet();
  await done.waitFor();
  expect(wallet.paramsOf('eth_sendTransaction')).toHaveLength(sent + 1);
}

interface Mei {
  readonly ownAccount: string | null;
  readonly balance: { readonly settled: string; readonly locked: string };
  readonly share: { readonly paid: string | null; readonly moneyClaimed: boolean | null } | null;
}
const mei = async (cafe: Cafe): Promise<Mei> => {
  const query = `{ member(memberId: "mei") { ownAccount balance { settled locked }
    share(round: 0) { paid moneyClaimed } } }`;
  return (await cafe.ask<{ member: Mei }>(query)).member;
};

describe.skipIf(!HAS_CHROMIUM)('a member whose points are in an own wallet', () => {
  it.each(variantsOf(2))(
    'objects, sells, and gets money and points by its own hand: $language $width $theme',
    async (variant) => {
      const cafe = await openCafe();
      const [page = '', ticket = ''] = (await cafe.link('mei')).split('#');
      const visit = await openWithWallet(
        { service: service.service, browser },
        `${page}/link#${ticket}`,
        variant,
      );
      const { wallet } = visit;
      await visit.link();
      await until('the wallet is the account', async () => {
        const { ownAccount, balance } = await mei(cafe);
        return ownAccount === wallet.address && balance.settled === '17.00';
      });

      await goTo(visit, cafe, '/rules/changes/1/object');
      await visit.page.locator('dialog[open] input').fill('2');
      await visit.page.locator('dialog[open] button[type="submit"]').click();
      await signs(visit, 'object', { number: 1, amount: '2.00' });
      await goTo(visit, cafe, '/buyback');
      await visit.press('round.sell');
      await visit.page.locator('dialog[open] input[inputmode="decimal"]').fill('15');
      await visit.press('buyback.offer', { amount: '15.00' });
      await signs(visit, 'tender', { number: 0, amount: '15.00' });
      expect((await mei(cafe)).balance).toEqual({ settled: '0.00', locked: '17.00' });

      // The notice and the round are over. What is the wallet's, nobody gets for it.
      await cafe.pass(8 * DAY_MS);
      await until('the round is settled', async () => (await mei(cafe)).share?.paid != null);
      expect((await mei(cafe)).balance).toEqual({ settled: '0.00', locked: '7.00' });

      await goTo(visit, cafe, '/buyback');
      await visit.press('buyback.claim.points', { amount: '5.00' });
      await signs(visit, 'claimPoints', { number: 0 });
      await visit.press('buyback.claim.money', { amount: '1.00 LD' });
      // The points are there already: both are, then.
      const both = visit.page.locator('.transaction-status.done').nth(1);
      await signs(visit, 'claimMoney', { number: 0 }, both);
      await visit.checked('own-claimed');
      expect(await moneyOf(service.service, cafe.program, wallet.address)).toBe(1_000_000n);

      await goTo(visit, cafe, '/rules/changes/1');
      await visit.sees('changes.mine.forWallet');
      await visit.press('changes.mine.get');
      // What is said of it goes with what was locked.
      const back = wordsOf(variant.language)('changes.mine.back', { amount: '2.00' });
      await signs(visit, 'release', { number: 1 }, visit.page.getByText(back));
      await visit.checked('own-released');
      await until('all of it is back', async () => (await mei(cafe)).balance.settled === '7.00');
      await visit.end();
    },
  );
});
