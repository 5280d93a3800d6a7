import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { ruleSetImpact, buybackImpact } from '@dewpoint/contracts/verifier/checks/terms/impact.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuybackTermsVersion, Rule, RuleSet } from '../program.ts';
import { NO_DOCUMENT } from './document.ts';
import { MAX_BUDGET_PER_EPOCH } from './ruleSetTerms.ts';
import { buybackDifferences, ruleSetDifferences } from './termsDifferences.ts';

const HURTS_MEMBERS = 1;
const HURTS_HOLDERS = 2;

const rule = (id: number, more: Partial<Rule> = {}): Rule => ({
  id,
  name: `rule-${id}`,
  text: 'words',
  perAction: 100n,
  perUnit: 0n,
  maxCount: NO_COUNT_CAP,
  maxPoints: NO_POINTS_CAP,
  untilEpoch: NO_END,
  ...more,
});
const published = (
  rules: readonly Rule[],
  budgetPerEpoch = 1_000n,
  documentHash: Hex = NO_DOCUMENT,
): RuleSet =>
  ({ version: 0, fromEpoch: 0, budgetPerEpoch, documentHash, rules }) as unknown as RuleSet;
const compare = (
  old: RuleSet,
  rules: readonly Rule[],
  { budget = 1_000n, fromEpoch = 5, budgetLeftOut = false, documentHash = NO_DOCUMENT } = {},
): ReturnType<typeof ruleSetDifferences> =>
  ruleSetDifferences(
    old,
    { notBefore: 0, budgetPerEpoch: budget, documentHash, rules },
    { fromEpoch, budgetLeftOut },
  );
const messages = (differences: ReturnType<typeof ruleSetDifferences>): string[] =>
  differences.map(({ message }) => message);

describe('the differences of two rule sets', () => {
  it('are none when nothing is different', () => {
    expect(compare(published([rule(1)]), [rule(1)])).toEqual([]);
  });

  it('say of every number what it was and what it would be', () => {
    const next = rule(1, { perAction: 50n, perUnit: 7n, maxCount: 3n, maxPoints: 900n });
    expect(messages(compare(published([rule(1)]), [next]))).toEqual([
      'perAction of rule 1 "rule-1" is lowered from 1.00 to 0.50.',
      'perMillionUnits of rule 1 "rule-1" is raised from 0.00 to 0.07.',
      'maxCount of rule 1 "rule-1" is lowered from no cap to 3.',
      'maxPoints of rule 1 "rule-1" is lowered from no cap to 9.00.',
    ]);
  });

  it('name a rule that is left out, one that is new, and a budget that is left out', () => {
    const differences = compare(published([rule(1), rule(2)]), [rule(2), rule(3)], {
      budget: MAX_BUDGET_PER_EPOCH,
      budgetLeftOut: true,
    });
    expect(differences.map(({ kind }) => kind)).toEqual([
      'BUDGET_LEFT_OUT',
      'RULE_LEFT_OUT',
      'RULE_ADDED',
    ]);
    expect(messages(differences)).toEqual([
      'budgetPerEpoch is left out, which means no limit: raised from 10.00 to no limit.',
      'Rule 1 "rule-1" is left out: it would end.',
      'Rule 3 "rule-3" is new.',
    ]);
  });

  it('say that the small print is replaced, which hurts members', () => {
    const [old, next] = [`0x${'01'.repeat(32)}`, `0x${'02'.repeat(32)}`] as const;
    const change = (from: Hex, to: Hex): unknown =>
      compare(published([rule(1)], 1_000n, from), [rule(1)], { documentHash: to });
    for (const [from, to] of [
      [old, next],
      [old, NO_DOCUMENT],
      [NO_DOCUMENT, next],
    ] as const) {
      expect(change(from, to)).toMatchObject([
        { kind: 'DOCUMENT_REPLACED', hurtsMembers: true, hurtsHolders: false },
      ]);
    }
    expect(change(old, NO_DOCUMENT)).toMatchObject([{ before: old, after: null }]);
  });

  it('hurt nobody where the rule has lapsed by then', () => {
    const lapsed = rule(1, { untilEpoch: 5 });
    const differences = compare(published([lapsed, rule(2)]), [rule(2)]);
    expect(differences).toMatchObject([{ kind: 'RULE_LEFT_OUT', hurtsMembers: false }]);
    expect(messages(differences)).toEqual(['Rule 1 "rule-1" is left out: it has lapsed by then.']);
  });
});

const smallNumber = fc.bigInt({ min: 0n, max: 3n });
const anyRule = (id: number): fc.Arbitrary<Rule> =>
  fc
    .record({ perAction: smallNumber, perUnit: smallNumber, maxCount: smallNumber })
    .chain((more) =>
      fc
        .record({ maxPoints: smallNumber, untilEpoch: fc.integer({ min: 3, max: 7 }) })
        .map((rest) => rule(id, { ...more, ...rest })),
    );
const anyRules = fc
  .subarray([1, 2, 3], { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map(anyRule)));

describe('together the differences hurt whom the contract says', () => {
  const flags = (found: readonly { hurtsMembers: boolean; hurtsHolders: boolean }[]): number =>
    (found.some(({ hurtsMembers }) => hurtsMembers) ? HURTS_MEMBERS : 0) |
    (found.some(({ hurtsHolders }) => hurtsHolders) ? HURTS_HOLDERS : 0);

  it('of rule sets', () => {
    const anyTerms = fc.record({
      rules: anyRules,
      budgetPerEpoch: smallNumber,
      documentHash: fc.constantFrom(NO_DOCUMENT, `0x${'01'.repeat(32)}` as const),
    });
    fc.assert(
      fc.property(anyTerms, anyTerms, (old, next) => {
        const newest = published(old.rules, old.budgetPerEpoch, old.documentHash);
        const { budgetPerEpoch: budget, documentHash, rules } = next;
        const found = compare(newest, rules, { budget, documentHash, fromEpoch: 5 });
        expect(flags(found)).toBe(ruleSetImpact(next, newest, 5));
      }),
    );
  });

  it('of buyback terms', () => {
    const terms = fc.record({
      pricePerPoint: smallNumber,
      budgetPerRound: smallNumber,
      minTender: smallNumber,
    });
    fc.assert(
      fc.property(terms, terms, (old, next) => {
        const found = buybackDifferences(old as unknown as BuybackTermsVersion, next, String);
        expect(flags(found)).toBe(buybackImpact(next, old));
      }),
    );
  });
});
