import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { MAX_BUDGET_PER_EPOCH, type RuleSetTerms } from '../../domain/terms/ruleSetTerms.ts';
import type { Rule } from '../../domain/program.ts';
import { builder } from '../core/builder.ts';

const RuleInput = builder.inputType('RuleInput', {
  description:
    'What one kind of action shall earn: for a member and an epoch min(maxPoints, min(count, maxCount) * perAction + amount * perMillionUnits / 1,000,000), rounded down once.',
  fields: (t) => ({
    ruleId: t.field({
      type: 'UInt',
      required: true,
      description: '0 to 255, ascending in a rule set; never used again for another name or text.',
    }),
    name: t.string({
      required: true,
      description: 'The name under which an app reports actions, 1 to 64 bytes; of one rule only.',
    }),
    text: t.string({
      required: true,
      description: 'The rule in words for members, up to 512 bytes. Never changes for an id.',
    }),
    perAction: t.field({
      type: 'Points',
      required: true,
      defaultValue: 0n,
      description: 'Points for one action.',
    }),
    perMillionUnits: t.field({
      type: 'Points',
      required: true,
      defaultValue: 0n,
      description: 'Points for 1,000,000 units of amount.',
    }),
    maxCount: t.field({
      type: 'UInt',
      description: 'At most this many actions of a member and epoch earn; left out: no cap.',
    }),
    maxPoints: t.field({
      type: 'Points',
      description: 'At most these points for a member and epoch; left out: no cap.',
    }),
    untilEpoch: t.field({
      type: 'UInt',
      description: 'Earns in epochs before this one; left out: no end.',
    }),
  }),
});

/** All rules and the budget, as they shall be. */
export const RuleSetInput = builder.inputType('RuleSetInput', {
  description: 'All rules and the budget of a program, as they shall be.',
  fields: (t) => ({
    notBefore: t.field({
      type: 'UInt',
      required: true,
      defaultValue: 0,
      description:
        'In force from this epoch at the earliest, at most 90 days ahead; 0: as soon as possible. Nothing but 0 when a program opens.',
    }),
    budgetPerEpoch: t.field({
      type: 'Points',
      description: 'Points that may be minted during one epoch; left out: no limit.',
    }),
    rules: t.field({ type: [RuleInput], required: true, description: '1 to 32, ids ascending.' }),
  }),
});

/** The terms of the buyback, as they shall be. */
export const BuybackTermsInput = builder.inputType('BuybackTermsInput', {
  description: 'The terms of the buyback, as they shall be.',
  fields: (t) => ({
    pricePerPoint: t.field({
      type: 'Money',
      required: true,
      description: 'For one whole point, more than 0.',
    }),
    budgetPerRound: t.field({
      type: 'Money',
      required: true,
      description: 'For one round: "0" for nothing for now, or enough to buy `minTender`.',
    }),
    minTender: t.field({
      type: 'Points',
      required: true,
      description:
        'A tender has at least these points, worth 100 base units of the settlement token or more.',
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

/** The rule set that an input describes. */
export function toRuleSet(input: (typeof RuleSetInput)['$inferInput']): RuleSetTerms {
  return {
    notBefore: input.notBefore,
    budgetPerEpoch: input.budgetPerEpoch ?? MAX_BUDGET_PER_EPOCH,
    rules: input.rules.map(toRule),
  };
}
