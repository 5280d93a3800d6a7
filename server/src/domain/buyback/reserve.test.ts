import { describe, expect, it } from 'vitest';
import type { Program } from '../program.ts';
import { coverAt, newestClosedAt, withdrawableAt } from './reserve.ts';

/** Rounds of 3 s every 10 s from second 10 on, for 100 a round at 1 a base unit of points. */
const PROGRAM = {
  firstRoundAtMs: 10_000,
  roundPeriodMs: 10_000,
  roundWindowMs: 3_000,
  buybackTerms: [
    {
      version: 0,
      fromRound: 0,
      pricePerPoint: 100n,
      budgetPerRound: 100n,
      minTender: 1n,
      blockNumber: 1,
      transactionHash: `0x${'ab'.repeat(32)}`,
    },
  ],
} as unknown as Program;

const held = (reserve: bigint, owed = 0n) => ({ reserve, owed });
const tendered = (round: number, amount: bigint) => ({ round, tendered: amount });

describe('what the operator may take out', () => {
  it('is what exceeds the budget of the next round, before the first', () => {
    expect(withdrawableAt(PROGRAM, held(250n), [], 0)).toBe(150n);
  });

  it('leaves the budgets of the open and the next round', () => {
    expect(withdrawableAt(PROGRAM, held(250n), [], 11_000)).toBe(50n);
    expect(withdrawableAt(PROGRAM, held(250n), [], 13_000)).toBe(150n);
  });

  it('counts a round that has closed and is not settled as if it were', () => {
    expect(withdrawableAt(PROGRAM, held(250n), [tendered(0, 30n)], 13_000)).toBe(120n);
    expect(withdrawableAt(PROGRAM, held(250n), [tendered(0, 500n)], 13_000)).toBe(50n);
  });

  it('is never below nothing', () => {
    expect(withdrawableAt(PROGRAM, held(50n, 20n), [], 11_000)).toBe(0n);
  });
});

describe('the cover of a round', () => {
  const cover = (
    round: number,
    reserve: bigint,
    nowMs: number,
    unsettled: readonly { round: number; tendered: bigint }[] = [],
  ) => coverAt(PROGRAM, round, { held: held(reserve), unsettled, nowMs });

  it('is all that is there up to its budget', () => {
    expect(cover(0, 99n, 0)).toEqual({ budget: 100n, available: 99n, covered: false });
    expect(cover(0, 100n, 0)).toEqual({ budget: 100n, available: 100n, covered: true });
  });

  it('has nothing of what a closed round before it is due', () => {
    expect(cover(1, 150n, 20_000, [tendered(0, 80n)])?.available).toBe(70n);
  });

  it('has nothing of what an open round before it may still spend', () => {
    expect(cover(1, 150n, 11_000)?.available).toBe(50n);
    expect(cover(0, 150n, 11_000)?.available).toBe(100n);
  });

  it('is unknown for an old round that nobody settled', () => {
    expect(newestClosedAt(PROGRAM, 43_500)).toBe(3);
    expect(cover(3, 150n, 43_500)).not.toBeNull();
    expect(cover(2, 150n, 43_500)).toBeNull();
    expect(cover(2, 150n, 43_500, [tendered(2, 1n)])).not.toBeNull();
  });
});
