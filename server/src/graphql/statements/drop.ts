import type { Drop } from '../../services/statements/drops.ts';
import { builder } from '../core/builder.ts';
import { ReceiptType } from './receipt.ts';

const MEMBER_SCOPES = { $any: { 'members:read': true, 'members:write': true } } as const;

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
      extensions: { cost: 20 },
      type: ReceiptType,
      nullable: true,
      description: 'The signed statement of this epoch; null while nothing has matured.',
      resolve: (drop, _args, context) => context.receiptFor(drop.externalId, drop.epoch),
    }),
  }),
});
