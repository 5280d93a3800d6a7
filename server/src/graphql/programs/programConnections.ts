/** What a program's charter, buyback and catalogue say. Public, but for its orders. */
import type { Program, SettlementToken } from '../../domain/program.ts';
import { asOfNow } from '../../services/page.ts';
import {
  BuybackTermsConnection,
  ReserveType,
  RoundConnection,
  RoundType,
} from '../buyback/round.ts';
import { builder, ofOwnProgram, PUBLIC } from '../core/builder.ts';
import {
  ItemConnection,
  ItemType,
  OrderConnection,
  OrderCountsType,
  OrderStateEnum,
  OrderType,
} from '../catalogue/item.ts';
import { ChangeConnection, ChangeType } from '../terms/change.ts';
import { AFTER, factsOf, FIRST, type OfProgram } from '../core/connection.ts';
import { ProgramType } from './program.ts';

const MS_PER_SECOND = 1_000;

const SettlementTokenType = builder.objectRef<SettlementToken>('SettlementToken').implement({
  description: 'What holders of points are paid in: a plain ERC-20.',
  authScopes: PUBLIC,
  fields: (t) => ({
    address: t.expose('address', { type: 'Address', description: 'Its contract.' }),
    symbol: t.exposeString('symbol', { description: 'Its symbol, as it says itself.' }),
    decimals: t.expose('decimals', { type: 'UInt', description: 'Decimals of a whole token.' }),
  }),
});

const SettingsType = builder.objectRef<Program>('ProgramSettings').implement({
  description: 'What was chosen when the program was created, and never changes.',
  authScopes: PUBLIC,
  fields: (t) => ({
    charter: t.expose('charter', {
      type: 'Address',
      description: 'The contract through which every change of terms goes.',
    }),
    buyback: t.expose('buyback', {
      type: 'Address',
      description: 'The contract that buys points back.',
    }),
    catalogue: t.expose('catalogue', {
      type: 'Address',
      description: 'The contract where points are redeemed.',
    }),
    forwarder: t.expose('forwarder', {
      type: 'Address',
      description: 'The ERC-2771 forwarder that its contracts trust for what members do.',
    }),
    noticeSeconds: t.field({
      type: 'UInt',
      description: 'Notice of a hurtful change, of a price rise and of a withdrawal.',
      resolve: ({ noticePeriodMs }) => noticePeriodMs / MS_PER_SECOND,
    }),
    objectionThresholdBps: t.expose('objectionThresholdBps', {
      type: 'UInt',
      description:
        'Basis points of the supply whose objection strikes a change down: 100 is one percent.',
    }),
    settlementToken: t.expose('settlementToken', {
      type: SettlementTokenType,
      description: 'What holders are paid in.',
    }),
    firstRoundAt: t.field({
      type: 'DateTime',
      description: 'Round 0 opens then.',
      resolve: ({ firstRoundAtMs }) => firstRoundAtMs,
    }),
    roundPeriodSeconds: t.field({
      type: 'UInt',
      description: 'From the opening of a round to the opening of the next.',
      resolve: ({ roundPeriodMs }) => roundPeriodMs / MS_PER_SECOND,
    }),
    roundWindowSeconds: t.field({
      type: 'UInt',
      description: 'For so long a round is open.',
      resolve: ({ roundWindowMs }) => roundWindowMs / MS_PER_SECOND,
    }),
    orderDeadlineSeconds: t.field({
      type: 'UInt',
      description: 'What the operator has to fulfil an order.',
      resolve: ({ orderDeadlineMs }) => orderDeadlineMs / MS_PER_SECOND,
    }),
  }),
});

const withProgram = <View extends object>(
  program: Program,
  view: View | null,
): OfProgram<View> | null => (view === null ? null : { ...view, program });

builder.objectField(ProgramType, 'settings', (t) =>
  t.field({
    type: SettingsType,
    authScopes: PUBLIC,
    description: 'What never changes about it.',
    resolve: (program) => program,
  }),
);

builder.objectFields(ProgramType, (t) => ({
  changes: t.field({
    extensions: { cost: 60 },
    type: ChangeConnection,
    authScopes: PUBLIC,
    description: 'Changes of terms, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (program, args, { changes }) =>
      factsOf(program, args, {
        read: (page) => changes.list(program, page),
        numberOf: ({ number }) => number,
      }),
  }),
  change: t.field({
    extensions: { cost: 40 },
    type: ChangeType,
    nullable: true,
    authScopes: PUBLIC,
    description: 'A change by its number; null when there is none.',
    args: { number: t.arg({ type: 'UInt', required: true, description: 'From 1.' }) },
    resolve: async (program, { number }, { changes }) =>
      withProgram(program, await changes.find(program, number)),
  }),
  pendingChange: t.field({
    extensions: { cost: 40 },
    type: ChangeType,
    nullable: true,
    authScopes: PUBLIC,
    description: 'The hurtful change that is pending; null for none. There is never a second one.',
    resolve: async (program, _args, { changes }) =>
      withProgram(program, await changes.pending(program)),
  }),
}));

builder.objectFields(ProgramType, (t) => ({
  rounds: t.field({
    extensions: { cost: 60 },
    type: RoundConnection,
    authScopes: PUBLIC,
    description:
      'Rounds that have opened, newest first, also those in which nothing happened. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (program, args, { rounds }) =>
      factsOf(program, args, {
        read: (page) => rounds.list(program, page),
        numberOf: ({ round }) => round,
      }),
  }),
  round: t.field({
    extensions: { cost: 20 },
    type: RoundType,
    nullable: true,
    authScopes: PUBLIC,
    description: 'A round by its number, up to the next one; null for others.',
    args: { number: t.arg({ type: 'UInt', required: true, description: 'From 0.' }) },
    resolve: async (program, { number }, { rounds }) =>
      withProgram(program, await rounds.find(program, number)),
  }),
  currentRound: t.field({
    extensions: { cost: 40 },
    type: RoundType,
    nullable: true,
    authScopes: PUBLIC,
    description: 'The newest round that has opened, open or closed; null before the first.',
    resolve: async (program, _args, { rounds }) =>
      withProgram(program, await rounds.current(program)),
  }),
  nextRound: t.field({
    extensions: { cost: 40 },
    type: RoundType,
    authScopes: PUBLIC,
    description: 'The next round that opens.',
    resolve: async (program, _args, { rounds }) => ({ ...(await rounds.next(program)), program }),
  }),
  buybackTerms: t.field({
    type: BuybackTermsConnection,
    authScopes: PUBLIC,
    description:
      'All versions of the terms of the buyback, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (program, args, { totals }) =>
      factsOf(program, args, {
        read: async ({ first, after }) => {
          const below = after ?? Number.POSITIVE_INFINITY;
          const found = program.buybackTerms.filter(({ version }) => version < below).toReversed();
          const asOf = await asOfNow(totals, program);
          return { ...asOf, rows: found.slice(0, first), hasNextPage: found.length > first };
        },
        numberOf: ({ version }) => version,
      }),
  }),
  reserve: t.field({
    extensions: { cost: 40 },
    type: ReserveType,
    authScopes: PUBLIC,
    description: 'The money of the buyback.',
    resolve: async (program, _args, { rounds }) => ({
      ...(await rounds.reserve(program)),
      program,
    }),
  }),
}));

builder.objectFields(ProgramType, (t) => ({
  items: t.field({
    extensions: { cost: 60 },
    type: ItemConnection,
    authScopes: PUBLIC,
    description:
      'All items, oldest first, withdrawn ones included. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (program, args, { catalogue }) =>
      factsOf(program, args, {
        read: (page) => catalogue.listItems(program, page),
        numberOf: ({ number }) => number,
      }),
  }),
  item: t.field({
    extensions: { cost: 20 },
    type: ItemType,
    nullable: true,
    authScopes: PUBLIC,
    description: 'An item by its number; null when there is none.',
    args: { number: t.arg({ type: 'UInt', required: true, description: 'From 1.' }) },
    resolve: async (program, { number }, { catalogue }) =>
      withProgram(program, await catalogue.findItem(program, number)),
  }),
  orderCounts: t.field({
    extensions: { cost: 20 },
    type: OrderCountsType,
    authScopes: PUBLIC,
    description: 'How many orders stand where.',
    resolve: (program, _args, { catalogue }) => catalogue.orderCounts(program),
  }),
  orders: t.field({
    extensions: { cost: 80 },
    type: OrderConnection,
    authScopes: ofOwnProgram('program:read'),
    description: 'Orders of all members, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      state: t.arg({ type: OrderStateEnum, description: 'Only those that stand there.' }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (program, { state, ...args }, { catalogue }) =>
      factsOf(program, args, {
        read: (page) => catalogue.listOrders(program, state == null ? {} : { state }, page),
        numberOf: ({ number }) => number,
      }),
  }),
  order: t.field({
    extensions: { cost: 20 },
    type: OrderType,
    nullable: true,
    authScopes: ofOwnProgram('program:read'),
    description: 'An order by its number; null when there is none.',
    args: { number: t.arg({ type: 'UInt', required: true, description: 'From 1.' }) },
    resolve: async (program, { number }, { catalogue }) =>
      withProgram(program, await catalogue.findOrder(program, number)),
  }),
}));
