import type { BuybackTermsVersion, Program } from '../../domain/program.ts';
import type { Cover } from '../../domain/buyback/reserve.ts';
import type { RoundResult } from '../../domain/buyback/round.ts';
import type { ReserveView, RoundView, ShareView } from '../../services/buyback/rounds.ts';
import { ANY_HOLDER_READER, builder, PUBLIC } from '../core/builder.ts';
import { ChainMomentType } from '../core/chainMoment.ts';
import {
  AS_OF_BLOCK,
  factConnection,
  moneyOf,
  numberInProgram,
  STALE,
  type OfProgram,
} from '../core/connection.ts';

/** One version of the terms of the buyback. */
export const BuybackTermsType = builder
  .objectRef<OfProgram<BuybackTermsVersion>>('BuybackTerms')
  .implement({
    description:
      'One version of the terms of the buyback. A published version never changes; a round runs on the newest one with fromRound at or below its own number. Source: the `TermsPublished` event of the buyback.',
    authScopes: PUBLIC,
    fields: (t) => ({
      version: t.expose('version', { type: 'UInt', description: 'Ascending from 0.' }),
      fromRound: t.expose('fromRound', { type: 'UInt', description: 'First round on it.' }),
      pricePerPoint: t.field({
        type: 'Money',
        description: 'For one whole point.',
        resolve: ({ program, pricePerPoint }) => moneyOf(program, pricePerPoint),
      }),
      budgetPerRound: t.field({
        type: 'Money',
        description: 'For one round; 0 buys nothing.',
        resolve: ({ program, budgetPerRound }) => moneyOf(program, budgetPerRound),
      }),
      minTender: t.expose('minTender', {
        type: 'Points',
        description: 'A tender has at least so many points.',
      }),
      blockNumber: t.expose('blockNumber', {
        type: 'UInt',
        description: 'Block in which it was published.',
      }),
      transactionHash: t.expose('transactionHash', {
        type: 'Hex',
        description: 'Transaction that published it.',
      }),
    }),
  });

/** Versions of the terms. */
export const BuybackTermsConnection = factConnection(BuybackTermsType, {
  name: 'BuybackTerms',
  order: 'Versions of the terms of the buyback, newest first.',
  scopes: PUBLIC,
});

const CoverType = builder.objectRef<OfProgram<Cover>>('Cover').implement({
  description: 'Whether a round can pay its whole budget.',
  authScopes: PUBLIC,
  fields: (t) => ({
    budget: t.field({
      type: 'Money',
      description: 'Of its terms.',
      resolve: ({ program, budget }) => moneyOf(program, budget),
    }),
    available: t.field({
      type: 'Money',
      description:
        'How much of it there was at the close; before it, how much there is in the reserve now that is neither owed nor the budget of a round before.',
      resolve: ({ program, available }) => moneyOf(program, available),
    }),
    covered: t.exposeBoolean('covered', { description: 'Whether that is all of it.' }),
  }),
});

const ExpectedResultType = builder
  .objectRef<OfProgram<Pick<RoundResult, 'filled' | 'payout'>>>('ExpectedResult')
  .implement({
    description: 'What a round would come to if it closed now.',
    authScopes: PUBLIC,
    fields: (t) => ({
      filled: t.expose('filled', { type: 'Points', description: 'Would be bought and burned.' }),
      payout: t.field({
        type: 'Money',
        description: 'Would be paid for them to all together.',
        resolve: ({ program, payout }) => moneyOf(program, payout),
      }),
    }),
  });

const RoundResultType = builder.objectRef<OfProgram<RoundResult>>('RoundResult').implement({
  description: 'The result of a round. Source: the `RoundSettled` event of the buyback.',
  authScopes: PUBLIC,
  fields: (t) => ({
    version: t.expose('version', {
      type: 'UInt',
      description: 'Version of the terms that it ran on.',
    }),
    covered: t.exposeBoolean('covered', {
      description: 'Whether the whole budget was there at the close.',
    }),
    budget: t.field({
      type: 'Money',
      description: 'Money that there was for it.',
      resolve: ({ program, budget }) => moneyOf(program, budget),
    }),
    filled: t.expose('filled', { type: 'Points', description: 'Bought and burned.' }),
    payout: t.field({
      type: 'Money',
      description: 'Owed for them to all together.',
      resolve: ({ program, payout }) => moneyOf(program, payout),
    }),
    settled: t.expose('moment', { type: ChainMomentType, description: 'When it was settled.' }),
  }),
});

const RoundStateEnum = builder.enumType('RoundState', {
  description: 'Where a round is. Told by the clock until it is settled.',
  values: {
    UPCOMING: { description: 'It has not opened.' },
    OPEN: { description: 'Points can be tendered and taken out.' },
    CLOSED: {
      description: 'It is not settled; an old one without tenders may stay so for ever.',
    },
    SETTLED: { description: 'Its result is computed; points and money can be claimed.' },
  } as const,
});

const roundRef = builder.objectRef<OfProgram<RoundView>>('Round');

/** One buyback round. Its shape is a {@link RoundView} with its program. */
export const RoundType = builder.node(roundRef, {
  description:
    'One buyback round: holders tender points while it is open, and are paid pro rata after its close. It opens and closes by the clock. Source: events of the buyback, and the clock.',
  authScopes: PUBLIC,
  id: { resolve: ({ programId, round }) => `${programId}:${round}` },
  loadOne: async (id, { rounds, program }) => {
    const number = numberInProgram(program, id);
    const found = number === null ? null : await rounds.find(program, number);
    return found === null ? null : { ...found, program };
  },
  fields: (t) => ({
    number: t.expose('round', { type: 'UInt', description: 'By the clock, from 0.' }),
    state: t.expose('state', { type: RoundStateEnum, description: 'Where it is.' }),
    opensAt: t.field({
      type: 'DateTime',
      description: 'It opens then. Never changes.',
      resolve: ({ opensAtMs }) => opensAtMs,
    }),
    closesAt: t.field({
      type: 'DateTime',
      description: 'It is open before then. Never changes.',
      resolve: ({ closesAtMs }) => closesAtMs,
    }),
    terms: t.field({
      type: BuybackTermsType,
      nullable: true,
      description:
        'What it runs on, or would run on if it opened now; null while the chain is being read.',
      resolve: ({ program, terms }) => (terms === null ? null : { ...terms, program }),
    }),
    tendered: t.expose('tendered', { type: 'Points', description: 'By everybody.' }),
    cover: t.field({
      type: CoverType,
      nullable: true,
      description: 'Whether its budget is there; null for an old round that nobody settled.',
      resolve: ({ program, cover }) => (cover === null ? null : { ...cover, program }),
    }),
    expected: t.field({
      type: ExpectedResultType,
      nullable: true,
      description: 'What it would come to if it closed now; null once settled and without tenders.',
      resolve: ({ program, expected }) => (expected === null ? null : { ...expected, program }),
    }),
    result: t.field({
      type: RoundResultType,
      nullable: true,
      description: 'Its result; null until it is settled.',
      resolve: ({ program, result }) => (result === null ? null : { ...result, program }),
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Rounds of a program. */
export const RoundConnection = factConnection(RoundType, {
  name: 'Round',
  order: 'Rounds that have opened, newest first.',
  scopes: PUBLIC,
});

/** The money of the buyback. */
export const ReserveType = builder.objectRef<OfProgram<ReserveView>>('Reserve').implement({
  description: 'The money of the buyback. Source: events of the buyback.',
  authScopes: PUBLIC,
  fields: (t) => ({
    total: t.field({
      type: 'Money',
      description: 'In the reserve, what is owed included.',
      resolve: ({ program, reserve }) => moneyOf(program, reserve),
    }),
    owed: t.field({
      type: 'Money',
      description: 'Owed by settled rounds and not claimed yet.',
      resolve: ({ program, owed }) => moneyOf(program, owed),
    }),
    withdrawable: t.field({
      type: 'Money',
      description:
        'What the operator may take out now: neither owed nor the budget of the open or the next round.',
      resolve: ({ program, withdrawable }) => moneyOf(program, withdrawable),
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

const paid = (
  program: Program,
  outcome: ShareView['outcome'],
): ReturnType<typeof moneyOf> | null => (outcome === null ? null : moneyOf(program, outcome.paid));

/** What one holder has in one round. Its shape is a {@link ShareView} with its program. */
export const ShareType = builder.objectRef<OfProgram<ShareView>>('Share').implement({
  description:
    'What one holder has in one round. All tenders of a round are filled at the same rate; what comes of one is rounded down. Source: events of the buyback, and its arithmetic.',
  authScopes: ANY_HOLDER_READER,
  fields: (t) => ({
    round: t.field({
      extensions: { cost: 20 },
      type: RoundType,
      description: 'The round.',
      resolve: ({ of, program }) => ({ ...of, program }),
    }),
    holder: t.expose('holder', { type: 'Address', description: 'Who tendered, and is paid.' }),
    amount: t.expose('amount', { type: 'Points', description: 'Tendered.' }),
    locked: t.expose('locked', {
      type: 'Points',
      description: 'In escrow: all of it, and once the round is settled what comes back.',
    }),
    paid: t.field({
      type: 'Money',
      nullable: true,
      description: 'What it earns; null until the round is settled.',
      resolve: ({ program, outcome }) => paid(program, outcome),
    }),
    returned: t.field({
      type: 'Points',
      nullable: true,
      description: 'What comes back; null until the round is settled.',
      resolve: ({ outcome }) => outcome?.returned ?? null,
    }),
    estimatedPaid: t.field({
      type: 'Money',
      nullable: true,
      description: 'What it would earn if the round closed now; null once it is settled.',
      resolve: ({ program, estimate }) => paid(program, estimate),
    }),
    estimatedReturned: t.field({
      type: 'Points',
      nullable: true,
      description: 'What would come back if the round closed now; null once it is settled.',
      resolve: ({ estimate }) => estimate?.returned ?? null,
    }),
    moneyClaimed: t.boolean({
      description: 'Whether the money was handed out.',
      resolve: ({ moneyClaimed }) => moneyClaimed !== null,
    }),
    pointsClaimed: t.boolean({
      description: 'Whether the points that come back were handed out.',
      resolve: ({ pointsClaimed }) => pointsClaimed !== null,
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block of the first tender.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction of the first tender.',
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Shares of a holder. */
export const ShareConnection = factConnection(ShareType, {
  name: 'Share',
  order: 'Shares of one holder, newest round first.',
  scopes: ANY_HOLDER_READER,
});
