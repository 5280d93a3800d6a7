import { expect, it } from 'vitest';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from './formula.ts';
import {
  decodeBuybackTerms,
  decodeTerms,
  encodeBuybackTerms,
  encodeTerms,
  NO_BUDGET_CAP,
  type RuleSetTerms,
} from './terms.ts';

const RULE_SET: RuleSetTerms = {
  notBefore: 7,
  budgetPerEpoch: NO_BUDGET_CAP,
  documentHash: `0x${'d0'.repeat(32)}`,
  rules: [
    {
      id: 255,
      perAction: 2n ** 64n - 1n,
      perUnit: 3n,
      maxCount: NO_COUNT_CAP,
      maxPoints: NO_POINTS_CAP,
      untilEpoch: NO_END,
      name: 'purchase',
      text: 'Ein Punkt für jeden Einkauf · 每次购物',
    },
  ],
};

it('reads a rule set back as it was encoded', () => {
  expect(decodeTerms(encodeTerms(RULE_SET))).toEqual(RULE_SET);
});

it('reads buyback terms back as they were encoded', () => {
  const terms = { pricePerPoint: 2n ** 128n - 1n, budgetPerRound: 0n, minTender: 2n ** 96n - 1n };
  expect(decodeBuybackTerms(encodeBuybackTerms(terms))).toEqual(terms);
});

it('refuses bytes that are no terms', () => {
  expect(() => decodeTerms('0x1234')).toThrow();
  expect(() => decodeBuybackTerms('0x')).toThrow();
});
