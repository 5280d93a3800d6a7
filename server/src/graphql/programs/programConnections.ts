/** Shows what a program's charter, buyback and catalogue have on chain. All of it is public. */
import type { Program, SettlementToken } from '../../domain/program.ts';
import { asOfNow } from '../../services/page.ts';
import {
  BuybackTermsConnection,
  ReserveType,
  RoundConnection,
  RoundType,
} from '../buyback/round.ts';
import { builder, PUBLIC } from '../core/builder.ts';
import { ItemConnection, ItemType } from '../catalogue/item.ts';
import { ChangeConnection, ChangeRestType, ChangeType } from '../terms/change.ts';
import { AFTER, programPageOf, FIRST, type OfProgram } from '../core/connection.ts';
import { ProgramType } from './program.ts';

const MS_PER_SECOND = 1_000;

const SettlementTokenType = builder.objectRef<SettlementToken>('SettlementToken').implement({
  description: 'ERC-20 token that the buyback pays with.',
  authScopes: PUBLIC,
  fields: (t) => ({
    address: t.expose('address', {
      type: 'Address',
      description: 'Address of the token contract.',
    }),
    symbol: t.exposeString('symbol', { description: 'Symbol that the token contract returns.' }),
    decimals: t.expose('decimals', {
      type: 'UInt',
      description: 'Number of decimals of the token.',
    }),
  }),
});

const SettingsType = builder.objectRef<Program>('ProgramSettings').implement({
  description: 'Settings that were chosen when the program was created and never change.',
  authScopes: PUBLIC,
  fields: (t) => ({
    charter: t.expose('charter', {
      type: 'Address',
      description: 'Address of the charter contract, through which terms change.',
    }),
    buyback: t.expose('buyback', {
      type: 'Address',
      description: 'Address of the buyback contract.',
    }),
    catalogue: t.expose('catalogue', {
      type: 'Address',
      description: 'Address of the catalogue contract, where points are redeemed.',
    }),
    forwarder: t.expose('forwarder', {
      type: 'Address',
      description: "Address of the ERC-2771 forwarder through which members' calls are relayed.",
    }),
    noticeSeconds: t.field({
      type: 'UInt',
      description:
        'Notice period in seconds: for changes that hurt members or holders, price rises and withdrawals of items.',
      resolve: ({ noticePeriodMs }) => noticePeriodMs / MS_PER_SECOND,
    }),
    objectionThresholdBps: t.expose('objectionThresholdBps', {
      type: 'UInt',
      description:
        'Share of the supply, in basis points, whose objection strikes a change down; 100 is one percent.',
    }),
    objectionCap: t.expose('objectionCap', {
      type: 'Points',
      description: 'Points whose objection strikes a change down, however large the supply is.',
    }),
    backed: t.exposeBoolean('backed', {
      description:
        'Whether no point is minted that the money in the reserve that is not owed could not buy back at the highest price that is promised.',
    }),
    settlementToken: t.expose('settlementToken', {
      type: SettlementTokenType,
      description: 'Token that the buyback pays with.',
    }),
    firstRoundAt: t.field({
      type: 'DateTime',
      description: 'Time at which round 0 opens.',
      resolve: ({ firstRoundAtMs }) => firstRoundAtMs,
    }),
    roundPeriodSeconds: t.field({
      type: 'UInt',
      description: 'Seconds from the opening of a round to the opening of the next.',
      resolve: ({ roundPeriodMs }) => roundPeriodMs / MS_PER_SECOND,
    }),
    roundWindowSeconds: t.field({
      type: 'UInt',
      description: 'Seconds for which a round is open.',
      resolve: ({ roundWindowMs }) => roundWindowMs / MS_PER_SECOND,
    }),
    orderDeadlineSeconds: t.field({
      type: 'UInt',
      description: 'Seconds that the operator has to fulfil an order.',
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
    description: 'Settings that were chosen when the program was created and never change.',
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
    resolve: (program, args, { on }) =>
      programPageOf(program, args, {
        list: ['Change', program.id],
        read: (page) => on(program).changes.list(program, page),
        numberOf: ({ number }) => number,
      }),
  }),
  change: t.field({
    extensions: { cost: 40 },
    type: ChangeType,
    nullable: true,
    authScopes: PUBLIC,
    description: 'Change of terms by its number; null when there is none with this number.',
    args: { number: t.arg({ type: 'UInt', required: true, description: 'Number, from 1.' }) },
    resolve: async (program, { number }, { on }) =>
      withProgram(program, await on(program).changes.find(program, number)),
  }),
  pendingChange: t.field({
    extensions: { cost: 40 },
    type: ChangeType,
    nullable: true,
    authScopes: PUBLIC,
    description:
      'Pending change that hurts members or holders, of which there is at most one; null when there is none.',
    resolve: async (program, _args, { on }) =>
      withProgram(program, await on(program).changes.pending(program)),
  }),
  changeRest: t.field({
    extensions: { cost: 60 },
    type: ChangeRestType,
    authScopes: PUBLIC,
    description: 'Rest before the next change that hurts members or holders.',
    resolve: (program, _args, { on }) => on(program).changes.rest(program),
  }),
}));

builder.objectFields(ProgramType, (t) => ({
  rounds: t.field({
    extensions: { cost: 60 },
    type: RoundConnection,
    authScopes: PUBLIC,
    description:
      'Rounds that have opened, newest first, including those without tenders. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (program, args, { on }) =>
      programPageOf(program, args, {
        list: ['Round', program.id],
        read: (page) => on(program).rounds.list(program, page),
        numberOf: ({ round }) => round,
      }),
  }),
  round: t.field({
    extensions: { cost: 20 },
    type: RoundType,
    nullable: true,
    authScopes: PUBLIC,
    description: 'Round by its number, up to the next one that opens; null for any later number.',
    args: {
      number: t.arg({ type: 'UInt', required: true, description: 'Number of the round, from 0.' }),
    },
    resolve: async (program, { number }, { on }) =>
      withProgram(program, await on(program).rounds.find(program, number)),
  }),
  currentRound: t.field({
    extensions: { cost: 40 },
    type: RoundType,
    nullable: true,
    authScopes: PUBLIC,
    description: 'Newest round that has opened, open or closed; null before the first one opens.',
    resolve: async (program, _args, { on }) =>
      withProgram(program, await on(program).rounds.current(program)),
  }),
  nextRound: t.field({
    extensions: { cost: 40 },
    type: RoundType,
    authScopes: PUBLIC,
    description: 'Next round that opens.',
    resolve: async (program, _args, { on }) => ({
      ...(await on(program).rounds.next(program)),
      program,
    }),
  }),
  buybackTerms: t.field({
    extensions: { cost: 20 },
    type: BuybackTermsConnection,
    authScopes: PUBLIC,
    description:
      'All versions of the buyback terms, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (program, args, { totals }) =>
      programPageOf(program, args, {
        list: ['BuybackTerms', program.id],
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
    description: 'Settlement tokens that the buyback contract holds.',
    resolve: async (program, _args, { on }) => ({
      ...(await on(program).rounds.reserve(program)),
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
      'Items of the catalogue, oldest first, including withdrawn ones. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (program, args, { on }) =>
      programPageOf(program, args, {
        list: ['Item', program.id],
        read: (page) => on(program).catalogue.listItems(program, page),
        numberOf: ({ number }) => number,
      }),
  }),
  item: t.field({
    extensions: { cost: 20 },
    type: ItemType,
    nullable: true,
    authScopes: PUBLIC,
    description: 'Item of the catalogue by its number; null when there is none with this number.',
    args: { number: t.arg({ type: 'UInt', required: true, description: 'Number, from 1.' }) },
    resolve: async (program, { number }, { on }) =>
      withProgram(program, await on(program).catalogue.findItem(program, number)),
  }),
}));
