import type { HistoryEntry } from '../../domain/members/history.ts';
import type { MemberBalance } from '../../services/members/members.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { builder } from '../core/builder.ts';
import { DropType } from '../statements/drop.ts';
import { pageRows, toPage } from '../core/pages.ts';
import { ReceiptType } from '../statements/receipt.ts';
import { RuleType } from '../terms/rule.ts';

const ONLY_READERS = { 'members:read': true } as const;

const BalanceType = builder.objectRef<MemberBalance>('MemberBalance').implement({
  description: 'What a member has, and what is coming.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    settled: t.expose('settled', {
      type: 'Points',
      description: "Balance of the account. Source: the chain's Transfer events as of asOfBlock.",
    }),
    locked: t.field({
      type: 'Points',
      description:
        'Its own as well, and in an escrow at the moment: tendered, objected and ordered. Not in `settled`. Source: events of the contracts as of asOfBlock.',
      resolve: ({ locked }) => locked.tendered + locked.objected + locked.ordered,
    }),
    tendered: t.field({
      type: 'Points',
      description:
        'The part of `locked` in buyback rounds, what waits to be claimed back included.',
      resolve: ({ locked }) => locked.tendered,
    }),
    objected: t.field({
      type: 'Points',
      description: 'The part of `locked` that objects to changes.',
      resolve: ({ locked }) => locked.objected,
    }),
    ordered: t.field({
      type: 'Points',
      description: 'The part of `locked` for open orders.',
      resolve: ({ locked }) => locked.ordered,
    }),
    pending: t.expose('pending', {
      type: 'Points',
      description:
        'Earned and not settled yet, what still matures included. Source: the action log less what is settled.',
    }),
    maturing: t.expose('maturing', {
      type: 'Points',
      description:
        'The part of `pending` that still matures and can be voided. Source: the action log.',
    }),
    asOfBlock: t.expose('asOfBlock', {
      type: 'UInt',
      description: 'Block up to which the chain was read.',
    }),
    stale: t.exposeBoolean('stale', {
      description: 'True while no node of the chain answers: `settled` may be old.',
    }),
  }),
});

const HistoryState = builder.enumType('HistoryState', {
  description: 'How far a line of the history is.',
  values: {
    MATURING: { description: 'It does not count yet and can still be voided.' },
    PENDING: { description: 'It counts, and the contract has not minted all of it yet.' },
    SETTLED: { description: 'The contract has minted it.' },
    LAPSED: { description: 'Its window closed before all of it was minted.' },
    REFUSED: { description: 'The contract left it out, for a reason that will not go away.' },
  } as const,
});

/** A line with the member that it belongs to, by the app's id. */
interface HistoryRow extends HistoryEntry {
  readonly externalId: string;
}

const HistoryEntryType = builder.objectRef<HistoryRow>('HistoryEntry').implement({
  description:
    'What a member did under one rule in one epoch. Source: the action log; state and transaction: the chain.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    epoch: t.expose('epoch', { type: 'UInt', description: 'Epoch of the actions.' }),
    rule: t.expose('rule', { type: RuleType, description: 'The rule as it was in that epoch.' }),
    ruleSetVersion: t.expose('ruleSetVersion', {
      type: 'UInt',
      description: 'Version of the rules in force in that epoch.',
    }),
    count: t.field({
      type: 'UInt',
      description: 'Number of actions.',
      resolve: (entry) => Number(entry.count),
    }),
    amount: t.expose('amount', { type: 'Amount', description: 'Total amount of the actions.' }),
    points: t.expose('points', { type: 'Points', description: 'What this line earns.' }),
    state: t.expose('state', { type: HistoryState, description: 'How far it is.' }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      nullable: true,
      description: 'Transaction that settled its statement last; null before.',
    }),
    receipt: t.field({
      extensions: { cost: 20 },
      type: ReceiptType,
      nullable: true,
      description: 'The signed statement of this epoch; null while nothing has matured.',
      resolve: (entry, _args, context) => context.receiptFor(entry.externalId, entry.epoch),
    }),
  }),
});

const HistoryEdge = builder.edgeObject({
  type: HistoryEntryType,
  name: 'HistoryEdge',
  description: 'A row of the history.',
  authScopes: ONLY_READERS,
});
const HistoryConnection = builder.connectionObject(
  {
    type: HistoryEntryType,
    name: 'HistoryConnection',
    description: 'Newest epoch first, within an epoch by rule id.',
    authScopes: ONLY_READERS,
  },
  HistoryEdge,
);

const memberRef = builder.objectRef<MemberRecord>('Member');

/** A member of the program. */
export const MemberType = builder.node(memberRef, {
  description: 'Somebody who did something in the app. Known here by the ids of the app alone.',
  authScopes: ONLY_READERS,
  id: { resolve: (member) => member.id },
  loadOne: (id, { members, program, key }) =>
    key.scopes.includes('members:read') ? members.findById(program, id) : null,
  fields: (t) => ({
    memberId: t.exposeString('externalId', { description: "The app's own id." }),
    account: t.expose('account', {
      type: 'Address',
      description: 'The account that its points are minted for, used in this program only.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When its first action came in.',
      resolve: (member) => member.createdAtMs,
    }),
    balance: t.field({
      extensions: { cost: 100 },
      type: BalanceType,
      description: 'What it has, and what is coming.',
      resolve: (member, _args, { members, program }) => members.balance(program, member),
    }),
    drops: t.field({
      extensions: { cost: 100, rows: 40 },
      type: [DropType],
      description: 'Epochs with points that are not settled yet, oldest first.',
      resolve: async (member, _args, { drops, program }) =>
        (await drops.dropsOf(program, member)).map((drop) => ({
          ...drop,
          externalId: member.externalId,
        })),
    }),
    receipt: t.field({
      extensions: { cost: 20 },
      type: ReceiptType,
      nullable: true,
      description: 'The signed statement of an epoch; null when nothing has matured in it.',
      args: { epoch: t.arg.int({ required: true, description: 'Epoch of the actions.' }) },
      resolve: (member, { epoch }, context) => context.receiptFor(member.externalId, epoch),
    }),
    history: t.field({
      extensions: { cost: 100 },
      type: HistoryConnection,
      description: 'What it did, newest epoch first. Errors: OUT_OF_RANGE, MALFORMED.',
      args: {
        first: t.arg.int({ description: 'Rows, 1 to 100; 20 when left out.' }),
        after: t.arg.string({ description: 'endCursor of the page before.' }),
      },
      resolve: async (member, { first, after }, { members, program }) => {
        const page = await members.history(program, member, {
          first: pageRows(first),
          after: after ?? null,
        });
        const { externalId } = member;
        return toPage(
          page.entries.map((entry) => ({ ...entry, externalId })),
          (entry) => entry.cursor,
          page.hasNextPage,
        );
      },
    }),
  }),
});

builder.queryField('member', (t) =>
  t.field({
    extensions: { cost: 20 },
    type: MemberType,
    nullable: true,
    description: 'A member by the id of the app; null when no action of it was ever recorded.',
    authScopes: ONLY_READERS,
    args: {
      memberId: t.arg.string({ required: true, description: "The app's own id of the member." }),
    },
    resolve: (_root, { memberId }, { members, program }) => members.find(program, memberId),
  }),
);
