import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { expect } from 'vitest';
import { FIRST_ROUND_AFTER_MS, RESERVE } from '../wallet/walletService.ts';
import type { Story } from './story.ts';

/** From an announced change to its end. */
export const change: Story = {
  name: 'change',
  guarantees: 'a change that makes members earn less is understood, objected to, and struck down',
  prepare: async (cafe) => {
    await cafe.earn('mei', [{ rule: 'visit' }, { rule: 'review', count: 2 }]);
    await cafe.earn('li-wei', [{ rule: 'purchase', amount: '40000' }]);
    await cafe.fund(RESERVE);
    await cafe.pass(FIRST_ROUND_AFTER_MS);
    await cafe.pass(DAY_MS);
    await cafe.earn('mei', [{ rule: 'visit' }]);
    await cafe.announceLessForVisits();
    await cafe.act('changeObject', { memberId: 'li-wei', change: 1, amount: '1.00' });
  },
  tell: async ({ visitor, cafe }) => {
    const { page, press } = visitor;
    await visitor.reads('changes.wish.earnLess');
    await visitor.looks('1-announced');

    await press(visitor.link('change.forMe'));
    await visitor.reads('changes.forMe.sum.worse', { amount: '2.00' });
    await visitor.looks('2-for-me');

    await press(visitor.link('change.object'));
    await visitor.reads('changes.sheet.strikes');
    await visitor.looks('3-object');
    await press(visitor.button('changes.sheet.object', { amount: '14.00' }));
    await visitor.reads('write.MINED');
    await visitor.looks('4-objected');
    await press(page.locator('dialog').getByRole('button').last());

    await visitor.reads('changes.outcome.STRUCK_DOWN.title');
    await visitor.looks('5-struck-down');
    const { program } = await cafe.ask<{ program: { change: { state: string } } }>(
      '{ program { change(number: 1) { state } } }',
    );
    expect(program.change.state).toBe('STRUCK_DOWN');

    await press(page.locator('nav a[href="#/rules"]'));
    await visitor.looks('6-rules');
    await cafe.pass(7 * DAY_MS);
    await until('her points are back', async () => (await cafe.balance('mei')).locked === '0.00');
    expect((await cafe.balance('mei')).settled).toBe('14.00');
  },
};
