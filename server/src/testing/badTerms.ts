/** Rule sets and buyback terms that are good, and every way to get one of their fields wrong. */
import { rule } from './builders/changeInput.ts';
import type { BuybackTerms } from '../domain/terms/buybackTerms.ts';
import { NO_DOCUMENT } from '../domain/terms/document.ts';
import type { RuleSetTerms } from '../domain/terms/ruleSetTerms.ts';

/** How a bad field is refused. */
export interface Refused {
  /** Path below the terms. */
  readonly at: string;
  readonly code: string;
  /** Part of the message: what would have been right. */
  readonly bound: string;
}

/** A rule set as the API gets it and, where the contract knows as much, what it says to the same terms. */
export interface BadRuleSet extends Refused {
  readonly what: string;
  readonly ruleSet: object;
  readonly onChain?: { readonly terms: RuleSetTerms; readonly said: string };
}
export interface BadBuyback extends Refused {
  readonly what: string;
  readonly buyback: object;
  readonly onChain?: { readonly terms: BuybackTerms; readonly said: string };
}

export const bytes = (count: number): string => 'x'.repeat(count);

/** As input: a rule set that a plain program may open with. */
export const ruleSet = (more: object = {}): object => ({
  budgetPerEpoch: '1000.00',
  rules: [rule(11, 'walk'), rule(12, 'swim')],
  ...more,
});
/** As input: ten cents a point. */
export const BUYBACK = { pricePerPoint: '0.1', budgetPerRound: '100', minTender: '1.00' };

type ChainRule = RuleSetTerms['rules'][number];

/** The same rule in base units. */
export const chainRule = (id: number, name: string, more: Partial<ChainRule> = {}): ChainRule => ({
  id,
  name,
  text: `${name} in words`,
  perAction: 100n,
  perUnit: 0n,
  maxCount: 2n ** 32n - 1n,
  maxPoints: 2n ** 34n - 1n,
  untilEpoch: 2 ** 32 - 1,
  ...more,
});
export const chainRules = (...rules: readonly ChainRule[]): RuleSetTerms => ({
  notBefore: 0,
  budgetPerEpoch: 100_000n,
  documentHash: NO_DOCUMENT,
  rules,
});

const out = (at: string, bound: string): Refused => ({ at, code: 'OUT_OF_RANGE', bound });
const withRules = (...rules: readonly object[]): object => ruleSet({ rules });
const with1 = (more: object): object => withRules(rule(11, 'walk', more));
const ids = Array.from({ length: 33 }, (_, index) => index + 20);

export const BAD_RULE_SETS: readonly BadRuleSet[] = [
  {
    what: 'no rules',
    ruleSet: withRules(),
    ...out('rules', '1 to 32'),
    onChain: { terms: chainRules(), said: 'InvalidTerms rules' },
  },
  {
    what: '33 rules',
    ruleSet: withRules(...ids.map((id) => rule(id, `rule-${id}`))),
    ...out('rules', '1 to 32'),
    onChain: {
      terms: chainRules(...ids.map((id) => chainRule(id, `rule-${id}`))),
      said: 'InvalidTerms rules',
    },
  },
  {
    what: 'rule ids that do not ascend',
    ruleSet: withRules(rule(12, 'swim'), rule(11, 'walk')),
    ...out('rules[1].ruleId', 'must ascend'),
    onChain: {
      terms: chainRules(chainRule(12, 'swim'), chainRule(11, 'walk')),
      said: 'InvalidTerms id',
    },
  },
  {
    what: 'a rule without a name',
    ruleSet: withRules(rule(11, '')),
    ...{ at: 'rules[0].name', code: 'REQUIRED', bound: '1 to 64 bytes' },
    onChain: { terms: chainRules(chainRule(11, '')), said: 'InvalidTerms name' },
  },
  {
    what: 'a rule with a name of 65 bytes',
    ruleSet: withRules(rule(11, bytes(65))),
    ...{ at: 'rules[0].name', code: 'TOO_LONG', bound: '1 to 64 bytes' },
    onChain: { terms: chainRules(chainRule(11, bytes(65))), said: 'InvalidTerms name' },
  },
  {
    what: 'a rule with a text of 513 bytes',
    ruleSet: with1({ text: bytes(513) }),
    ...{ at: 'rules[0].text', code: 'TOO_LONG', bound: '0 to 512 bytes' },
    onChain: {
      terms: chainRules(chainRule(11, 'walk', { text: bytes(513) })),
      said: 'InvalidTerms text',
    },
  },
  {
    what: 'a cap of points above 2^34 - 1',
    ruleSet: with1({ maxPoints: '171798691.84' }),
    ...out('rules[0].maxPoints', '0.00 to 171798691.83'),
    onChain: {
      terms: chainRules(chainRule(11, 'walk', { maxPoints: 2n ** 34n })),
      said: 'InvalidTerms maxPoints',
    },
  },
  {
    what: 'two rules of one name',
    ruleSet: withRules(rule(11, 'walk'), rule(12, 'walk')),
    ...{ at: 'rules[1].name', code: 'RULE_NAME_TAKEN', bound: 'two names' },
    onChain: {
      terms: chainRules(chainRule(11, 'walk'), chainRule(12, 'walk')),
      said: 'InvalidTerms name',
    },
  },
  {
    what: 'a control character in a name',
    ruleSet: withRules(rule(11, 'wa\tlk', { text: '' })),
    ...{ at: 'rules[0].name', code: 'MALFORMED', bound: 'control characters' },
  },
  // What the contract's types can't hold.
  {
    what: 'a rule id of 256',
    ruleSet: withRules(rule(256, 'walk')),
    ...out('rules[0].ruleId', '0 to 255'),
  },
  {
    what: 'a cap of actions above 2^32 - 1',
    ruleSet: with1({ maxCount: 2 ** 32 }),
    ...out('rules[0].maxCount', '0 to 4294967295'),
  },
  {
    what: 'an end above 2^32 - 1',
    ruleSet: with1({ untilEpoch: 2 ** 32 }),
    ...out('rules[0].untilEpoch', '0 to 4294967295'),
  },
  {
    what: '2^64 base units for an action',
    ruleSet: with1({ perAction: '184467440737095516.16' }),
    ...out('rules[0].perAction', '0.00 to 184467440737095516.15'),
  },
  {
    what: '2^64 base units for an amount',
    ruleSet: with1({ perMillionUnits: '184467440737095516.16' }),
    ...out('rules[0].perMillionUnits', '0.00 to 184467440737095516.15'),
  },
  {
    what: 'a budget of 2^96 base units',
    ruleSet: ruleSet({ budgetPerEpoch: '792281625142643375935439503.36' }),
    ...out('budgetPerEpoch', 'to 792281625142643375935439503.35'),
  },
];

const buyback = (more: object): object => ({ ...BUYBACK, ...more });

export const BAD_BUYBACK: readonly BadBuyback[] = [
  {
    what: 'a price of zero',
    buyback: buyback({ pricePerPoint: '0' }),
    ...out('pricePerPoint', 'from 0.000001 to'),
    onChain: {
      terms: { pricePerPoint: 0n, budgetPerRound: 0n, minTender: 100n },
      said: 'TermsOutOfBounds pricePerPoint',
    },
  },
  {
    what: 'a least tender of nothing',
    buyback: buyback({ minTender: '0' }),
    ...out('minTender', 'from 1.00 to'),
    onChain: {
      terms: { pricePerPoint: 100_000n, budgetPerRound: 0n, minTender: 0n },
      said: 'TermsOutOfBounds minTender',
    },
  },
  {
    what: 'a least tender of less than a point',
    buyback: buyback({ minTender: '0.99' }),
    ...out('minTender', 'from 1.00 to'),
    onChain: {
      terms: { pricePerPoint: 100_000n, budgetPerRound: 0n, minTender: 99n },
      said: 'TermsOutOfBounds minTender',
    },
  },
  {
    what: 'a least tender that is worth less than 100 base units',
    buyback: buyback({ pricePerPoint: '0.000050', minTender: '1.99' }),
    ...out('minTender', 'from 2.00 to'),
    onChain: {
      terms: { pricePerPoint: 50n, budgetPerRound: 0n, minTender: 199n },
      said: 'TermsOutOfBounds minTender',
    },
  },
  {
    what: 'a budget that does not buy the least tender',
    buyback: buyback({ budgetPerRound: '0.099999' }),
    ...out('budgetPerRound', 'from 0.100000 to'),
    onChain: {
      terms: { pricePerPoint: 100_000n, budgetPerRound: 99_999n, minTender: 100n },
      said: 'TermsOutOfBounds budgetPerRound',
    },
  },
  {
    what: 'more decimals than the token has',
    buyback: buyback({ pricePerPoint: '0.0000001' }),
    ...{ at: 'pricePerPoint', code: 'MALFORMED', bound: 'at most 6 decimals' },
  },
  {
    what: 'a price that no contract can count',
    buyback: buyback({ pricePerPoint: '9'.repeat(39) }),
    ...out('pricePerPoint', 'to 340282366920938463463374607431768.211455'),
  },
];
