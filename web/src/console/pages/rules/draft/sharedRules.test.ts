import { expect, it } from 'vitest';
import type { DeskRuleSet } from '../../../terms/fields.ts';
import { typedOfProposed, typedOfShared } from './sharedRules.ts';
import { newTypedRule, readTyped, ruleSetInput, typedOf, type TypedRules } from './typedRules.ts';

const NEWEST: DeskRuleSet = {
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
const TYPED = typedOf(NEWEST);
const [PURCHASE, VISIT] = TYPED.rules as [TypedRules['rules'][number], TypedRules['rules'][number]];

/** As it is saved from the form. */
const savedOf = (typed: TypedRules): string =>
  JSON.stringify({ ruleSet: ruleSetInput(readTyped(typed, NEWEST.rules), NEWEST.documentHash) });

it.each<readonly [string, TypedRules]>([
  ['nothing different', TYPED],
  [
    'every number of a rule, and no budget',
    {
      rules: [
        {
          ...PURCHASE,
          ...{ perAction: '0.05', perMillionUnits: '12.34', digits: 4, maxCount: '3' },
          ...{ maxPoints: '12,500.50', untilEpoch: '44' },
        },
        { ...VISIT, maxCount: '', maxPoints: '', untilEpoch: '' },
      ],
      budget: '',
    },
  ],
  [
    'a rule that ends, and a new one',
    {
      rules: [
        PURCHASE,
        { ...VISIT, isLeft: true },
        { ...newTypedRule(7), name: 'review', text: 'Points for a review.' },
      ],
      budget: '1',
    },
  ],
])('comes back from a draft as it was saved: %s', (_what, typed) => {
  const shared = typedOfShared(savedOf(typed), NEWEST);
  expect(shared?.isWhole).toBe(true);
  const back = shared?.typed ?? TYPED;
  expect(readTyped(back, NEWEST.rules)).toEqual(readTyped(typed, NEWEST.rules));
  expect(savedOf(back)).toBe(savedOf(typed));
  expect(back.rules.map(({ isLeft, isNew }) => [isLeft, isNew])).toEqual(
    typed.rules.map(({ isLeft, isNew }) => [isLeft, isNew]),
  );
});

it('takes what the API takes, and says what the form has no place for', () => {
  const rule = { ruleId: 1, name: 'purchase', text: 'Points for what is spent.' };
  const draft = (part: object): string => JSON.stringify({ ruleSet: { rules: [rule], ...part } });
  const plain = typedOfShared(draft({ documentHash: '0xab', budgetPerEpoch: null }), NEWEST);
  expect(plain).toMatchObject({ isWhole: true, typed: { budget: '' } });
  expect(plain?.typed.rules[0]).toMatchObject({ perAction: '0.00', maxPoints: '', isLeft: false });
  expect(typedOfShared(draft({}), NEWEST)?.isWhole).toBe(false);
  expect(typedOfShared(draft({ documentHash: '0xab', notBefore: 9 }), NEWEST)?.isWhole).toBe(false);
});

it('takes no draft that would be another one in the form', () => {
  const rule = { ruleId: 1, name: 'purchase', text: 'Points for what is spent.' };
  const of = (part: object) =>
    typedOfShared(JSON.stringify({ ruleSet: { rules: [{ ...rule, ...part }] } }), NEWEST);
  expect(of({})).not.toBeNull();
  expect(of({ name: 'bought' })).toBeNull();
  expect(of({ text: 'Others.' })).toBeNull();
  expect(of({ perAction: '1.005' })).toBeNull();
  expect(of({ maxCount: 1.5 })).toBeNull();
  expect(typedOfShared('{"buyback":{}}', NEWEST)).toBeNull();
  expect(typedOfShared('{', NEWEST)).toBeNull();
});

it('begins from what was proposed: what it added is new, what it left out ends, and another rule of a number is none', () => {
  const [purchase, visit] = NEWEST.rules as [
    DeskRuleSet['rules'][number],
    DeskRuleSet['rules'][number],
  ];
  const added = { ...visit, ruleId: 7, name: 'review', text: 'Points for a review.' };
  const typed = typedOfProposed({ rules: [purchase, added], budgetPerEpoch: '5.00' }, NEWEST);
  expect(typed?.budget).toBe('5.00');
  expect(typed?.rules.map(({ ruleId, isNew, isLeft }) => [ruleId, isNew, isLeft])).toEqual([
    [1, false, false],
    [2, false, true],
    [7, true, false],
  ]);
  const other = { ...visit, text: 'Points for leaving.' };
  expect(typedOfProposed({ rules: [other], budgetPerEpoch: '5.00' }, NEWEST)).toBeNull();
});
