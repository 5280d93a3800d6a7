import type { Drop } from '../../services/statements/drops.ts';
import { builder } from '../core/builder.ts';
import { ReceiptType } from './receipt.ts';
import { UserError, withUserErrors } from '../errors/userErrors.ts';

const MEMBER_SCOPES = { $any: { 'members:read': true, 'members:write': true } } as const;
const ONLY_MEMBER_WRITERS = { 'members:write': true } as const;

/** A drop with the member that it belongs to, by the app's id. */
export interface DropOfMember extends Drop {
  readonly externalId: string;
}

/** How a member sees points that are earned and not settled yet. */
export const DropType = builder.objectRef<DropOfMember>('Drop').implement({
  description:
    'Points of one epoch that are earned and not settled yet. Source: the action log and the rules in force; the contract computes the same when they are settled.',
  authScopes: MEMBER_SCOPES,
  fields: (t) => ({
    epoch: t.expose('epoch', { type: 'UInt', description: 'Epoch of the actions.' }),
    points: t.expose('points', { type: 'Points', description: 'Earned and not settled.' }),
    maturing: t.expose('maturing', {
      type: 'Points',
      description: 'To come on top when actions of this epoch mature, unless they are voided.',
    }),
    settlesAfter: t.field({
      type: 'DateTime',
      description: 'Handed to the contract from then on without anybody asking.',
      resolve: (drop) => drop.settleAfterMs,
    }),
    closesAt: t.field({
      type: 'DateTime',
      description: 'The contract takes no statement of this epoch from then on.',
      resolve: (drop) => drop.closesAtMs,
    }),
    receipt: t.field({
      type: ReceiptType,
      nullable: true,
      description: 'The signed statement of this epoch; null while nothing has matured.',
      resolve: (drop, _args, context) => context.receiptFor(drop.externalId, drop.epoch),
    }),
  }),
});

const DropsCollectInput = builder.inputType('DropsCollectInput', {
  description: 'Whose drops to collect.',
  fields: (t) => ({
    memberId: t.string({ required: true, description: "The app's own id of the member." }),
  }),
});

const DropsCollectPayload = builder
  .objectRef<{
    drops: readonly DropOfMember[];
    userErrors: readonly (typeof UserError)['$inferType'][];
  }>('DropsCollectPayload')
  .implement({
    description: 'What is on its way to the contract.',
    authScopes: ONLY_MEMBER_WRITERS,
    fields: (t) => ({
      drops: t.expose('drops', {
        type: [DropType],
        description: 'Oldest epoch first; empty when there is nothing to settle.',
      }),
      userErrors: t.expose('userErrors', {
        type: [UserError],
        description: 'NOT_FOUND when the program has no such member.',
      }),
    }),
  });

builder.mutationField('dropsCollect', (t) =>
  t.field({
    type: DropsCollectPayload,
    description:
      'Asks for everything a member has earned to be settled now, rather than when its epoch closes. Safe to repeat. userErrors: NOT_FOUND.',
    authScopes: ONLY_MEMBER_WRITERS,
    args: { input: t.arg({ type: DropsCollectInput, required: true }) },
    resolve: (_root, { input }, context) =>
      withUserErrors({ drops: [] as readonly DropOfMember[] }, async () => {
        const { drops } = await context.drops.collect(context.program, input.memberId);
        return { drops: drops.map((drop) => ({ ...drop, externalId: input.memberId })) };
      }),
  }),
);
