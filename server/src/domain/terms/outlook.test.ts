import { describe, expect, it } from 'vitest';
import { changeKindOf, outlookOf } from './outlook.ts';
import type { Program } from '../program.ts';

const DAY_MS = 86_400_000;
const HURTS = {
  nobody: { hurtsMembers: false, hurtsHolders: false },
  members: { hurtsMembers: true, hurtsHolders: false },
  holders: { hurtsMembers: false, hurtsHolders: true },
  both: { hurtsMembers: true, hurtsHolders: true },
};

/** Epochs of a day from 0 on, notice of a week, rounds of 3 days every 10 days from day 5 on. */
const program = (budgetPerRound = 1n): Program =>
  ({
    startsAtMs: 0,
    epochLengthMs: DAY_MS,
    noticePeriodMs: 7 * DAY_MS,
    firstRoundAtMs: 5 * DAY_MS,
    roundPeriodMs: 10 * DAY_MS,
    roundWindowMs: 3 * DAY_MS,
    ruleSets: [{ version: 0, fromEpoch: 0 }],
    buybackTerms: [{ version: 0, fromRound: 0, budgetPerRound }],
  }) as unknown as Program;

const outlook = (
  hurts: (typeof HURTS)[keyof typeof HURTS],
  announcedAtMs: number,
  args: { target?: 'RULES' | 'BUYBACK'; notBefore?: number; budget?: bigint } = {},
): ReturnType<typeof outlookOf> =>
  outlookOf(program(args.budget), {
    target: args.target ?? 'RULES',
    notBefore: args.notBefore ?? 0,
    hurts,
    announcedAtMs,
  });

describe('the row of the table', () => {
  it.each([
    ['RULES', HURTS.nobody, 'RULES_IMPROVED'],
    ['RULES', HURTS.members, 'RULES_WORSENED'],
    ['RULES', HURTS.holders, 'BUDGET_RAISED'],
    ['RULES', HURTS.both, 'RULES_WORSENED_BUDGET_RAISED'],
    ['BUYBACK', HURTS.nobody, 'BUYBACK_IMPROVED'],
    ['BUYBACK', HURTS.holders, 'BUYBACK_WORSENED'],
  ] as const)('of %s that hurts %o is %s', (target, hurts, kind) => {
    expect(changeKindOf(target, hurts)).toBe(kind);
  });
});

describe('an announcement', () => {
  it('that hurts nobody is in force from the next epoch, or the next round that is not open', () => {
    expect(outlook(HURTS.nobody, 5.5 * DAY_MS)).toMatchObject({
      noticeEndsAtMs: null,
      lastRound: null,
      diesAtMs: null,
      earliestEnactmentMs: 5.5 * DAY_MS,
      earliestEffectMs: 6 * DAY_MS,
    });
    expect(outlook(HURTS.nobody, 5.5 * DAY_MS, { target: 'BUYBACK' }).earliestEffectMs).toBe(
      15 * DAY_MS,
    );
  });

  it('that hurts members waits for its notice and for the epoch that it names, and owes no round', () => {
    expect(outlook(HURTS.members, DAY_MS, { notBefore: 12 })).toMatchObject({
      noticeEndsAtMs: 8 * DAY_MS,
      lastRound: null,
      earliestEnactmentMs: 8 * DAY_MS,
      earliestEffectMs: 12 * DAY_MS,
      diesAtMs: 22 * DAY_MS,
    });
  });

  it('that hurts holders owes the first round that opens at or after the end of its notice', () => {
    expect(outlook(HURTS.holders, DAY_MS)).toMatchObject({
      noticeEndsAtMs: 8 * DAY_MS,
      lastRound: { round: 1, opensAtMs: 15 * DAY_MS, closesAtMs: 18 * DAY_MS },
      earliestEnactmentMs: 18 * DAY_MS,
      earliestEffectMs: 19 * DAY_MS,
      // the close of the second round that may be it, and 14 days
      diesAtMs: (28 + 14) * DAY_MS,
    });
    // Its notice ends exactly as a round opens, and a millisecond later.
    expect(outlook(HURTS.holders, 8 * DAY_MS).lastRound?.round).toBe(1);
    expect(outlook(HURTS.holders, 8 * DAY_MS + 1).lastRound?.round).toBe(2);
    // Before the first round there was none.
    expect(outlook(HURTS.holders, -4 * DAY_MS).lastRound?.round).toBe(0);
  });

  it('that hurts holders owes no round where nothing is bought back', () => {
    expect(outlook(HURTS.holders, DAY_MS, { budget: 0n })).toMatchObject({
      lastRound: null,
      earliestEnactmentMs: 8 * DAY_MS,
      diesAtMs: 22 * DAY_MS,
    });
  });

  it('that worsens the buyback is in force for rounds after the last one', () => {
    expect(outlook(HURTS.holders, DAY_MS, { target: 'BUYBACK' }).earliestEffectMs).toBe(
      25 * DAY_MS,
    );
  });
});
