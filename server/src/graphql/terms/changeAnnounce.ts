import { UserError } from '../../domain/errors.ts';
import { announceChange, type AnnouncedTerms } from '../../services/terms/announceChange.ts';
import { builder } from '../core/builder.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changePayload } from './changeFields.ts';
import { OutlookType } from './outlook.ts';
import { BuybackTermsInput, RuleSetInput, toRuleSet } from './termsInput.ts';
import { termsState } from '../mutations/states.ts';

const ChangeTermsInput = builder.inputType('ChangeTermsInput', {
  description: 'New terms: exactly one of the two fields.',
  isOneOf: true,
  fields: (t) => ({
    ruleSet: t.field({ type: RuleSetInput, description: 'New rule set with its budget.' }),
    buyback: t.field({ type: BuybackTermsInput, description: 'New buyback terms.' }),
  }),
});

function toTerms({ ruleSet, buyback }: (typeof ChangeTermsInput)['$inferInput']): AnnouncedTerms {
  if (ruleSet != null) {
    const budgetLeftOut = ruleSet.budgetPerEpoch == null;
    return { target: 'RULES', terms: toRuleSet(ruleSet), budgetLeftOut };
  }
  if (buyback != null) return { target: 'BUYBACK', terms: buyback };
  const message = 'terms must have exactly one of ruleSet and buyback.';
  throw new UserError({ code: 'REQUIRED', field: 'terms', message });
}

contractMutation({
  name: 'changeAnnounce',
  kind: 'OPERATOR',
  forOwners: 'ALL',
  description:
    'Announces new terms through the charter contract: they take effect without notice when they hurt nobody, else after a notice during which holders can object.',
  errors: [
    'OUT_OF_RANGE',
    'TOO_LONG',
    'REQUIRED',
    'MALFORMED',
    'RULE_NAME_TAKEN',
    'RULE_WORDS_FIXED',
    'CHANGE_PENDING',
    'COOLDOWN',
    'NOT_BEFORE_TOO_LATE',
    'NO_CHANGE',
    'IMPROVED_ALREADY',
    'NEWEST_NOT_IN_FORCE',
    'NOT_COVERED',
    'UNKNOWN_DOCUMENT',
    'NOT_OPERATOR',
  ],
  input: (t) => ({
    terms: t.field({ type: ChangeTermsInput, required: true, description: 'New terms.' }),
    dryRun: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'Whether to return only the outlook, without announcing anything. Works also while another change is pending: see `outlook.blockedBy`.',
    }),
  }),
  resolve: (context, request, { terms, dryRun }) =>
    announceChange(context, request, { terms: toTerms(terms), dryRun }),
  payload: (t) => ({
    ...changePayload(t),
    outlook: t.field({
      type: OutlookType,
      nullable: true,
      description: 'Consequences of the announcement; null when there are userErrors.',
      resolve: ({ outlook }) => outlook ?? null,
    }),
  }),
  state: termsState,
});
