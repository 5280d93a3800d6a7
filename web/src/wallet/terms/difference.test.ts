import { describe, expect, it } from 'vitest';
import {
  compareLimits,
  differingBuyback,
  differingRules,
  saidFields,
  topicOf,
  type RuleSetView,
  type RuleView,
} from './difference.ts';

const rule = (ruleId: number, numbers: Partial<RuleView> = {}): RuleView => ({
  ...{ ruleId, name: `rule-${ruleId}`, text: '', look: null },
  ...{ perAction: '2.00', perMillionUnits: '0.00', maxCount: null, maxPoints: null },
  ...{ untilEpoch: null, ...numbers },
});
const ruleSet = (rules: readonly RuleView[], more: Partial<RuleSetView> = {}): RuleSetView => ({
  ...{ budgetPerEpoch: '100.00', documentHash: '0x01', rules, ...more },
});
const buyback = { pricePerPoint: '0.10', budgetPerRound: '3.00', minTender: '5.00' };
const EPOCH = 20;

describe('what differs between two versions of terms', () => {
  it('is nothing between equal ones, however their numbers are written', () => {
    expect(differingRules(ruleSet([rule(1)]), ruleSet([rule(1)]), EPOCH)).toEqual([]);
    expect(differingBuyback(buyback, { ...buyback, pricePerPoint: '0.100000' })).toEqual([]);
  });

  it('names each number once, with whether it is better or worse', () => {
    const [found, ...others] = differingRules(
      ruleSet([rule(1), rule(2)]),
      ruleSet([rule(1), rule(2, { perAction: '3.00', maxCount: 4 })]),
      EPOCH,
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject({ about: 'rule', whole: null, effect: 'worse' });
    expect(found?.fields).toEqual([
      { field: 'perAction', before: '2.00', after: '3.00', effect: 'better' },
      { field: 'maxCount', before: null, after: '4', effect: 'worse' },
    ]);
  });

  it('tells rules that come and go, but none that was over before', () => {
    const over = rule(3, { untilEpoch: EPOCH });
    const groups = differingRules(ruleSet([rule(1), over]), ruleSet([rule(2)]), EPOCH);
    expect(groups.map(({ rule: of, whole }) => [of?.ruleId, whole])).toEqual([
      [2, 'new'],
      [1, 'ended'],
    ]);
  });

  it('takes a larger minimum as worse, a larger price and budget as better', () => {
    const effects = differingBuyback(buyback, {
      ...{ pricePerPoint: '0.12', budgetPerRound: '2.00', minTender: '4.00' },
    })[0]?.fields.map(({ field, effect }) => [field, effect]);
    expect(effects).toEqual([
      ['pricePerPoint', 'better'],
      ['budgetPerRound', 'worse'],
      ['minTender', 'better'],
    ]);
  });

  it('has nothing above no limit', () => {
    expect(compareLimits(null, '9'.repeat(30))).toBe(1);
    expect(compareLimits('10', '9')).toBe(1);
    expect(compareLimits(null, null)).toBe(0);
  });

  it('says of a rule only what limits or earns something', () => {
    expect(saidFields(rule(1, { maxCount: 3 }))).toEqual([
      ['perAction', '2.00'],
      ['maxCount', '3'],
    ]);
  });
});

describe('the topic of a change', () => {
  it.each([
    ['priceLess', differingBuyback(buyback, { ...buyback, pricePerPoint: '0.08' })],
    ['priceMore', differingBuyback(buyback, { ...buyback, pricePerPoint: '0.12' })],
    ['budgetLess', differingBuyback(buyback, { ...buyback, budgetPerRound: '2.00' })],
    ['leastMore', differingBuyback(buyback, { ...buyback, minTender: '9.00' })],
    ['earnLess', differingRules(ruleSet([rule(1)]), ruleSet([]), EPOCH)],
    ['earnMore', differingRules(ruleSet([]), ruleSet([rule(1)]), EPOCH)],
    ['smallPrint', differingRules(ruleSet([]), ruleSet([], { documentHash: '0x02' }), EPOCH)],
    ['moreDrops', differingRules(ruleSet([]), ruleSet([], { budgetPerEpoch: '200.00' }), EPOCH)],
    ['fewerDrops', differingRules(ruleSet([]), ruleSet([], { budgetPerEpoch: '50.00' }), EPOCH)],
    [
      'earnLessAndMoreDrops',
      differingRules(ruleSet([rule(1)]), ruleSet([], { budgetPerEpoch: '200.00' }), EPOCH),
    ],
    ['other', []],
  ] as const)('is %s', (topic, groups) => {
    expect(topicOf(groups)).toBe(topic);
  });
});
