import type { Drop } from '../../services/statements/drops.ts';
import { builder } from '../core/builder.ts';
import { RECEIPT_COST, ReceiptType } from './receipt.ts';

const MEMBER_SCOPES = { $any: { 'members:read': true, 'members:write': true } } as const;

/** A drop with the app's id of its member. */
export interface DropOfMember extends Drop {
  readonly externalId: string;
}

/** Shows points of a member that are earned and not settled yet. */
export const DropType = builder.objectRef<DropOfMember>('Drop').implement({
  description:
    'Points that a member earned in one epoch and that are not settled yet. Source: the action log and the rules in force, as the contract computes them.',
  authScopes: MEMBER_SCOPES,
  fields: (t) => ({
    epoch: t.expose('epoch', { type: 'UInt', description: 'Epoch of the actions.' }),
    account: t.expose('account', {
      type: 'Address',
      description: 'Account of the member that the points are minted to.',
    }),
    points: t.expose('points', {
      type: 'Points',
      description: 'Points that are earned and not settled yet.',
    }),
    maturing: t.expose('maturing', {
      type: 'Points',
      description: 'Points to be added when actions of this epoch mature, unless they are voided.',
    }),
    settlesAfter: t.field({
      type: 'DateTime',
      description: 'Time from which the service settles the points by itself.',
      resolve: (drop) => drop.settleAfterMs,
    }),
    closesAt: t.field({
      type: 'DateTime',
      description: 'Time from which the contract accepts no statement of this epoch.',
      resolve: (drop) => drop.closesAtMs,
    }),
    receipt: t.field({
      extensions: { cost: RECEIPT_COST },
      type: ReceiptType,
      nullable: true,
      description: 'Signed statement of the member for this epoch; null while nothing has matured.',
      resolve: (drop, _args, context) => context.receiptFor(drop.externalId, drop.epoch),
    }),
  }),
});
