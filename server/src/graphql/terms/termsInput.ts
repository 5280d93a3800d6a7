import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { NO_DOCUMENT } from '../../domain/terms/document.ts';
import { MAX_BUDGET_PER_EPOCH, type RuleSetTerms } from '../../domain/terms/ruleSetTerms.ts';
import type { Rule } from '../../domain/program.ts';
import { builder } from '../core/builder.ts';

const RuleInput = builder.inputType('RuleInput', {
  description:
    'Rule for one kind of action. For each member and epoch it earns min(maxPoints, min(count, maxCount) * perAction + amount * perMillionUnits / 1,000,000), rounded down once.',
  fields: (t) => ({
    ruleId: t.field({
      type: 'UInt',
      required: true,
      description:
        'Id of the rule, 0 to 255, ascending within a rule set. It can not be reused for another name or text.',
    }),
    name: t.string({
      required: true,
      description:
        'Name under which the app reports actions, 1 to 64 bytes, unique within the program.',
    }),
    text: t.string({
      required: true,
      description:
        'Description of the rule for members, up to 512 bytes; never changes for a rule id.',
    }),
    perAction: t.field({
      type: 'Points',
      required: true,
      defaultValue: 0n,
      description: 'Points for each action.',
    }),
    perMillionUnits: t.field({
      type: 'Points',
      required: true,
      defaultValue: 0n,
      description: "Points for each 1,000,000 units of the actions' amount.",
    }),
    maxCount: t.field({
      type: 'UInt',
      description: 'Most actions that earn points, for a member and an epoch; left out for no cap.',
    }),
    maxPoints: t.field({
      type: 'Points',
      description:
        'Most points that the rule earns, for a member and an epoch; left out for no cap.',
    }),
    untilEpoch: t.field({
      type: 'UInt',
      description: 'First epoch in which the rule earns nothing; left out for no end.',
    }),
  }),
});

/** Reads a rule set: all rules and the budget. */
export const RuleSetInput = builder.inputType('RuleSetInput', {
  description: 'Rule set: all rules of a program and the budget of points.',
  fields: (t) => ({
    notBefore: t.field({
      type: 'UInt',
      required: true,
      defaultValue: 0,
      description:
        'Earliest epoch from which the rule set is in force, at most 90 days ahead; 0 for as soon as possible. Must be 0 in `programCreate`.',
    }),
    budgetPerEpoch: t.field({
      type: 'Points',
      description: 'Most points that can be minted during one epoch; left out for no limit.',
    }),
    documentHash: t.field({
      type: 'Hex',
      description:
        'keccak256 of the small print, which `documentPut` has stored; left out for none. Another hash than that of the newest rule set hurts members.',
    }),
    rules: t.field({
      type: [RuleInput],
      required: true,
      description: 'Rules of the set, 1 to 32, by ascending rule id.',
    }),
  }),
});

/** Reads terms of the buyback. */
export const BuybackTermsInput = builder.inputType('BuybackTermsInput', {
  description: 'Terms of the buyback.',
  fields: (t) => ({
    pricePerPoint: t.field({
      type: 'Money',
      required: true,
      description: 'Price of one whole point in settlement tokens, more than 0.',
    }),
    budgetPerRound: t.field({
      type: 'Money',
      required: true,
      description:
        'Most that a round spends on points, in settlement tokens: "0" to buy nothing, or enough to buy `minTender`. A raised one is announced with the money in the reserve.',
    }),
    minTender: t.field({
      type: 'Points',
      required: true,
      description:
        'Fewest points that a holder can have tendered in a round: at least 1.00, worth at least 100 base units of the settlement token.',
    }),
  }),
});

const toRule = (rule: (typeof RuleInput)['$inferInput']): Rule => ({
  id: rule.ruleId,
  name: rule.name,
  text: rule.text,
  perAction: rule.perAction,
  perUnit: rule.perMillionUnits,
  maxCount: rule.maxCount == null ? NO_COUNT_CAP : BigInt(rule.maxCount),
  maxPoints: rule.maxPoints ?? NO_POINTS_CAP,
  untilEpoch: rule.untilEpoch ?? NO_END,
});

/** Converts an input to a rule set. */
export function toRuleSet(input: (typeof RuleSetInput)['$inferInput']): RuleSetTerms {
  return {
    notBefore: input.notBefore,
    budgetPerEpoch: input.budgetPerEpoch ?? MAX_BUDGET_PER_EPOCH,
    documentHash: input.documentHash ?? NO_DOCUMENT,
    rules: input.rules.map(toRule),
  };
}
