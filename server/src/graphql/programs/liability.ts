/** Shows operators what their program owes, where it lies, and what there is for it. */
import { worthRoundedUp } from '../../domain/buyback/reserve.ts';
import { checkWithin } from '../../domain/bounds.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { Liability, LiabilityDay, OnChain } from '../../services/buyback/liability.ts';
import { builder, ofOwnProgram } from '../core/builder.ts';
import { AS_OF_BLOCK, moneyOf, STALE, type OfProgram } from '../core/connection.ts';
import { ProgramType } from './program.ts';

const ONLY_READERS = { 'program:read': true } as const;
const LIABILITY_COST = 200;
const ON_CHAIN_COST = 100;
const DAYS_COST = 100;
const MAX_DAYS = 92;
const DEFAULT_DAYS = 28;

const OnChainType = builder.objectRef<OfProgram<OnChain>>('LiabilityOnChain').implement({
  description:
    'What the contracts themselves count, asked now, beside what was read of their events.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    outstanding: t.expose('outstanding', {
      type: 'Points',
      description: '`totalSupply` of the Points contract.',
    }),
    reserve: t.field({
      type: 'Money',
      description: '`reserve` of the buyback contract, owed money included.',
      resolve: ({ program, reserve }) => moneyOf(program, reserve),
    }),
    matches: t.exposeBoolean('matches', {
      description:
        'Whether both are what was read of the events; asked again for two seconds, as reading is a moment behind.',
    }),
  }),
});

const DayType = builder.objectRef<OfProgram<LiabilityDay>>('LiabilityDay').implement({
  description: 'What there was at the end of one day, in UTC; today: now.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    startsAt: t.field({
      type: 'DateTime',
      description: 'Start of the day.',
      resolve: ({ startsAtMs }) => startsAtMs,
    }),
    issued: t.expose('issued', {
      type: 'Points',
      description: 'Points minted on the day.',
    }),
    burned: t.expose('burned', {
      type: 'Points',
      description: 'Points burned on the day: bought back or redeemed.',
    }),
    outstanding: t.expose('outstanding', {
      type: 'Points',
      description: 'Points outstanding at its end.',
    }),
    reserve: t.field({
      type: 'Money',
      description: 'Money in the reserve at its end, owed money included.',
      resolve: ({ program, reserve }) => moneyOf(program, reserve),
    }),
    owed: t.field({
      type: 'Money',
      description: 'Money at its end that settled rounds owed and that was not claimed.',
      resolve: ({ program, owed }) => moneyOf(program, owed),
    }),
  }),
});

const LiabilityType = builder.objectRef<OfProgram<Liability>>('Liability').implement({
  description:
    'What a program owes its members, where it lies, and what money there is for it. `inAccounts`, `tendered`, `ordered` and `objected` add up to `outstanding`. Source: events of the contracts, and the log for what is not minted yet.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    outstanding: t.expose('outstanding', {
      type: 'Points',
      description: 'Points that were minted and not burned.',
    }),
    inAccounts: t.expose('inAccounts', {
      type: 'Points',
      description: 'Outstanding points in accounts of members and others.',
    }),
    tendered: t.expose('tendered', {
      type: 'Points',
      description:
        'Outstanding points in escrow of the buyback: offered, or returned and not fetched.',
    }),
    ordered: t.expose('ordered', {
      type: 'Points',
      description: 'Outstanding points in escrow of the catalogue, for open orders.',
    }),
    objected: t.expose('objected', {
      type: 'Points',
      description: 'Outstanding points that are locked in objection to changes.',
    }),
    due: t.field({
      type: 'Points',
      resolve: async ({ program }, _args, { liabilities }) =>
        (await liabilities.unsettled(program)).due,
      description: 'Points that were earned and can be settled now; not outstanding yet.',
    }),
    maturing: t.field({
      type: 'Points',
      resolve: async ({ program }, _args, { liabilities }) =>
        (await liabilities.unsettled(program)).maturing,
      description:
        'Points that were earned and still mature, so that they can be voided; not outstanding yet.',
    }),
    pricePerPoint: t.field({
      type: 'Money',
      description: 'Price of one whole point by the newest buyback terms.',
      resolve: ({ program, pricePerPoint }) => moneyOf(program, pricePerPoint),
    }),
    worth: t.field({
      type: 'Money',
      description: 'Price of all outstanding points at `pricePerPoint`, rounded up.',
      resolve: ({ program, outstanding, pricePerPoint }) =>
        moneyOf(program, worthRoundedUp(outstanding, pricePerPoint)),
    }),
    reserve: t.field({
      type: 'Money',
      description: 'Money in the reserve, owed money included.',
      resolve: ({ program, reserve }) => moneyOf(program, reserve),
    }),
    owed: t.field({
      type: 'Money',
      description: 'Money that settled rounds owe and that is not claimed yet.',
      resolve: ({ program, owed }) => moneyOf(program, owed),
    }),
    free: t.field({
      type: 'Money',
      description: 'Money in the reserve that is not owed.',
      resolve: ({ program, reserve, owed }) => moneyOf(program, reserve - owed),
    }),
    onChain: t.field({
      extensions: { cost: ON_CHAIN_COST },
      type: OnChainType,
      nullable: true,
      description: 'What the contracts count; null while no node of the chain answers.',
      resolve: async ({ program }, _args, { liabilities }) => {
        const found = await liabilities.onChain(program);
        return found === null ? null : { ...found, program };
      },
    }),
    days: t.field({
      extensions: { cost: DAYS_COST, rows: MAX_DAYS },
      type: [DayType],
      description:
        'How it came about, day by day, oldest first, today at the end. Errors: OUT_OF_RANGE.',
      args: {
        last: t.arg.int({
          required: true,
          defaultValue: DEFAULT_DAYS,
          description: `Number of days, 1 to ${MAX_DAYS}.`,
        }),
      },
      resolve: async ({ program }, { last }, { liabilities }) => {
        refuseIfAny(checkWithin({ field: 'last', value: last, lowest: 1, highest: MAX_DAYS }));
        const days = await liabilities.byDay(program, last);
        return days.map((day) => ({ ...day, program }));
      },
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

builder.objectField(ProgramType, 'liability', (t) =>
  t.field({
    extensions: { cost: LIABILITY_COST },
    type: LiabilityType,
    authScopes: ofOwnProgram('program:read'),
    description: 'What the program owes its members, and what money there is for it.',
    resolve: async (program, _args, { liabilities }) => ({
      ...(await liabilities.read(program)),
      program,
    }),
  }),
);
