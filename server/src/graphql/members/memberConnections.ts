/** What a member has in rounds, objections and orders, over all its accounts. */
import { allAccounts } from '../../domain/members/accounts.ts';
import { ShareConnection, ShareType } from '../buyback/round.ts';
import { builder } from '../core/builder.ts';
import { OrderConnection } from '../catalogue/item.ts';
import { ObjectionConnection } from '../terms/change.ts';
import { AFTER, factsOf, FIRST, holderFactsOf } from '../core/connection.ts';
import { MemberType } from './member.ts';

const ONLY_READERS = { 'members:read': true } as const;

builder.objectFields(MemberType, (t) => ({
  share: t.field({
    extensions: { cost: 60 },
    type: ShareType,
    nullable: true,
    authScopes: ONLY_READERS,
    description:
      'What it has in one round, by its newest account that tendered in it; null when none did.',
    args: { round: t.arg({ type: 'UInt', required: true, description: 'Number of the round.' }) },
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
    authScopes: ONLY_READERS,
    description: 'What it has in rounds, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (member, args, { rounds, program }) =>
      holderFactsOf(program, args, {
        read: (page) => rounds.sharesOf(program, allAccounts(member), page),
        numberOf: ({ round }) => round,
      }),
  }),
  objections: t.field({
    extensions: { cost: 60 },
    type: ObjectionConnection,
    authScopes: ONLY_READERS,
    description: 'What it locked against changes, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (member, args, { changes, program }) =>
      holderFactsOf(program, args, {
        read: (page) => changes.objectionsOf(program, allAccounts(member), page),
        numberOf: ({ change }) => change,
      }),
  }),
  orders: t.field({
    extensions: { cost: 80 },
    type: OrderConnection,
    authScopes: ONLY_READERS,
    description: 'Its orders, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (member, args, { catalogue, program }) =>
      factsOf(program, args, {
        read: (page) => catalogue.listOrders(program, { members: allAccounts(member) }, page),
        numberOf: ({ number }) => number,
      }),
  }),
}));
