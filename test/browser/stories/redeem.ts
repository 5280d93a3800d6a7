import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { expect } from 'vitest';
import type { Story } from './story.ts';

const TEA = 1;

/** From points to what is got for them, once handed over and once not. */
export const redeem: Story = {
  name: 'redeem',
  guarantees: 'a reward is ordered, shown and handed over; what is not comes back by itself',
  prepare: async (cafe) => {
    await cafe.earn('mei', [{ rule: 'visit' }, { rule: 'review', count: 3 }]);
    await cafe.offerItems();
  },
  tell: async ({ visitor, cafe }) => {
    const { page, press, say } = visitor;
    const stateOf = async (number: number): Promise<string | undefined> => {
      const query =
        '{ member(memberId: "mei") { orders(first: 5) { edges { node { number state } } } } }';
      const { member } = await cafe.ask<{
        member: {
          orders: {
            edges: readonly {
              readonly node: { readonly number: number; readonly state: string };
            }[];
          };
        };
      }>(query);
      return member.orders.edges.find(({ node }) => node.number === number)?.node.state;
    };
    const order = async (): Promise<void> => {
      await press(visitor.link('tabs.rewards'));
      await press(page.locator(`a[href="#/rewards/${TEA}"]`));
      await press(visitor.button('rewards.get', { price: '5.00' }));
    };

    await press(visitor.link('tabs.rewards'));
    await visitor.reads('rewards.have', { amount: '17.00' });
    await visitor.looks('1-rewards');
    await press(page.locator(`a[href="#/rewards/${TEA}"]`));
    await visitor.reads('rewards.sure');
    await visitor.looks('2-item');
    await press(visitor.button('rewards.get', { price: '5.00' }));
    await press(visitor.button('rewards.sheet.more'));
    await visitor.looks('3-two-pieces');
    const sheet = page.locator('dialog[open]');
    await press(sheet.getByRole('button', { name: say('rewards.get', { price: '10.00' }) }));
    await visitor.reads('rewards.sheet.done', { number: 1 });
    await visitor.looks('4-placed');
    expect(await cafe.balance('mei')).toMatchObject({ settled: '7.00', locked: '10.00' });

    await press(visitor.link('rewards.sheet.show'));
    await page.getByRole('img', { name: say('orders.code', { number: 1 }) }).waitFor();
    await visitor.looks('5-show-this');
    await cafe.act('orderFulfil', { order: 1 });
    await visitor.hearsNews();
    await visitor.reads('orders.outcome.FULFILLED.title');
    await visitor.looks('6-handed-over');

    await order();
    await press(sheet.getByRole('button', { name: say('rewards.get', { price: '5.00' }) }));
    await visitor.reads('rewards.sheet.done', { number: 2 });
    await press(visitor.link('rewards.sheet.show'));
    await page.getByRole('img', { name: say('orders.code', { number: 2 }) }).waitFor();
    expect(await cafe.balance('mei')).toMatchObject({ settled: '2.00', locked: '5.00' });
    await cafe.pass(3 * DAY_MS + 1_000);
    await until('nobody handed it over', async () => (await stateOf(2)) === 'OVERDUE');
    await visitor.hearsNews();
    await visitor.reads('orders.outcome.OVERDUE.title');
    await visitor.looks('7-came-back');
    expect(await cafe.balance('mei')).toMatchObject({ settled: '7.00', locked: '0.00' });

    await press(page.locator('a[href="#/orders"]'));
    await visitor.reads('orders.state.OVERDUE');
    await visitor.looks('8-orders');
  },
};
