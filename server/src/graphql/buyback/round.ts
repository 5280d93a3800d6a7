import type { BuybackTermsVersion, Program } from '../../domain/program.ts';
import type { Cover } from '../../domain/buyback/reserve.ts';
import type { RoundResult } from '../../domain/buyback/round.ts';
import type { ReserveView, RoundView, ShareView } from '../../services/buyback/rounds.ts';
import { ANY_HOLDER_READER, builder, PUBLIC } from '../core/builder.ts';
import { ChainMomentType } from '../core/chainMoment.ts';
import {
  AS_OF_BLOCK,
  projectionConnection,
  moneyOf,
  numberInProgram,
  STALE,
  type OfProgram,
} from '../core/connection.ts';

/** Shows one version of the buyback terms. */
export const BuybackTermsType = builder
  .objectRef<OfProgram<BuybackTermsVersion>>('BuybackTerms')
  .implement({
    description:
      'Published version of the buyback terms, which never changes. A round runs on the newest version whose `fromRound` is not above its number. Source: the `TermsPublished` event of the buyback contract.',
    authScopes: PUBLIC,
    fields: (t) => ({
      version: t.expose('version', {
        type: 'UInt',
        description: 'Number of the version, ascending from 0.',
      }),
      fromRound: t.expose('fromRound', {
        type: 'UInt',
        description: 'First round that runs on this version.',
      }),
      pricePerPoint: t.field({
        type: 'Money',
        description: 'Price of one whole point, in settlement tokens.',
        resolve: ({ program, pricePerPoint }) => moneyOf(program, pricePerPoint),
      }),
      budgetPerRound: t.field({
        type: 'Money',
        description: 'Most that a round spends on points, in settlement tokens; 0 buys nothing.',
        resolve: ({ program, budgetPerRound }) => moneyOf(program, budgetPerRound),
      }),
      minTender: t.expose('minTender', {
        type: 'Points',
        description: 'Fewest points that a holder can have tendered in a round.',
      }),
      blockNumber: t.expose('blockNumber', {
        type: 'UInt',
        description: 'Block in which the version was published.',
      }),
      transactionHash: t.expose('transactionHash', {
        type: 'Hex',
        description: 'Transaction that published the version.',
      }),
    }),
  });

/** Shows pages of versions of the buyback terms. */
export const BuybackTermsConnection = projectionConnection(BuybackTermsType, {
  name: 'BuybackTerms',
  order: 'Page of versions of the buyback terms, newest first.',
  scopes: PUBLIC,
});

const CoverType = builder.objectRef<OfProgram<Cover>>('Cover').implement({
  description: "Part of a round's budget that is in the reserve.",
  authScopes: PUBLIC,
  fields: (t) => ({
    budget: t.field({
      type: 'Money',
      description: 'Budget of the round by its terms, in settlement tokens.',
      resolve: ({ program, budget }) => moneyOf(program, budget),
    }),
    available: t.field({
      type: 'Money',
      description:
        'Settlement tokens that were there for the round at its close, at most the budget; in a last round of a backed program, all that were free. Until the round is settled: those that are there now, without what is owed and what earlier rounds may spend.',
      resolve: ({ program, available }) => moneyOf(program, available),
    }),
    covered: t.exposeBoolean('covered', {
      description:
        'Whether the whole budget was there when the round opened, and is there now or was at its close. Money that comes while a round is open pays, and covers nothing.',
    }),
  }),
});

const ExpectedResultType = builder
  .objectRef<OfProgram<Pick<RoundResult, 'filled' | 'payout'>>>('ExpectedResult')
  .implement({
    description: 'Estimated result of a round, as if it closed now.',
    authScopes: PUBLIC,
    fields: (t) => ({
      filled: t.expose('filled', {
        type: 'Points',
        description: 'Points that would be bought and burned.',
      }),
      payout: t.field({
        type: 'Money',
        description: 'Settlement tokens that all holders together would be paid.',
        resolve: ({ program, payout }) => moneyOf(program, payout),
      }),
    }),
  });

const RoundResultType = builder.objectRef<OfProgram<RoundResult>>('RoundResult').implement({
  description:
    'Result of a settled round. Source: the `RoundSettled` event of the buyback contract.',
  authScopes: PUBLIC,
  fields: (t) => ({
    version: t.expose('version', {
      type: 'UInt',
      description: 'Version of the buyback terms that the round ran on.',
    }),
    covered: t.exposeBoolean('covered', {
      description: 'Whether the whole budget was in the reserve at the opening and at the close.',
    }),
    budget: t.field({
      type: 'Money',
      description:
        'Settlement tokens that were there for the round: at most the budget of its terms; in a last round of a backed program, all that were free.',
      resolve: ({ program, budget }) => moneyOf(program, budget),
    }),
    filled: t.expose('filled', {
      type: 'Points',
      description: 'Points that were bought and burned.',
    }),
    payout: t.field({
      type: 'Money',
      description: 'Settlement tokens that all holders together are paid.',
      resolve: ({ program, payout }) => moneyOf(program, payout),
    }),
    settled: t.expose('moment', {
      type: ChainMomentType,
      description: 'Block and transaction in which the round was settled.',
    }),
  }),
});

const RoundStateEnum = builder.enumType('RoundState', {
  description: 'State of a round; the clock decides it until the round is settled.',
  values: {
    UPCOMING: { description: 'The round has not opened.' },
    OPEN: { description: 'Points can be tendered and untendered.' },
    CLOSED: {
      description:
        'The round has closed and is not settled; an old round without tenders may stay so for ever.',
    },
    SETTLED: { description: 'The result is computed; points and money can be claimed.' },
  } as const,
});

const roundRef = builder.objectRef<OfProgram<RoundView>>('Round');

/** Shows one buyback round. Its shape is a {@link RoundView} with its program. */
export const RoundType = builder.node(roundRef, {
  description:
    'Buyback round, which opens and closes by the clock. Holders tender points while it is open and are paid pro rata after its close. Source: events of the buyback contract and the clock.',
  authScopes: PUBLIC,
  id: { resolve: ({ programId, round }) => `${programId}:${round}` },
  loadOne: async (id, { rounds, program }) => {
    const number = numberInProgram(program, id);
    const found = number === null ? null : await rounds.find(program, number);
    return found === null ? null : { ...found, program };
  },
  fields: (t) => ({
    number: t.expose('round', { type: 'UInt', description: 'Number of the round, from 0.' }),
    state: t.expose('state', { type: RoundStateEnum, description: 'State of the round.' }),
    opensAt: t.field({
      type: 'DateTime',
      description: 'Time at which the round opens; never changes.',
      resolve: ({ opensAtMs }) => opensAtMs,
    }),
    closesAt: t.field({
      type: 'DateTime',
      description: 'Time at which the round closes; never changes.',
      resolve: ({ closesAtMs }) => closesAtMs,
    }),
    terms: t.field({
      type: BuybackTermsType,
      nullable: true,
      description:
        'Terms that the round runs on, or would run on if it opened now; null while the terms have not been read from the chain.',
      resolve: ({ program, terms }) => (terms === null ? null : { ...terms, program }),
    }),
    holders: t.expose('holders', {
      type: 'UInt',
      description: 'Number of accounts that have tendered in it.',
    }),
    tendered: t.expose('tendered', {
      type: 'Points',
      description: 'Points that all holders together have tendered.',
    }),
    cover: t.field({
      type: CoverType,
      nullable: true,
      description:
        'Part of the budget that is in the reserve; null for an old round that was never settled.',
      resolve: ({ program, cover }) => (cover === null ? null : { ...cover, program }),
    }),
    expected: t.field({
      type: ExpectedResultType,
      nullable: true,
      description:
        'Estimated result as if the round closed now; null once it is settled and while it has no tenders.',
      resolve: ({ program, expected }) => (expected === null ? null : { ...expected, program }),
    }),
    result: t.field({
      type: RoundResultType,
      nullable: true,
      description: 'Result of the round; null until it is settled.',
      resolve: ({ program, result }) => (result === null ? null : { ...result, program }),
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Shows pages of rounds of a program. */
export const RoundConnection = projectionConnection(RoundType, {
  name: 'Round',
  order: 'Page of rounds that have opened, newest first.',
  scopes: PUBLIC,
});

/** Shows the reserve of the buyback. */
export const ReserveType = builder.objectRef<OfProgram<ReserveView>>('Reserve').implement({
  description:
    'Settlement tokens that the buyback contract holds. Source: events of the buyback contract.',
  authScopes: PUBLIC,
  fields: (t) => ({
    total: t.field({
      type: 'Money',
      description: 'Settlement tokens in the reserve, including those owed.',
      resolve: ({ program, reserve }) => moneyOf(program, reserve),
    }),
    owed: t.field({
      type: 'Money',
      description: 'Settlement tokens that settled rounds owe and that are not claimed yet.',
      resolve: ({ program, owed }) => moneyOf(program, owed),
    }),
    withdrawable: t.field({
      type: 'Money',
      description:
        'Settlement tokens that the operator can withdraw now: all but those owed and the budgets of the open and the next round; of a backed program, all but those that could buy every point back, and what a notice period may mint.',
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

/** Shows the share of one holder in one round. Its shape is a {@link ShareView} with its program. */
export const ShareType = builder.objectRef<OfProgram<ShareView>>('Share').implement({
  description:
    'Tender of one holder in one round, and its result. All tenders of a round are filled at the same rate, rounded down. Source: events of the buyback contract and its formula.',
  authScopes: ANY_HOLDER_READER,
  fields: (t) => ({
    round: t.field({
      extensions: { cost: 20 },
      type: RoundType,
      description: 'Round of the tender.',
      resolve: ({ of, program }) => ({ ...of, program }),
    }),
    holder: t.expose('holder', {
      type: 'Address',
      description: 'Account that tendered and is paid.',
    }),
    amount: t.expose('amount', {
      type: 'Points',
      description: 'Points that the holder has tendered.',
    }),
    locked: t.expose('locked', {
      type: 'Points',
      description:
        'Points in escrow: all that are tendered, or after settlement those still to be returned.',
    }),
    paid: t.field({
      type: 'Money',
      nullable: true,
      description: 'Settlement tokens that the holder is paid; null until the round is settled.',
      resolve: ({ program, outcome }) => paid(program, outcome),
    }),
    returned: t.field({
      type: 'Points',
      nullable: true,
      description:
        'Points that were not bought and go back to the holder; null until the round is settled.',
      resolve: ({ outcome }) => outcome?.returned ?? null,
    }),
    estimatedPaid: t.field({
      type: 'Money',
      nullable: true,
      description:
        'Settlement tokens that the holder would be paid if the round closed now; null once it is settled.',
      resolve: ({ program, estimate }) => paid(program, estimate),
    }),
    estimatedReturned: t.field({
      type: 'Points',
      nullable: true,
      description:
        'Points that would go back to the holder if the round closed now; null once it is settled.',
      resolve: ({ estimate }) => estimate?.returned ?? null,
    }),
    paidTo: t.expose('paidTo', {
      type: 'Address',
      nullable: true,
      description: 'Account that the money was paid out to, as the holder wanted it; null before.',
    }),
    moneyClaimed: t.boolean({
      description: 'Whether the money has been paid out.',
      resolve: ({ moneyClaimed }) => moneyClaimed !== null,
    }),
    pointsClaimed: t.boolean({
      description: 'Whether the points that were not bought have been returned to the holder.',
      resolve: ({ pointsClaimed }) => pointsClaimed !== null,
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: "Block of the holder's first tender in the round.",
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: "Transaction of the holder's first tender in the round.",
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Shows pages of shares of a holder. */
export const ShareConnection = projectionConnection(ShareType, {
  name: 'Share',
  order: 'Page of shares of one holder, newest round first.',
  scopes: ANY_HOLDER_READER,
});
