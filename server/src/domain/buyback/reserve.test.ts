import { describe, expect, it } from 'vitest';
import type { Program } from '../program.ts';
import { coverAt, newestClosedAt, withdrawableAt, type MoneyState } from './reserve.ts';

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

const tendered = (round: number, amount: bigint) => ({ round, tendered: amount });
const state = (
  held: { reserve: bigint; owed?: bigint },
  unsettled: readonly { round: number; tendered: bigint }[],
  nowMs: number,
  lastRounds: readonly number[] = [],
): MoneyState => ({
  held: { owed: 0n, ...held },
  unsettled,
  nowMs,
  lastRounds: new Set(lastRounds),
});
const withdrawable = (...args: Parameters<typeof state>): bigint =>
  withdrawableAt(PROGRAM, state(...args), 0n);

/** 100 base units may be minted an epoch of 5 s; the notice is 10 s. */
const BACKED = {
  ...PROGRAM,
  backed: true,
  startsAtMs: 0,
  epochLengthMs: 5_000,
  noticePeriodMs: 10_000,
  ruleSets: [
    { version: 0, fromEpoch: 0, budgetPerEpoch: 100n },
    { version: 1, fromEpoch: 3, budgetPerEpoch: 40n },
  ],
} as unknown as Program;

describe('what the operator may take out', () => {
  it('is what exceeds the budget of the next round, before the first', () => {
    expect(withdrawable({ reserve: 250n }, [], 0)).toBe(150n);
  });

  it('leaves the budgets of the open and the next round', () => {
    expect(withdrawable({ reserve: 250n }, [], 11_000)).toBe(50n);
    expect(withdrawable({ reserve: 250n }, [], 13_000)).toBe(150n);
  });

  it('counts a round that has closed and is not settled as if it were', () => {
    expect(withdrawable({ reserve: 250n }, [tendered(0, 30n)], 13_000)).toBe(120n);
    expect(withdrawable({ reserve: 250n }, [tendered(0, 500n)], 13_000)).toBe(50n);
  });

  it('is never below nothing', () => {
    expect(withdrawable({ reserve: 50n, owed: 20n }, [], 11_000)).toBe(0n);
  });
});

describe('the cover of a round', () => {
  const cover = (
    round: number,
    reserve: bigint,
    nowMs: number,
    unsettled: readonly { round: number; tendered: bigint }[] = [],
    addedSinceOpening = 0n,
  ) => coverAt(PROGRAM, round, { ...state({ reserve }, unsettled, nowMs), addedSinceOpening });

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

  it('has what came while the round was open, and counts only what was there before', () => {
    expect(cover(0, 150n, 11_000, [], 49n)).toMatchObject({ available: 100n, covered: true });
    expect(cover(0, 150n, 11_000, [], 51n)).toMatchObject({ available: 100n, covered: false });
    // Closed, and not settled yet.
    expect(cover(0, 150n, 13_500, [], 51n)).toMatchObject({ covered: false });
    // The next round opens with it.
    expect(cover(1, 200n, 11_000, [], 200n)).toMatchObject({ covered: true });
  });

  it('is unknown for an old round that nobody settled', () => {
    expect(newestClosedAt(PROGRAM, 43_500)).toBe(3);
    expect(cover(3, 150n, 43_500)).not.toBeNull();
    expect(cover(2, 150n, 43_500)).toBeNull();
    expect(cover(2, 150n, 43_500, [tendered(2, 1n)])).not.toBeNull();
  });
});

describe('a backed program', () => {
  const left = (reserve: bigint, supply: bigint, nowMs: number, ...rest: [] | [bigint]): bigint =>
    withdrawableAt(
      BACKED,
      state({ reserve }, rest[0] === undefined ? [] : [tendered(0, rest[0])], nowMs),
      supply,
    );

  it('keeps what buys all points, and those that may be minted in the epochs that a notice touches', () => {
    // 3 epochs of 100 at 1 a base unit, and the supply.
    expect(left(1_000n, 200n, 1_000)).toBe(500n);
    expect(left(499n, 200n, 1_000)).toBe(0n);
    // The lower budget is in force: the newest and the one in force are the same.
    expect(left(1_000n, 200n, 15_000)).toBe(680n);
  });

  it('counts what a closed round bought as burned, and its money as owed', () => {
    expect(left(1_000n, 200n, 13_000, 30n)).toBe(1_000n - 30n - 170n - 300n);
  });

  it('buys with all free money in a last round', () => {
    const args = state({ reserve: 500n }, [tendered(0, 900n)], 11_000, [0]);
    expect(coverAt(BACKED, 0, { ...args, addedSinceOpening: 0n })).toEqual({
      budget: 100n,
      available: 500n,
      covered: true,
    });
    // Nothing is left of it for the next one.
    expect(coverAt(BACKED, 1, { ...args, addedSinceOpening: 0n })?.available).toBe(0n);
    expect(
      coverAt({ ...BACKED, backed: false }, 0, { ...args, addedSinceOpening: 0n })?.available,
    ).toBe(100n);
  });
});
