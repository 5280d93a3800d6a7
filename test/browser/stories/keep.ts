import { readFile } from 'node:fs/promises';
import { Wallet } from 'ethers';
import { expect } from 'vitest';
import type { Story } from './story.ts';

const PASSPHRASE = 'morning dew on seven leaves';

interface KeptReceipts {
  readonly dewpoint: {
    readonly program: string;
    readonly receipts: readonly { readonly epoch: number; readonly pointsEarned: string }[];
  };
}

/** Everything of a member in one file. */
export const keep: Story = {
  name: 'keep',
  guarantees: 'a member keeps everything in one file, which any wallet reads with the passphrase',
  prepare: async (cafe) => {
    await cafe.earn('mei', [{ rule: 'review', count: 3 }]);
  },
  tell: async ({ visitor, cafe }) => {
    const { page, press } = visitor;
    await press(visitor.link('tabs.me'));
    await visitor.looks('1-me');
    await press(page.locator('a[href="#/me/keep"]'));
    await visitor.looks('2-empty-form');
    await visitor.type(page.locator('#keep-words'), PASSPHRASE);
    await visitor.type(page.locator('#keep-again'), 'something else');
    await press(visitor.button('keep.do'));
    await visitor.reads('keep.other');
    await visitor.looks('3-not-the-same');
    await visitor.type(page.locator('#keep-again'), PASSPHRASE);
    const file = await visitor.save(visitor.button('keep.do'));
    await visitor.reads('keep.saved');
    await visitor.looks('4-saved');

    const text = await readFile(await file.path(), 'utf8');
    const { address } = await Wallet.fromEncryptedJson(text, PASSPHRASE);
    const { member } = await cafe.ask<{ member: { account: string } }>(
      '{ member(memberId: "mei") { account } }',
    );
    expect(address).toBe(member.account);
    await expect(Wallet.fromEncryptedJson(text, 'another passphrase')).rejects.toThrow();
    const { dewpoint } = JSON.parse(text) as KeptReceipts;
    expect(dewpoint.program).toBe(cafe.program.address);
    expect(dewpoint.receipts).toMatchObject([{ epoch: 0, pointsEarned: '15.00' }]);
  },
};
