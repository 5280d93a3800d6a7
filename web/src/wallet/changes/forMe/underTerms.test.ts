import { describe, expect, it } from 'vitest';
import type { RuleView } from '../../terms/difference.ts';
import { outcomeOf, rulesForMe } from './underTerms.ts';

const rule = (ruleId: number, numbers: Partial<RuleView>): RuleView => ({
  ...{ ruleId, name: `rule-${ruleId}`, text: '', look: null },
  ...{ perAction: '0.00', perMillionUnits: '0.00', maxCount: null, maxPoints: null },
  ...{ untilEpoch: null, ...numbers },
});
const visit = rule(2, { perAction: '2.00', maxCount: 1 });
const review = rule(3, { perAction: '6.00', maxCount: 3 });
const EPOCH = 27;

describe('what a change of the rules means for a member', () => {
  const lines = [
    { epoch: 1, ruleId: 2, count: 1, amount: '0' },
    { epoch: 2, ruleId: 2, count: 1, amount: '0' },
    { epoch: 2, ruleId: 3, count: 2, amount: '0' },
    { epoch: 2, ruleId: 3, count: 2, amount: '0' },
  ];

  it('is what the same actions earn under both, with the caps of each day', () => {
    const after = [
      { ...visit, perAction: '1.00' },
      { ...review, perAction: '8.00' },
    ];
    const { rules, more } = rulesForMe(lines, [visit, review], after, EPOCH);
    expect(rules.map(({ before, after: then, more: each }) => [before, then, each])).toEqual([
      ['4.00', '2.00', '-2.00'],
      ['18.00', '24.00', '6.00'],
    ]);
    expect(more).toBe('4.00');
  });

  it('is all of a rule that goes, and nothing of one that is over by then', () => {
    const over = { ...review, untilEpoch: EPOCH };
    const { rules, more } = rulesForMe(lines, [visit, over], [], EPOCH);
    expect(rules.map(({ rule: { ruleId }, more: each }) => [ruleId, each])).toEqual([[2, '-4.00']]);
    expect(more).toBe('-4.00');
  });

  it('adds up amounts before they are rounded', () => {
    const spent = rule(1, { perMillionUnits: '1000.00' });
    const halves = [1, 1].map((epoch) => ({ epoch, ruleId: 1, count: 1, amount: '15' }));
    expect(rulesForMe(halves, [], [spent], EPOCH).more).toBe('0.03');
  });
});

describe('what other buyback terms mean for a member', () => {
  const terms = { pricePerPoint: '0.10', budgetPerRound: '3.00', minTender: '5.00' };
  const offer = { amount: '10.00', tendered: '70.00', money: null };

  it('is the same money for more points, where the budget is what limits the round', () => {
    expect(outcomeOf(offer, terms, 6)).toEqual({
      ...{ paid: '0.428571', given: '4.29', isTooSmall: false },
    });
    expect(outcomeOf(offer, { ...terms, pricePerPoint: '0.08' }, 6)).toEqual({
      ...{ paid: '0.428571', given: '5.36', isTooSmall: false },
    });
  });

  it('is never more money than there was', () => {
    expect(outcomeOf({ ...offer, money: '1.400000' }, terms, 6).paid).toBe('0.200000');
    expect(outcomeOf({ ...offer, money: '9.000000' }, terms, 6).paid).toBe('0.428571');
  });

  it('is nothing for an offer that is too small, and without a buyback', () => {
    expect(outcomeOf(offer, { ...terms, minTender: '11.00' }, 6)).toMatchObject({
      ...{ paid: '0.000000', given: '0.00', isTooSmall: true },
    });
    expect(outcomeOf(offer, { ...terms, budgetPerRound: '0' }, 6)).toMatchObject({
      ...{ paid: '0.000000', given: '0.00', isTooSmall: false },
    });
  });
});
