import { expect, it } from 'vitest';
import type { RoundNow } from '@dewpoint/contracts/verifier/facts/programNow.ts';
import { coversNow, shareOf } from './cover.ts';

const round = (number: number, budgetPerRound: bigint): RoundNow => ({
  ...{ round: number, opensAt: 0, closesAt: 0, tendered: 0n },
  terms: { version: 0, pricePerPoint: 1n, minTender: 100n, budgetPerRound },
});

it('gives the open round its money first, and nothing of what is owed', () => {
  const covers = coversNow({
    ...{ reserve: 6_200n, owed: 1_000n, openRound: round(2, 3_000n), nextRound: round(3, 3_000n) },
  });
  expect(covers.map(({ available }) => available)).toEqual([3_000n, 2_200n]);
});

it('never says that less than nothing is there', () => {
  const [next] = coversNow({ reserve: 1n, owed: 2n, openRound: null, nextRound: round(0, 5n) });
  expect(next).toMatchObject({ isOpen: false, available: 0n });
});

it('knows a share exactly, and all of nothing', () => {
  expect(shareOf(1n, 3n)).toBe(0.3333);
  expect(shareOf(0n, 0n)).toBe(1);
});
