import type { HistoryEntry } from '../../domain/members/history.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { builder } from '../core/builder.ts';
import { DropType } from '../statements/drop.ts';
import { openCursor } from '../core/cursor.ts';
import { pageRows, toPage } from '../core/pages.ts';
import { BalanceType } from './balance.ts';
import { RECEIPT_COST, ReceiptType } from '../statements/receipt.ts';
import { RuleType } from '../terms/rule.ts';

const ONLY_READERS = { 'members:read': true } as const;

/** As `npm run bench` measured them: about 10 µs of the processor a unit. */
const MEMBER_COST = 30;
const BALANCE_COST = 240;
const DROPS_COST = 150;
const HISTORY_COST = 250;

const HistoryState = builder.enumType('HistoryState', {
  description: 'State of an entry of the history.',
  values: {
    MATURING: { description: 'The actions do not count yet and can be voided.' },
    PENDING: {
      description: 'The actions count, and the contract has not minted all of their points.',
    },
    SETTLED: { description: 'The contract has minted the points.' },
    LAPSED: {
      description: 'The settlement window of the epoch closed before all points were minted.',
    },
    REFUSED: { description: 'The contract refused the statement for a reason that is permanent.' },
    RULE_NOT_IN_FORCE: {
      description:
        'The rule had lapsed, or was not in force yet, in this epoch: the actions earn nothing.',
    },
    VOIDED: {
      description:
        'The action was voided before it matured and earns nothing; `eventId`, `reason` and `voidedAt` say which, why and when.',
    },
  } as const,
});

/** A line with the member that it belongs to, by the app's id. */
interface HistoryRow extends HistoryEntry {
  readonly externalId: string;
}

const HistoryEntryType = builder.objectRef<HistoryRow>('HistoryEntry').implement({
  description:
    'Actions of a member under one rule in one epoch, or one action that was voided. Source: the action log; `state` and `transactionHash` come from the chain.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    epoch: t.expose('epoch', { type: 'UInt', description: 'Epoch of the actions.' }),
    rule: t.expose('rule', {
      type: RuleType,
      description: 'Rule as it is in force for the epoch, or else as it was published last.',
    }),
    ruleSetVersion: t.expose('ruleSetVersion', {
      type: 'UInt',
      description: 'Version of the rule set in force for the epoch.',
    }),
    count: t.field({
      type: 'UInt',
      description: 'Number of actions, counting each by its `count`.',
      resolve: (entry) => Number(entry.count),
    }),
    amount: t.expose('amount', {
      type: 'Amount',
      description: 'Sum of the amounts of the actions.',
    }),
    points: t.expose('points', { type: 'Points', description: 'Points that the actions earn.' }),
    state: t.expose('state', { type: HistoryState, description: 'State of this entry.' }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      nullable: true,
      description:
        'Transaction that last settled or refused the statement of this epoch; null before that.',
    }),
    eventId: t.string({
      nullable: true,
      description: "The app's own id of the voided action; null for every other entry.",
      resolve: ({ voided }) => voided?.eventId ?? null,
    }),
    reason: t.string({
      nullable: true,
      description: 'Reason given for voiding the action; null when there is none.',
      resolve: ({ voided }) => voided?.reason ?? null,
    }),
    voidedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time at which the action was voided; null for every other entry.',
      resolve: ({ voided }) => voided?.voidedAtMs ?? null,
    }),
    receipt: t.field({
      extensions: { cost: RECEIPT_COST },
      type: ReceiptType,
      nullable: true,
      description: 'Signed statement of the member for this epoch; null while nothing has matured.',
      resolve: (entry, _args, context) => context.receiptFor(entry.externalId, entry.epoch),
    }),
  }),
});

const HistoryEdge = builder.edgeObject({
  type: HistoryEntryType,
  name: 'HistoryEdge',
  description: 'Row of the history with its cursor.',
  authScopes: ONLY_READERS,
});
const HistoryConnection = builder.connectionObject(
  {
    type: HistoryEntryType,
    name: 'HistoryConnection',
    description:
      'Page of the history, newest epoch first, then by rule id, and what was voided last.',
    authScopes: ONLY_READERS,
  },
  HistoryEdge,
);

const memberRef = builder.objectRef<MemberRecord>('Member');

/** Shows a member of the program. */
export const MemberType = builder.node(memberRef, {
  description: "Person who collects points in the app, known only by the app's own id.",
  authScopes: ONLY_READERS,
  id: { resolve: (member) => member.id },
  loadOne: (id, { members, program, key }) =>
    key.scopes.includes('members:read') ? members.findById(program, id) : null,
  fields: (t) => ({
    memberId: t.exposeString('externalId', { description: "The app's own id of the member." }),
    account: t.expose('account', {
      type: 'Address',
      description:
        "Account that the service signs for, used in this program only: what mutations with `memberId` use. The member's points are minted to it until `accountMove`; `balance.accounts` has all accounts.",
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'Time at which the first action of the member was recorded.',
      resolve: (member) => member.createdAtMs,
    }),
    balance: t.field({
      extensions: { cost: BALANCE_COST },
      type: BalanceType,
      description: 'Points of the member: settled, locked and not settled yet.',
      resolve: (member, _args, { members, program }) => members.balance(program, member),
    }),
    drops: t.field({
      extensions: { cost: DROPS_COST, rows: 40 },
      type: [DropType],
      description: 'Points that are not settled yet, one drop for each epoch, oldest first.',
      resolve: async (member, _args, { drops, program }) =>
        (await drops.dropsOf(program, member)).map((drop) => ({
          ...drop,
          externalId: member.externalId,
        })),
    }),
    receipt: t.field({
      extensions: { cost: RECEIPT_COST },
      type: ReceiptType,
      nullable: true,
      description:
        'Signed statement of the member for an epoch; null when nothing has matured in it.',
      args: { epoch: t.arg.int({ required: true, description: 'Epoch of the actions.' }) },
      resolve: (member, { epoch }, context) => context.receiptFor(member.externalId, epoch),
    }),
    history: t.field({
      extensions: { cost: HISTORY_COST },
      type: HistoryConnection,
      description:
        'Actions of the member by epoch and rule, newest epoch first, with those that were voided. Errors: OUT_OF_RANGE, MALFORMED.',
      args: {
        first: t.arg.int({ description: 'Number of rows, 1 to 100; 20 when left out.' }),
        after: t.arg.string({
          description: '`endCursor` of the page before; left out for the first page.',
        }),
      },
      resolve: async (member, { first, after }, { members, program }) => {
        const list = ['History', member.id] as const;
        const page = await members.history(program, member, {
          first: pageRows(first),
          after: openCursor(list, after),
        });
        const { externalId } = member;
        return toPage(
          list,
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
    extensions: { cost: MEMBER_COST },
    type: MemberType,
    nullable: true,
    description:
      "Returns a member by the app's own id; null when no action of that member has been recorded.",
    authScopes: ONLY_READERS,
    args: {
      memberId: t.arg.string({ required: true, description: "The app's own id of the member." }),
    },
    resolve: (_root, { memberId }, { members, program }) => members.find(program, memberId),
  }),
);
