import type { Address } from '@dewpoint/contracts/statement.ts';
import { describe, expect, it } from 'vitest';
import { accountAt, allAccounts, newestAccount, withLink, type AccountLink } from './accounts.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const link = (digit: string, fromEpoch: number): AccountLink => ({
  account: address(digit),
  fromEpoch,
  at: { blockNumber: fromEpoch, logIndex: 0, transactionHash: '0x01' },
});
const MOVED = { account: address('a'), links: [link('b', 5), link('c', 9)] };

describe('the accounts of a member', () => {
  it('are named by the statements of the epoch after each move on', () => {
    const named = [0, 4, 5, 8, 9, 99].map((epoch) => accountAt(MOVED, epoch));
    expect(named).toEqual(['a', 'a', 'b', 'b', 'c', 'c'].map(address));
  });

  it('are each counted once, the newest last', () => {
    const back = { ...MOVED, links: [...MOVED.links, link('b', 12)] };
    expect(allAccounts(back)).toEqual(['a', 'b', 'c'].map(address));
    expect(newestAccount(back)).toBe(address('b'));
    expect(newestAccount({ ...MOVED, links: [] })).toBe(address('a'));
  });

  it('do not change when a move is read twice, nor when later points move to the same wallet', () => {
    expect(withLink(MOVED.links, link('b', 5))).toBe(MOVED.links);
    expect(withLink(MOVED.links, link('c', 20))).toBe(MOVED.links);
    expect(withLink(MOVED.links, link('b', 20))).toHaveLength(3);
  });
});
