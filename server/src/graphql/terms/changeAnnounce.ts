import { CHANGE_KINDS, type Outlook } from '../../domain/terms/outlook.ts';
import { UserError } from '../../domain/errors.ts';
import { announceChange, type AnnouncedTerms } from '../../services/terms/announceChange.ts';
import { builder } from '../core/builder.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changePayload } from './changeFields.ts';
import { BuybackTermsInput, RuleSetInput, toRuleSet } from './termsInput.ts';

const KIND_TEXTS: Readonly<Record<(typeof CHANGE_KINDS)[number], string>> = {
  RULES_IMPROVED:
    "A rule earns more, or there is a new one, on the same budget: nobody's promise is hurt. In force from the next epoch, without notice.",
  RULES_WORSENED:
    'A rule earns less or ends, a cap or the budget is lowered: hurts members. After notice, and not before the epoch that it names.',
  BUDGET_RAISED: 'More points may be minted: hurts holders. After notice and a last round.',
  RULES_WORSENED_BUDGET_RAISED:
    'Hurts members and holders. After notice and a last round, and not before the epoch that it names.',
  BUYBACK_IMPROVED:
    'Price or budget up, least tender down: hurts nobody. From the next round that is not open, without notice.',
  BUYBACK_WORSENED:
    'Price or budget down, least tender up: hurts holders. After notice and a last round, for later rounds.',
};

const ChangeKindEnum = builder.enumType('ChangeKind', {
  description: 'What a change of terms is, by whom it hurts.',
  values: Object.fromEntries(
    CHANGE_KINDS.map((kind) => [kind, { value: kind, description: KIND_TEXTS[kind] }]),
  ) as Record<
    (typeof CHANGE_KINDS)[number],
    { value: (typeof CHANGE_KINDS)[number]; description: string }
  >,
});

const LastRoundType = builder.objectRef<NonNullable<Outlook['lastRound']>>('LastRound').implement({
  description: 'The round on the old terms that must close with its whole budget in the reserve.',
  authScopes: { 'program:write': true },
  fields: (t) => ({
    round: t.expose('round', {
      type: 'UInt',
      description: 'Its number. Should it close without cover, the next one may do it.',
    }),
    opensAt: t.field({
      type: 'DateTime',
      description: 'When it opens.',
      resolve: ({ opensAtMs }) => opensAtMs,
    }),
    closesAt: t.field({
      type: 'DateTime',
      description: 'When it closes; the money must be in the reserve by then.',
      resolve: ({ closesAtMs }) => closesAtMs,
    }),
  }),
});

const OutlookType = builder.objectRef<Outlook>('ChangeOutlook').implement({
  description:
    'What an announcement leads to. Whom it hurts: the word of the contract. Times: those of the change itself; of now, while it is not mined or for a dry run.',
  authScopes: { 'program:write': true },
  fields: (t) => ({
    kind: t.expose('kind', { type: ChangeKindEnum, description: 'What it is.' }),
    hurtsMembers: t.exposeBoolean('hurtsMembers', { description: 'Members would earn less.' }),
    hurtsHolders: t.exposeBoolean('hurtsHolders', {
      description: 'What holders have would be worth less.',
    }),
    noticeEndsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Holders may object until then; null for an improvement.',
      resolve: ({ noticeEndsAtMs }) => noticeEndsAtMs,
    }),
    lastRound: t.expose('lastRound', {
      type: LastRoundType,
      nullable: true,
      description: 'The round that is owed first; null where none is.',
    }),
    earliestEnactment: t.field({
      type: 'DateTime',
      description: 'It can be enacted then at the earliest.',
      resolve: ({ earliestEnactmentMs }) => earliestEnactmentMs,
    }),
    earliestEffect: t.field({
      type: 'DateTime',
      description:
        'Its terms are in force then at the earliest: the start of an epoch, or the opening of a round.',
      resolve: ({ earliestEffectMs }) => earliestEffectMs,
    }),
    diesAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'It must be enacted before; null for an improvement.',
      resolve: ({ diesAtMs }) => diesAtMs,
    }),
  }),
});

const ChangeTermsInput = builder.inputType('ChangeTermsInput', {
  description: 'New terms: exactly one of both.',
  isOneOf: true,
  fields: (t) => ({
    ruleSet: t.field({ type: RuleSetInput, description: 'All rules and the budget.' }),
    buyback: t.field({ type: BuybackTermsInput, description: 'The terms of the buyback.' }),
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
    "Announces new terms with the operator's key, through the charter. What hurts nobody is in force without notice; what hurts members or holders waits, and holders may object.",
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
    terms: t.field({ type: ChangeTermsInput, required: true, description: 'The new terms.' }),
    dryRun: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Answers what the announcement would lead to, and announces nothing.',
    }),
  }),
  resolve: (context, request, { terms, dryRun }) =>
    announceChange(context, request, { terms: toTerms(terms), dryRun }),
  payload: (t) => ({
    ...changePayload(t),
    outlook: t.field({
      type: OutlookType,
      nullable: true,
      description: 'What it leads to; null with userErrors.',
      resolve: ({ outlook }) => outlook ?? null,
    }),
  }),
});
