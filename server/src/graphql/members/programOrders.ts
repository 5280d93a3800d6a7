/** Shows the orders of a program: how many there are to everybody, each of them and whose it is to its own people and apps. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import { allAccounts } from '../../domain/members/accounts.ts';
import type { Program } from '../../domain/program.ts';
import {
  OrderConnection,
  OrderCountsType,
  OrderSequenceEnum,
  OrderStateEnum,
  OrderType,
} from '../catalogue/item.ts';
import { ANY_HOLDER_READER, builder, ofOwnProgram, PUBLIC, scopeMissing } from '../core/builder.ts';
import { AFTER, FIRST, programPageOf } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { ProgramType } from '../programs/program.ts';
import { MemberType } from './member.ts';

const MEMBERS = 'members:read';
const MEMBER_COST = 30;

/**
 * Finds the accounts of a member that a list is narrowed to, by the app's id; none for an unknown one.
 *
 * @throws ServiceError FORBIDDEN for a caller who may not know whose an account is
 */
async function accountsOfNamed(
  program: Program,
  memberId: string,
  { caller, may, members }: GraphqlContext,
): Promise<{ readonly of: string; readonly all: readonly Address[] }> {
  if (caller !== null && !may(MEMBERS)) throw scopeMissing(caller, `memberId (${MEMBERS})`);
  const member = await members.find(program, memberId);
  return member === null ? { of: '', all: [] } : { of: member.id, all: allAccounts(member) };
}

builder.objectFields(ProgramType, (t) => ({
  orderCounts: t.field({
    extensions: { cost: 20 },
    type: OrderCountsType,
    authScopes: PUBLIC,
    description: 'Number of orders in each state.',
    resolve: (program, _args, { on }) => on(program).catalogue.orderCounts(program),
  }),
  orders: t.field({
    extensions: { cost: 80 },
    type: OrderConnection,
    authScopes: ofOwnProgram('program:read'),
    description:
      'Orders of all members, or of all accounts of one. Errors: OUT_OF_RANGE, MALFORMED; FORBIDDEN for `memberId` without members:read.',
    args: {
      state: t.arg({
        type: OrderStateEnum,
        description: 'State of the orders to return; left out for all states.',
      }),
      memberId: t.arg.string({
        description:
          "The app's own id of a member; left out for all. Of an unknown one there are none.",
      }),
      order: t.arg({
        type: OrderSequenceEnum,
        description: 'Sequence of the list; NEWEST when left out.',
      }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: async (program, { state, memberId, order, ...args }, context) => {
      const { catalogue } = context.on(program);
      const byDeadline = order === 'DEADLINE';
      const accounts = memberId == null ? null : await accountsOfNamed(program, memberId, context);
      const filter = {
        byDeadline,
        ...(state != null && { state }),
        ...(accounts !== null && { members: accounts.all }),
      };
      return programPageOf(program, args, {
        list: [byDeadline ? 'OrderByDeadline' : 'Order', accounts?.of ?? program.id],
        read: (page) => catalogue.listOrders(program, filter, page),
        numberOf: ({ number }) => number,
      });
    },
  }),
  order: t.field({
    extensions: { cost: 20 },
    type: OrderType,
    nullable: true,
    authScopes: ofOwnProgram('program:read'),
    description: 'Order by its number; null when there is none with this number.',
    args: { number: t.arg({ type: 'UInt', required: true, description: 'Number, from 1.' }) },
    resolve: async (program, { number }, { on }) => {
      const found = await on(program).catalogue.findOrder(program, number);
      return found === null ? null : { ...found, program };
    },
  }),
}));
builder.objectField(OrderType, 'member', (t) =>
  t.field({
    extensions: { cost: MEMBER_COST },
    type: MemberType,
    nullable: true,
    authScopes: { [MEMBERS]: true },
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
