/** Shows the shares, objections and orders of a member, of all its accounts. */
import { allAccounts } from '../../domain/members/accounts.ts';
import { ShareConnection, ShareType } from '../buyback/round.ts';
import { builder, MEMBER_READERS } from '../core/builder.ts';
import { OrderConnection } from '../catalogue/item.ts';
import { ObjectionConnection } from '../terms/change.ts';
import { AFTER, programPageOf, FIRST, holderPageOf } from '../core/connection.ts';
import { MemberType } from './member.ts';

builder.objectFields(MemberType, (t) => ({
  share: t.field({
    extensions: { cost: 60 },
    type: ShareType,
    nullable: true,
    authScopes: MEMBER_READERS,
    description:
      'Share of the member in one round, of its newest account that tendered in it; null when none did.',
    args: {
      round: t.arg({
        type: 'UInt',
        required: true,
        description: 'Number of the buyback round, from 0.',
      }),
    },
    resolve: async (member, { round }, { rounds, program }) => {
      for (const account of allAccounts(member).toReversed()) {
        const share = await rounds.share(program, round, account);
        if (share !== null) return { ...share, program };
      }
      return null;
    },
  }),
  shares: t.field({
    extensions: { cost: 80 },
    type: ShareConnection,
    authScopes: MEMBER_READERS,
    description:
      'Shares of the member in rounds, newest round first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (member, args, { rounds, program }) =>
      holderPageOf(program, args, {
        list: ['Share', member.id],
        read: (page) => rounds.sharesOf(program, allAccounts(member), page),
        numberOf: ({ round }) => round,
      }),
  }),
  objections: t.field({
    extensions: { cost: 60 },
    type: ObjectionConnection,
    authScopes: MEMBER_READERS,
    description:
      'Objections of the member to changes of terms, newest change first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (member, args, { changes, program }) =>
      holderPageOf(program, args, {
        list: ['Objection', member.id],
        read: (page) => changes.objectionsOf(program, allAccounts(member), page),
        numberOf: ({ change }) => change,
      }),
  }),
  orders: t.field({
    extensions: { cost: 80 },
    type: OrderConnection,
    authScopes: MEMBER_READERS,
    description: 'Orders of the member, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (member, args, { catalogue, program }) =>
      programPageOf(program, args, {
        list: ['Order', member.id],
        read: (page) => catalogue.listOrders(program, { members: allAccounts(member) }, page),
        numberOf: ({ number }) => number,
      }),
  }),
}));
