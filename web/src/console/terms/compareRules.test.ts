import { expect, it } from 'vitest';
import { compareRuleSets, budgetOf, type ComparedRuleSet } from './compareRules.ts';
import type { DeskRule } from './fields.ts';

const VISIT: DeskRule = {
  ...{ ruleId: 2, name: 'visit', text: 'Points for checking in.', look: null },
  ...{ perAction: '2.00', perMillionUnits: '0.00', maxCount: 1, maxPoints: null, untilEpoch: null },
};
const BEFORE: ComparedRuleSet = { budgetPerEpoch: '1000.00', documentHash: null, rules: [VISIT] };
const effectsOf = (after: ComparedRuleSet, epoch = 5): (readonly [string, string])[] =>
  compareRuleSets(BEFORE, after, epoch).map(({ field, effect }) => [field, effect]);
const withRule = (part: Partial<DeskRule>): ComparedRuleSet => ({
  ...BEFORE,
  rules: [{ ...VISIT, ...part }],
});

it('judges each number as the contract does: no limit is the most there is', () => {
  expect(effectsOf(withRule({ perAction: '1.00' }))).toEqual([['perAction', 'worse']]);
  expect(effectsOf(withRule({ maxCount: null }))).toEqual([['maxCount', 'better']]);
  expect(effectsOf(withRule({ maxPoints: '3.00', perAction: '10.00' }))).toEqual([
    ['perAction', 'better'],
    ['maxPoints', 'worse'],
  ]);
  expect(effectsOf(withRule({}))).toEqual([]);
});

it('says who is hurt by a budget, a rule that goes, and another small print', () => {
  expect(effectsOf({ ...BEFORE, budgetPerEpoch: '999.99' })).toEqual([['budgetPerEpoch', 'worse']]);
  expect(effectsOf({ ...BEFORE, budgetPerEpoch: '1000.01' })).toEqual([
    ['budgetPerEpoch', 'holders'],
  ]);
  expect(effectsOf({ ...BEFORE, rules: [] })).toEqual([['whole', 'worse']]);
  expect(effectsOf({ ...BEFORE, documentHash: '0x01' })).toEqual([['documentHash', 'worse']]);
  const added = { ...BEFORE, rules: [VISIT, { ...VISIT, ruleId: 3, name: 'gift' }] };
  expect(effectsOf(added)).toEqual([['whole', 'better']]);
});

it('calls nothing worse of a rule that is over by then', () => {
  const over = { ...BEFORE, rules: [{ ...VISIT, untilEpoch: 5 }] };
  const gone = compareRuleSets(over, { ...over, rules: [] }, 5);
  expect(gone.map(({ effect }) => effect)).toEqual(['other']);
});

it('reads the highest budget as none', () => {
  expect(budgetOf({ budgetPerEpoch: '792281625142643375935439503.35' })).toBe(null);
  expect(budgetOf({ budgetPerEpoch: '100000.00' })).toBe('100000.00');
});
