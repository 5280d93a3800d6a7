/** Shows operators whose an order is, and both what they tell each other about it. */
import { ANY_HOLDER_READER, builder } from '../core/builder.ts';
import { OrderType } from '../catalogue/item.ts';
import { MemberType } from './member.ts';

const MEMBER_COST = 30;

builder.objectField(OrderType, 'member', (t) =>
  t.field({
    extensions: { cost: MEMBER_COST },
    type: MemberType,
    nullable: true,
    authScopes: { 'members:read': true },
    description:
      'Member of the program whose account ordered; null for an account of none, such as a wallet that points were sent to.',
    resolve: ({ member: account, program }, _args, { memberList }) =>
      memberList.ofAccount(program, account),
  }),
);
builder.objectField(OrderType, 'note', (t) =>
  t.exposeString('note', {
    nullable: true,
    authScopes: { $any: { ...ANY_HOLDER_READER.$any, 'orders:write': true } },
    description:
      'What the operator tells the member about the order, in lines; null for nothing. Not on chain. Source: `orderNoteSet`.',
  }),
);
