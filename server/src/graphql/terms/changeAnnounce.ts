import { CHANGE_KINDS, type Outlook } from '../../domain/terms/outlook.ts';
import { UserError } from '../../domain/errors.ts';
import { announceChange, type AnnouncedTerms } from '../../services/terms/announceChange.ts';
import { builder } from '../core/builder.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changePayload } from './changeFields.ts';
import { BuybackTermsInput, RuleSetInput, toRuleSet } from './termsInput.ts';

const KIND_TEXTS: Readonly<Record<(typeof CHANGE_KINDS)[number], string>> = {
  RULES_IMPROVED:
    'A rule earns more or a rule is added, on the same budget: hurts nobody. In force from the next epoch, without notice.',
  RULES_WORSENED:
    'A rule earns less or ends, or a cap or the budget is lowered: hurts members. In force after the notice and not before its `notBefore`.',
  BUDGET_RAISED:
    'More points can be minted: hurts holders. In force after the notice and a last round.',
  RULES_WORSENED_BUDGET_RAISED:
    'Rules earn less and more points can be minted: hurts members and holders. In force after the notice and a last round, and not before its `notBefore`.',
  BUYBACK_IMPROVED:
    'Price or budget up, or minimum tender down: hurts nobody. In force from the next round that opens, without notice.',
  BUYBACK_WORSENED:
    'Price or budget down, or minimum tender up: hurts holders. In force after the notice and a last round, for later rounds.',
};

const ChangeKindEnum = builder.enumType('ChangeKind', {
  description: 'Kind of a change of terms: what it changes and whom that hurts.',
  values: Object.fromEntries(
    CHANGE_KINDS.map((kind) => [kind, { value: kind, description: KIND_TEXTS[kind] }]),
  ) as Record<
    (typeof CHANGE_KINDS)[number],
    { value: (typeof CHANGE_KINDS)[number]; description: string }
  >,
});

const LastRoundType = builder.objectRef<NonNullable<Outlook['lastRound']>>('LastRound').implement({
  description:
    'Last round on the old terms, which must close with its whole budget in the reserve before a change is enacted.',
  authScopes: { 'program:write': true },
  fields: (t) => ({
    round: t.expose('round', {
      type: 'UInt',
      description:
        'Number of the round. If it closes without its whole budget, the next round can be the last one.',
    }),
    opensAt: t.field({
      type: 'DateTime',
      description: 'Time at which the round opens.',
      resolve: ({ opensAtMs }) => opensAtMs,
    }),
    closesAt: t.field({
      type: 'DateTime',
      description: 'Time at which the round closes and by which the money must be in the reserve.',
      resolve: ({ closesAtMs }) => closesAtMs,
    }),
  }),
});

const OutlookType = builder.objectRef<Outlook>('ChangeOutlook').implement({
  description:
    'Consequences of announcing a change. Times are those of the announced change; for a dry run or an unmined transaction, as if it were announced now.',
  authScopes: { 'program:write': true },
  fields: (t) => ({
    kind: t.expose('kind', { type: ChangeKindEnum, description: 'Kind of the change.' }),
    hurtsMembers: t.exposeBoolean('hurtsMembers', {
      description: 'Whether members would earn less. The contract decides it.',
    }),
    hurtsHolders: t.exposeBoolean('hurtsHolders', {
      description: 'Whether points would be worth less. The contract decides it.',
    }),
    noticeEndsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time until which holders can object; null for an improvement.',
      resolve: ({ noticeEndsAtMs }) => noticeEndsAtMs,
    }),
    lastRound: t.expose('lastRound', {
      type: LastRoundType,
      nullable: true,
      description:
        'First round that can be the last one on the old terms; null when the change owes no last round.',
    }),
    earliestEnactment: t.field({
      type: 'DateTime',
      description: 'Earliest time at which the change can be enacted.',
      resolve: ({ earliestEnactmentMs }) => earliestEnactmentMs,
    }),
    earliestEffect: t.field({
      type: 'DateTime',
      description:
        'Earliest time at which the new terms can be in force: the start of an epoch or the opening of a round.',
      resolve: ({ earliestEffectMs }) => earliestEffectMs,
    }),
    diesAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time before which the change must be enacted; null for an improvement.',
      resolve: ({ diesAtMs }) => diesAtMs,
    }),
  }),
});

const ChangeTermsInput = builder.inputType('ChangeTermsInput', {
  description: 'New terms: exactly one of the two fields.',
  isOneOf: true,
  fields: (t) => ({
    ruleSet: t.field({ type: RuleSetInput, description: 'New rule set with its budget.' }),
    buyback: t.field({ type: BuybackTermsInput, description: 'New buyback terms.' }),
  }),
});

function toTerms({ ruleSet, buyback }: (typeof ChangeTermsInput)['$inferInput']): AnnouncedTerms {
  if (ruleSet != null) return { target: 'RULES', terms: toRuleSet(ruleSet) };
  if (buyback != null) return { target: 'BUYBACK', terms: buyback };
  const message = 'terms must have exactly one of ruleSet and buyback.';
  throw new UserError({ code: 'REQUIRED', field: 'terms', message });
}

contractMutation({
  name: 'changeAnnounce',
  kind: 'OPERATOR',
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
    'NOT_OPERATOR',
  ],
  input: (t) => ({
    terms: t.field({ type: ChangeTermsInput, required: true, description: 'New terms.' }),
    dryRun: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether to return only the outlook, without announcing anything.',
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
});
