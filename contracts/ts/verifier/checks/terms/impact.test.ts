import { describe, expect, it } from 'vitest';
import { rule, terms } from '../../../testing/testProgram.ts';
import {
  buybackImpact,
  HURTS_HOLDERS,
  HURTS_MEMBERS,
  isSameBuyback,
  isSameRuleSet,
  ruleSetImpact,
} from './impact.ts';

const PURCHASE = rule({
  id: 1,
  perAction: 10n,
  perUnit: 10n,
  maxCount: 10n,
  maxPoints: 10n,
  untilEpoch: 10,
});
const NEWEST = terms({ rules: [PURCHASE] });
const BUYBACK = { pricePerPoint: 10n, budgetPerRound: 1_000n, minTender: 1_000n };

describe('the impact of a rule set', () => {
  it.each(['perAction', 'perUnit', 'maxCount', 'maxPoints'] as const)(
    'hurts members by a lower %s, and nobody by a higher one',
    (field) => {
      const lower = terms({ rules: [{ ...PURCHASE, [field]: 9n }] });
      const higher = terms({ rules: [{ ...PURCHASE, [field]: 11n }] });
      expect(ruleSetImpact(lower, NEWEST, 2)).toBe(HURTS_MEMBERS);
      expect(ruleSetImpact(higher, NEWEST, 2)).toBe(0);
    },
  );

  it('hurts members by an earlier end, a rule left out and a lower budget', () => {
    const sooner = terms({ rules: [{ ...PURCHASE, untilEpoch: 9 }] });
    expect(ruleSetImpact(sooner, NEWEST, 2)).toBe(HURTS_MEMBERS);
    expect(ruleSetImpact(terms({ rules: [rule({ id: 2 })] }), NEWEST, 2)).toBe(HURTS_MEMBERS);
    const lower = { ...NEWEST, budgetPerEpoch: NEWEST.budgetPerEpoch - 1n };
    expect(ruleSetImpact(lower, NEWEST, 2)).toBe(HURTS_MEMBERS);
  });

  it('hurts members by another small print', () => {
    const documentHash = `0x${'d0'.repeat(32)}` as const;
    expect(ruleSetImpact({ ...NEWEST, documentHash }, NEWEST, 2)).toBe(HURTS_MEMBERS);
    expect(ruleSetImpact(NEWEST, { ...NEWEST, documentHash }, 2)).toBe(HURTS_MEMBERS);
  });

  it('hurts holders by a higher budget, and both when a rule is worse as well', () => {
    const budgetPerEpoch = NEWEST.budgetPerEpoch + 1n;
    expect(ruleSetImpact({ ...NEWEST, budgetPerEpoch }, NEWEST, 2)).toBe(HURTS_HOLDERS);
    const both = { ...NEWEST, budgetPerEpoch, rules: [{ ...PURCHASE, perUnit: 0n }] };
    expect(ruleSetImpact(both, NEWEST, 2)).toBe(HURTS_MEMBERS | HURTS_HOLDERS);
  });

  it('asks nothing of a rule that has lapsed when the next version begins', () => {
    const without = terms({ rules: [rule({ id: 2 })] });
    expect(ruleSetImpact(without, NEWEST, 9)).toBe(HURTS_MEMBERS);
    expect(ruleSetImpact(without, NEWEST, 10)).toBe(0);
  });
});

describe('the impact of buyback terms', () => {
  it.each([
    [0, { pricePerPoint: 11n, budgetPerRound: 1_001n, minTender: 999n }],
    [HURTS_HOLDERS, { pricePerPoint: 9n }],
    [HURTS_HOLDERS, { budgetPerRound: 999n }],
    [HURTS_HOLDERS, { minTender: 1_001n }],
    [0, { pricePerPoint: 20n, minTender: 500n }],
    [HURTS_HOLDERS, { pricePerPoint: 21n }],
    [HURTS_HOLDERS, { minTender: 499n }],
  ])('is %i for %o', (expected, fields) => {
    expect(buybackImpact({ ...BUYBACK, ...fields }, BUYBACK)).toBe(expected);
  });

  it('is none for any step up from a budget of 0, which bought nothing', () => {
    const next = { pricePerPoint: 100n, budgetPerRound: 1_000n, minTender: 100n };
    expect(buybackImpact(next, { ...BUYBACK, budgetPerRound: 0n })).toBe(0);
  });
});

describe('no change', () => {
  it('is a rule set whose budget, small print and rules are the newest ones', () => {
    expect(isSameRuleSet({ ...NEWEST }, NEWEST)).toBe(true);
    expect(isSameRuleSet({ ...NEWEST, budgetPerEpoch: 1n }, NEWEST)).toBe(false);
    expect(isSameRuleSet({ ...NEWEST, documentHash: `0x${'d0'.repeat(32)}` }, NEWEST)).toBe(false);
    expect(isSameRuleSet({ ...NEWEST, rules: [PURCHASE, rule({ id: 2 })] }, NEWEST)).toBe(false);
    expect(isSameRuleSet({ ...NEWEST, rules: [{ ...PURCHASE, id: 2 }] }, NEWEST)).toBe(false);
    const higher = { ...PURCHASE, perUnit: 11n };
    expect(isSameRuleSet({ ...NEWEST, rules: [higher] }, NEWEST)).toBe(false);
  });

  it.each(['pricePerPoint', 'budgetPerRound', 'minTender'] as const)(
    'is not another %s of the buyback',
    (field) => {
      expect(isSameBuyback({ ...BUYBACK }, BUYBACK)).toBe(true);
      expect(isSameBuyback({ ...BUYBACK, [field]: 1n }, BUYBACK)).toBe(false);
    },
  );
});
