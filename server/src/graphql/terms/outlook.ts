import { CHANGE_KINDS, type Outlook } from '../../domain/terms/outlook.ts';
import {
  DIFFERENCE_KINDS,
  type DifferenceKind,
  type TermsDifference,
} from '../../domain/terms/termsDifferences.ts';
import type { AnnouncementOutlook } from '../../services/terms/announceChange.ts';
import { builder } from '../core/builder.ts';
import { UserErrorType } from '../errors/userErrors.ts';

const KIND_TEXTS: Readonly<Record<(typeof CHANGE_KINDS)[number], string>> = {
  RULES_IMPROVED:
    'A rule earns more or a rule is added, on the same budget: hurts nobody. In force from the next epoch, without notice.',
  RULES_WORSENED:
    'A rule earns less or ends, a cap or the budget is lowered, or the small print is replaced: hurts members. In force after the notice and not before its `notBefore`.',
  BUDGET_RAISED:
    'More points can be minted: hurts holders. In force after the notice and a last round.',
  RULES_WORSENED_BUDGET_RAISED:
    'Rules earn less and more points can be minted: hurts members and holders. In force after the notice and a last round, and not before its `notBefore`.',
  BUYBACK_IMPROVED:
    'Price up (at most twice as much), budget up, or minimum tender down (at most half as much): hurts nobody. In force from the next round that opens, without notice.',
  BUYBACK_WORSENED:
    'Price or budget down, or minimum tender up, or a step that is too large for an improvement: hurts holders. In force after the notice and a last round, for later rounds.',
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

const DIFFERENCE_TEXTS: Readonly<Record<DifferenceKind, string>> = {
  RULE_ADDED: 'A rule that the newest terms do not have.',
  RULE_LEFT_OUT: 'A rule of the newest terms that is left out of the new ones: it ends.',
  BUDGET_LEFT_OUT: 'The budget is left out, which means that there is no limit.',
  RAISED: 'A number is higher; no cap, no end and no limit are the highest.',
  LOWERED: 'A number is lower.',
  DOCUMENT_REPLACED: 'The small print is another one, or there is none, or there was none.',
};

const DifferenceKindEnum = builder.enumType('TermsDifferenceKind', {
  description: 'Kind of a difference between terms and those that they would follow.',
  values: Object.fromEntries(
    DIFFERENCE_KINDS.map((kind) => [kind, { value: kind, description: DIFFERENCE_TEXTS[kind] }]),
  ) as Record<DifferenceKind, { value: DifferenceKind; description: string }>,
});

const DifferenceType = builder.objectRef<TermsDifference>('TermsDifference').implement({
  description: 'One difference between new terms and the newest published ones.',
  authScopes: { 'program:write': true },
  fields: (t) => ({
    kind: t.expose('kind', { type: DifferenceKindEnum, description: 'What is different.' }),
    ruleId: t.expose('ruleId', {
      type: 'UInt',
      nullable: true,
      description: 'Id of the rule; null for the budget, the small print and buyback terms.',
    }),
    rule: t.exposeString('rule', {
      nullable: true,
      description: 'Name of the rule; null for the budget, the small print and buyback terms.',
    }),
    field: t.exposeString('field', {
      nullable: true,
      description: 'Field of the input, such as `perAction`; null for a whole rule.',
    }),
    before: t.exposeString('before', {
      nullable: true,
      description:
        'Published value; null for no cap, no end, no limit, no small print, and for a whole rule.',
    }),
    after: t.exposeString('after', {
      nullable: true,
      description:
        'New value; null for no cap, no end, no limit, no small print, and for a whole rule.',
    }),
    hurtsMembers: t.exposeBoolean('hurtsMembers', {
      description: 'Whether members would earn less by this difference.',
    }),
    hurtsHolders: t.exposeBoolean('hurtsHolders', {
      description: 'Whether points would be worth less by this difference.',
    }),
    message: t.exposeString('message', {
      description: 'The difference in a sentence, in English.',
    }),
  }),
});

/** Shows the consequences of an announcement. */
export const OutlookType = builder.objectRef<AnnouncementOutlook>('ChangeOutlook').implement({
  description:
    'Consequences of announcing a change. Times are those of the announced change; for a dry run or an unmined transaction, as if it were announced now and nothing stood in its way.',
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
    objectionsNeeded: t.expose('objectionsNeeded', {
      type: 'Points',
      nullable: true,
      description:
        'Points in objection that strike the change down, at most: by the points outstanding now. Null for an improvement.',
    }),
    differences: t.expose('differences', {
      extensions: { cost: 0, rows: 32 },
      type: [DifferenceType],
      description:
        'Every difference from the newest published terms: the budget, the small print, then the rules by their ids. Empty when nothing is different.',
    }),
    blockedBy: t.expose('blockedBy', {
      type: UserErrorType,
      nullable: true,
      description:
        'Why these terms could not be announced at this moment: `CHANGE_PENDING`, `COOLDOWN`, `IMPROVED_ALREADY` or `NEWEST_NOT_IN_FORCE`. Null when they could, and for what is announced.',
    }),
  }),
});
