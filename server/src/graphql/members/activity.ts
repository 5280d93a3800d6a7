import { ACTIVITY_KINDS, type Activity } from '../../domain/members/activity.ts';
import type { ActivityPlace } from '../../services/members/memberActivity.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { builder, MEMBER_READERS } from '../core/builder.ts';
import { ChainMomentType } from '../core/chainMoment.ts';
import { AFTER, FIRST, moneyOf, type OfProgram } from '../core/connection.ts';
import { badCursor, openCursor, type ListName } from '../core/cursor.ts';
import { pageRows, toPage } from '../core/pages.ts';
import { RuleType } from '../terms/rule.ts';
import { MemberType } from './member.ts';

/** A page of statements, one of shares with their rounds, and one of events of each account. */
const ACTIVITY_COST = 300;

const ActivityKindEnum = builder.enumType('ActivityKind', {
  description:
    'What happened to a member. `balance.settled` grows by SETTLED, RETURNED, RELEASED, REFUNDED and MERGED, and falls by TENDERED, OBJECTED, ORDERED, and MOVED of a merged member.',
  values: {
    EARNED: {
      description:
        'Actions under one rule in one epoch and what they earn, settled or not, maturing or not; `at` is the start of the epoch. What is voided is not in it.',
    },
    SETTLED: { description: 'Points were minted for an epoch.' },
    TENDERED: { description: 'Points went into a buyback round.' },
    BOUGHT: {
      description:
        'A round was settled: `points` of what was tendered were bought, for `money` that the round owes the member from then on.',
    },
    RETURNED: { description: 'Points came back from a round, untendered or not bought.' },
    OBJECTED: { description: 'Points were locked against a change of terms.' },
    RELEASED: { description: 'Points came back from an objection.' },
    ORDERED: { description: 'Points went into the escrow of an order.' },
    FULFILLED: { description: 'The order was fulfilled; its points are burned.' },
    REFUNDED: { description: 'The order was refunded.' },
    MOVED: {
      description:
        'The member moved to another account, `to`, with all points: its own wallet, or the account of the member that it was merged into.',
    },
    MERGED: {
      description:
        'Points came from `account` of a member that was merged into this one to its account `to`.',
    },
    MONEY_SENT: { description: 'Money of rounds went to an account of another kind, `to`.' },
  } as const,
});

const ActivityType = builder.objectRef<OfProgram<Activity>>('Activity').implement({
  description:
    'One thing that happened to a member. Source: the action log for EARNED, events of the contracts for all others.',
  authScopes: MEMBER_READERS,
  fields: (t) => ({
    kind: t.expose('kind', { type: ActivityKindEnum, description: 'What happened.' }),
    at: t.field({
      type: 'DateTime',
      description: 'Time of the block; of EARNED, the start of the epoch.',
      resolve: ({ atMs }) => atMs,
    }),
    account: t.expose('account', {
      type: 'Address',
      description: 'Account of the member that it happened to; of MERGED, of the other member.',
    }),
    points: t.expose('points', {
      type: 'Points',
      nullable: true,
      description: 'Points that it is about; null for money alone.',
    }),
    money: t.field({
      type: 'Money',
      nullable: true,
      description: 'Settlement tokens that it is about; null for points alone.',
      resolve: ({ program, money }) => (money === null ? null : moneyOf(program, money)),
    }),
    epoch: t.expose('epoch', {
      type: 'UInt',
      nullable: true,
      description: 'Epoch of EARNED and SETTLED, as in `history` and `receipt`; else null.',
    }),
    rule: t.expose('rule', {
      type: RuleType,
      nullable: true,
      description: 'Rule of EARNED; else null.',
    }),
    count: t.field({
      type: 'UInt',
      nullable: true,
      description: 'Number of actions of EARNED; else null.',
      resolve: ({ count }) => (count === null ? null : Number(count)),
    }),
    roundNumber: t.expose('round', {
      type: 'UInt',
      nullable: true,
      description: 'Number of the round that it is about; null for none.',
    }),
    changeNumber: t.expose('change', {
      type: 'UInt',
      nullable: true,
      description: 'Number of the change that it is about; null for none.',
    }),
    orderNumber: t.expose('order', {
      type: 'UInt',
      nullable: true,
      description: 'Number of the order that it is about; null for none.',
    }),
    to: t.expose('to', {
      type: 'Address',
      nullable: true,
      description: 'Account that points or money of the member went to; null for none.',
    }),
    moment: t.expose('moment', {
      type: ChainMomentType,
      nullable: true,
      description: 'Block and transaction of it; null for EARNED.',
    }),
  }),
});

const ActivityEdge = builder.edgeObject({
  type: ActivityType,
  name: 'ActivityEdge',
  description: 'Entry with its cursor.',
  authScopes: MEMBER_READERS,
});
const ActivityConnection = builder.connectionObject(
  {
    type: ActivityType,
    name: 'ActivityConnection',
    description:
      'Page of what happened to a member, newest first. What comes while pages are read is in none of the later ones.',
    authScopes: MEMBER_READERS,
  },
  ActivityEdge,
);

/** One place for each list, in this order; empty for a list that has ended. */
const textOf = ({ earned, sold, event }: ActivityPlace): string =>
  [
    earned === null ? '' : `${earned.epoch}.${earned.ruleId}`,
    sold === null ? '' : `${sold.number}.${sold.holder}`,
    event === null ? '' : `${event.blockNumber}.${event.logIndex}`,
  ].join('_');

const PLACE =
  /^(?:(\d{1,10})\.(-?\d{1,3}))?_(?:(\d{1,15})\.(0x[0-9a-fA-F]{40}))?_(?:(\d{1,15})\.(\d{1,15}))?$/;

function openPlace(list: ListName, after: string | null | undefined): ActivityPlace | null {
  const text = openCursor(list, after);
  if (text === null) return null;
  const match = PLACE.exec(text);
  if (match === null) throw badCursor();
  const [, epoch, ruleId, number, holder, blockNumber, logIndex] = match;
  return {
    earned: epoch === undefined ? null : { epoch: Number(epoch), ruleId: Number(ruleId) },
    sold: number === undefined ? null : { number: Number(number), holder: holder as Address },
    event:
      blockNumber === undefined
        ? null
        : { blockNumber: Number(blockNumber), logIndex: Number(logIndex) },
  };
}

builder.objectField(MemberType, 'activity', (t) =>
  t.field({
    extensions: { cost: ACTIVITY_COST },
    type: ActivityConnection,
    description:
      'Everything that happened to the member in the program, newest first. Transfers of points to and from others are not in it. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
      kinds: t.arg({
        type: [ActivityKindEnum],
        description: 'What to show; left out for everything. A cursor is good for the same kinds.',
      }),
    },
    resolve: async (member, { first, after, kinds }, { memberActivity, program }) => {
      const wanted = ACTIVITY_KINDS.filter((kind) => kinds == null || kinds.includes(kind));
      const list = ['Activity', member.id] as const;
      const page = await memberActivity.list(program, member, {
        kinds: wanted,
        first: pageRows(first),
        after: openPlace(list, after),
      });
      const placeOf = new Map(page.rows.map(({ activity, place }) => [activity, place]));
      const rows = page.rows.map(({ activity }) => activity);
      const shown = toPage(
        list,
        rows,
        (activity) => textOf(placeOf.get(activity) ?? { earned: null, sold: null, event: null }),
        page.hasNextPage,
      );
      const edges = shown.edges.map(({ cursor, node }) => ({ cursor, node: { ...node, program } }));
      return { ...shown, edges };
    },
  }),
);
