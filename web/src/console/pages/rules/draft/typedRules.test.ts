import { expect, it } from 'vitest';
import { compareRuleSets } from '../../../terms/compareRules.ts';
import type { DeskRuleSet } from '../../../terms/fields.ts';
import { betterPart, readTyped, ruleSetInput, typedOf, type TypedRules } from './typedRules.ts';

const BASE: DeskRuleSet = {
  ...{ id: 'x', version: 2, fromEpoch: 3, budgetPerEpoch: '100000.00', documentHash: '0xab' },
  ...{ blockNumber: 5, transactionHash: '0x01' },
  rules: [
    {
      ...{ ruleId: 1, name: 'purchase', text: 'Points for what is spent.', look: null },
      ...{ perAction: '0.00', perMillionUnits: '1000.00' },
      ...{ maxCount: null, maxPoints: '500.00', untilEpoch: null },
    },
    {
      ...{ ruleId: 2, name: 'visit', text: 'Points for checking in.', look: null },
      ...{ perAction: '2.00', perMillionUnits: '0.00' },
      ...{ maxCount: 1, maxPoints: null, untilEpoch: 30 },
    },
  ],
};
const typed = typedOf(BASE);
const change = (ruleId: number, part: Partial<TypedRules['rules'][number]>): TypedRules => ({
  ...typed,
  rules: typed.rules.map((rule) => (rule.ruleId === ruleId ? { ...rule, ...part } : rule)),
});

it('reads what it wrote: an untouched form is no change', () => {
  const { rules, budget, errors } = readTyped(typed, BASE.rules);
  expect(errors).toEqual({});
  expect({ rules, budget }).toEqual({ rules: BASE.rules, budget: BASE.budgetPerEpoch });
  expect(typed.rules[0]?.perMillionUnits).toBe('1.00');
});

it('reads numbers as people write them, and says which are none', () => {
  const read = readTyped(change(1, { maxPoints: '1,250.5', perAction: 'many' }), BASE.rules);
  expect(read.rules[0]?.maxPoints).toBe('1250.50');
  expect(read.errors).toEqual({ '1 perAction': 'points' });
  const commas = readTyped(change(1, { maxPoints: '1,5', maxCount: '2,5' }), BASE.rules);
  expect(commas.errors).toEqual({ '1 maxPoints': 'points', '1 maxCount': 'count' });
  expect(readTyped(change(2, { maxCount: '' }), BASE.rules).rules[1]?.maxCount).toBe(null);
});

it('leaves out what has no limit, and keeps the small print', () => {
  const sent = ruleSetInput(readTyped(typed, BASE.rules), BASE.documentHash);
  expect(sent).toEqual({
    ...{ budgetPerEpoch: '100000.00', documentHash: '0xab' },
    rules: [
      {
        ...{ ruleId: 1, name: 'purchase', text: 'Points for what is spent.' },
        ...{ perAction: '0.00', perMillionUnits: '1000.00', maxPoints: '500.00' },
      },
      {
        ...{ ruleId: 2, name: 'visit', text: 'Points for checking in.' },
        ...{ perAction: '2.00', perMillionUnits: '0.00', maxCount: 1, untilEpoch: 30 },
      },
    ],
  });
});

it('splits off what hurts nobody', () => {
  const mixed = change(2, { perAction: '1.00', maxCount: '2' });
  const { rules, budget } = readTyped({ ...mixed, budget: '90000' }, BASE.rules);
  const after = { rules, budgetPerEpoch: budget ?? '', documentHash: BASE.documentHash };
  const better = betterPart(mixed, typed, compareRuleSets(BASE, after, 4));
  expect(better).toEqual(change(2, { maxCount: '2' }));
});
