import { readFile } from 'node:fs/promises';
import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { expect } from 'vitest';
import type { Story } from './story.ts';

interface Receipt {
  readonly epoch: number;
  readonly signature: string;
  readonly account: string;
}

/** Proofs of what was earned. */
export const receipts: Story = {
  name: 'receipts',
  guarantees: 'a member sees where every point is from, and keeps the receipts of it',
  prepare: async (cafe) => {
    await cafe.earn('mei', [{ rule: 'visit' }, { rule: 'review', count: 3 }]);
    await cafe.pass(DAY_MS);
    await cafe.record('mei', [
      { rule: 'review' },
      {
        ...{ rule: 'purchase', amount: '19900' },
        maturesAt: new Date((await cafe.now()) + 3 * DAY_MS).toISOString(),
      },
    ]);
  },
  tell: async ({ visitor, cafe }) => {
    const { page, press } = visitor;
    const savedBy = async (target: Parameters<typeof visitor.save>[0]): Promise<unknown> =>
      JSON.parse(await readFile(await (await visitor.save(target)).path(), 'utf8')) as unknown;
    await visitor.looks('1-home');
    await press(visitor.link('allActivity'));
    await visitor.looks('2-activity');
    await press(page.locator('a[href="#/activity/0/3"]'));
    await visitor.looks('3-line');
    const one = (await savedBy(visitor.button('receipts.keepOne'))) as Receipt;
    expect(one).toMatchObject({ epoch: 0 });

    await press(visitor.link('tabs.me'));
    await press(page.locator('a[href="#/me/receipts"]'));
    await visitor.looks('4-receipts');
    const all = (await savedBy(page.locator('.page .actions button'))) as readonly Receipt[];
    expect(all.map(({ epoch }) => epoch)).toEqual([1, 0]);
    expect(all[1]).toEqual(one);
    const { member } = await cafe.ask<{ member: { account: string } }>(
      '{ member(memberId: "mei") { account } }',
    );
    expect(one.account).toBe(member.account);
  },
};
