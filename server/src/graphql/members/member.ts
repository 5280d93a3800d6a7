import { epochStartMs } from '../../domain/epochs.ts';
import { mergeOf, type Merge } from '../../domain/members/merges.ts';
import type { DatedEntry } from '../../services/members/members.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { builder, MEMBER_READERS } from '../core/builder.ts';
import { DropType } from '../statements/drop.ts';
import { openCursor } from '../core/cursor.ts';
import { pageRows, toPage } from '../core/pages.ts';
import { HistoryStateEnum } from '../statements/historyState.ts';
import { ChainMomentType } from '../core/chainMoment.ts';
import { HeldBackEnum } from '../statements/heldBack.ts';
import { BalanceType } from './balance.ts';
import { RECEIPT_COST, ReceiptType } from '../statements/receipt.ts';
import { RuleType } from '../terms/rule.ts';

/** As `npm run bench` measured them: about 10 µs of the processor a unit. */
export const MEMBER_COST = 30;
const BALANCE_COST = 240;
const DROPS_COST = 150;
const HISTORY_COST = 250;

/** A line with the member that it belongs to, by the app's id. */
interface HistoryRow extends DatedEntry {
  readonly externalId: string;
  readonly member: MemberRecord;
}

/** Shows an entry of the history of a member. */
export const HistoryEntryType = builder.objectRef<HistoryRow>('HistoryEntry').implement({
  description:
    'Actions of a member under one rule in one epoch, or one action that was voided. Source: the action log; `state` and `transactionHash` come from the chain.',
  authScopes: MEMBER_READERS,
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
    state: t.expose('state', { type: HistoryStateEnum, description: 'State of this entry.' }),
    minted: t.expose('minted', {
      type: 'Points',
      description:
        'Points of this entry that the contract has minted. Over all entries of an epoch it is what was minted for the epoch; of a part that was held back, rules with smaller ids come first.',
    }),
    settled: t.expose('settled', {
      type: ChainMomentType,
      nullable: true,
      description:
        'Transaction that last minted points for the epoch; null while nothing of this entry is minted.',
    }),
    heldBack: t.expose('heldBack', {
      type: HeldBackEnum,
      nullable: true,
      description: 'What holds back the points of a PENDING entry; null while nothing does.',
    }),
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
  authScopes: MEMBER_READERS,
});
const HistoryConnection = builder.connectionObject(
  {
    type: HistoryEntryType,
    name: 'HistoryConnection',
    description:
      'Page of the history, newest epoch first, then by rule id, and what was voided last.',
    authScopes: MEMBER_READERS,
  },
  HistoryEdge,
);

const MemberMergeType = builder
  .objectRef<{ readonly merge: Merge; readonly startsAtMs: number }>('MemberMerge')
  .implement({
    description: 'The merge of a member into another one.',
    authScopes: MEMBER_READERS,
    fields: (t) => ({
      memberId: t.string({
        nullable: true,
        description:
          "The app's own id of the other member, which earns what is recorded under either id; null after it was erased.",
        resolve: async ({ merge }, _args, { members, program }) => {
          const into = await members.findById(program, merge.memberId);
          return into === null || into.erasedAtMs !== undefined ? null : into.externalId;
        },
      }),
      fromEpoch: t.field({
        type: 'UInt',
        description: 'First epoch of the merge; what is of earlier ones stays with this member.',
        resolve: ({ merge }) => merge.fromEpoch,
      }),
      startsAt: t.field({
        type: 'DateTime',
        description: 'Time at which that epoch begins, or began.',
        resolve: ({ startsAtMs }) => startsAtMs,
      }),
    }),
  });

const memberRef = builder.objectRef<MemberRecord>('Member');

/** Shows a member of the program. */
export const MemberType = builder.node(memberRef, {
  description: "Person who collects points in the app, known only by the app's own id.",
  authScopes: MEMBER_READERS,
  id: { resolve: (member) => member.id },
  loadOne: (id, { members, program, may }) =>
    may('members:read') ? members.findById(program, id) : null,
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
    mergedInto: t.field({
      extensions: { cost: MEMBER_COST },
      type: MemberMergeType,
      nullable: true,
      description:
        'The merge of this member into another one by `memberMerge`; null while there is none. The member keeps what it earned before, and all else shown of it is its own.',
      resolve: (member, _args, { program }) => {
        const merge = mergeOf(member);
        return merge && { merge, startsAtMs: epochStartMs(program, merge.fromEpoch) };
      },
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
          member,
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
        fromEpoch: t.arg({
          type: 'UInt',
          description: 'Oldest epoch to show; left out for all.',
        }),
      },
      resolve: async (member, { first, after, fromEpoch }, { members, program }) => {
        const list = ['History', member.id] as const;
        const page = await members.history(program, member, {
          first: pageRows(first),
          after: openCursor(list, after),
          fromEpoch: fromEpoch ?? 0,
        });
        const { externalId } = member;
        return toPage(
          list,
          page.entries.map((entry) => ({ ...entry, externalId, member })),
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
      "Returns a member by the app's own id; null when no action of that member has been recorded. Errors: REQUIRED.",
    authScopes: MEMBER_READERS,
    args: {
      memberId: t.arg.string({
        description: "The app's own id of the member; left out in a session of the member.",
      }),
    },
    resolve: (_root, { memberId }, { members, program, memberIdOf }) =>
      members.find(program, memberIdOf(memberId)),
  }),
);
