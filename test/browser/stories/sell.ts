import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { expect } from 'vitest';
import { moneyOf } from '../wallet/chainMoney.ts';
import { FIRST_ROUND_AFTER_MS, RESERVE } from '../wallet/walletService.ts';
import type { Story } from './story.ts';

/** Nobody's: what arrives there came from this story. */
const SAVINGS = '0x000000000000000000000000000000000000bEEF';

/** From the first drop to money that is somewhere else. */
export const sell: Story = {
  name: 'sell',
  guarantees: 'a first drop becomes final, is sold back, and its money goes where the member says',
  prepare: async (cafe) => {
    await cafe.earn('li-wei', [{ rule: 'purchase', amount: '20000' }]);
    await cafe.fund(RESERVE);
    await cafe.pass(FIRST_ROUND_AFTER_MS);
    await cafe.act('roundTender', { memberId: 'li-wei', round: 0, amount: '20.00' });
  },
  tell: async ({ visitor, cafe, service }) => {
    const { page, press, say } = visitor;
    const number = (): Promise<string | null> =>
      page.locator('.balance-number').getAttribute('data-points');
    const onItsWay = (): Promise<string | null> => page.locator('.on-its-way b').textContent();
    // It is said a moment after it is shown.
    const isSaid = (words: string): Promise<void> =>
      page.locator('#said').filter({ hasText: words }).waitFor({ state: 'attached' });
    await visitor.looks('1-nothing-yet');

    await cafe.record('mei', [
      { rule: 'visit' },
      { rule: 'review' },
      { rule: 'purchase', amount: '23000' },
    ]);
    await visitor.hearsNews();
    await visitor.reads('firstDrop');
    await visitor.looks('2-first-drops');

    // While no block comes, nothing is final, and the number stays.
    await service.holdBlocks();
    await press(page.locator('button.drop.ready', { hasText: '2.00' }));
    await until('it is on its way', async () => (await onItsWay()) === '30.00');
    // All drops fall at once: none of those that do may have the focus.
    await page.waitForFunction(() => document.activeElement?.classList.contains('on-its-way'));
    await isSaid(say('said.onItsWay', { amount: '2.00' }));
    expect(await number()).toBe('0.00');
    await visitor.looks('3-on-its-way');
    await service.releaseBlocks();
    await until('it is final', async () => (await number()) === '30.00');
    expect(await cafe.balance('mei')).toMatchObject({ settled: '30.00', pending: '0.00' });
    await isSaid(say('said.final', { amount: '30.00' }));
    await visitor.looks('4-final');

    await press(visitor.link('tabs.buyback'));
    await visitor.reads('buyback.roundOpen', { number: 0 });
    await visitor.looks('5-buyback');
    await press(visitor.button('round.sell'));
    await visitor.type(page.locator('.amount-input'), '30');
    await visitor.reads('buyback.estimate.part', {
      ...{ bought: '18.00', mine: '30.00', paid: '1.80 LD', returned: '12.00' },
    });
    await visitor.looks('6-offer');
    await press(visitor.button('buyback.offer', { amount: '30.00' }));
    await visitor.reads('write.MINED');
    await visitor.reads('buyback.youOffer');
    await visitor.looks('7-offered');

    await cafe.pass(3 * DAY_MS);
    await until('the round is settled', async () => {
      const query = '{ member(memberId: "mei") { share(round: 0) { paid pointsClaimed } } }';
      const { member } = await cafe.ask<{
        member: { share: { paid: string | null; pointsClaimed: boolean | null } };
      }>(query);
      return member.share.paid === '1.800000' && member.share.pointsClaimed === true;
    });
    await visitor.hearsNews();
    await visitor.reads('buyback.result.closed');
    await visitor.looks('8-settled');

    await press(page.locator('a[href="#/money"]'));
    await visitor.looks('9-money');
    const sum = '1.80 LD';
    await visitor.type(page.locator('.money-input'), SAVINGS);
    await press(visitor.button('money.send', { sum }));
    await visitor.reads('money.confirmTo');
    await visitor.looks('10-money-confirm');
    const before = await moneyOf(service.service, cafe.program, SAVINGS);
    await press(page.locator('dialog').getByRole('button', { name: say('money.send', { sum }) }));
    await visitor.reads('write.MINED');
    await visitor.reads('money.none');
    await visitor.looks('11-money-sent');
    const after = await moneyOf(service.service, cafe.program, SAVINGS);
    expect(after - before).toBe(1_800_000n);
  },
};
