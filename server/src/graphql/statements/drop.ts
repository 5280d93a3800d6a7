import type { Drop, DropPart } from '../../services/statements/drops.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { builder } from '../core/builder.ts';
import { RuleType } from '../terms/rule.ts';
import { HeldBackEnum } from './heldBack.ts';
import { RECEIPT_COST, ReceiptType } from './receipt.ts';

const MEMBER_SCOPES = {
  $any: { 'members:read': true, 'members:write': true, 'member:self': true },
} as const;

/** A drop with the app's id of its member. */
export interface DropOfMember extends Drop {
  readonly externalId: string;
  readonly member: Pick<MemberRecord, 'id'>;
}

/** Finding when actions mature reads those of the epoch that have not, once for all parts of a drop. */
const MATURES_COST = 7;
/** Parts that the cost of a query counts with: most programs have few rules. */
const SHOWN_PARTS = 6;

/** A part with its drop. */
interface PartOfDrop extends DropPart {
  /** Reads when the next action of each rule matures. */
  readonly maturities: () => Promise<ReadonlyMap<number, number>>;
}

const DropPartType = builder.objectRef<PartOfDrop>('DropPart').implement({
  description: 'Part of a drop that one rule earned. Source: as of the drop.',
  authScopes: MEMBER_SCOPES,
  fields: (t) => ({
    rule: t.expose('rule', { type: RuleType, description: 'Rule in force in the epoch.' }),
    ruleSetVersion: t.expose('ruleSetVersion', {
      type: 'UInt',
      description: 'Version of the rule set in force in the epoch.',
    }),
    count: t.field({
      type: 'UInt',
      description:
        'Number of actions whose points are not all settled, counting each by its `count`.',
      resolve: ({ count }) => Number(count),
    }),
    amount: t.expose('amount', {
      type: 'Amount',
      description: 'Sum of the amounts of these actions.',
    }),
    points: t.expose('points', {
      type: 'Points',
      description:
        'Points that are earned and not settled yet; over all parts, `points` of the drop. Where the contract minted less than it was handed, rules with smaller ids come first.',
    }),
    maturing: t.expose('maturing', {
      type: 'Points',
      description:
        'Points to be added when actions mature; over all parts, `maturing` of the drop.',
    }),
    maturesAt: t.field({
      extensions: { cost: MATURES_COST },
      type: 'DateTime',
      nullable: true,
      description: 'Time at which the next action under this rule matures; null when none will.',
      resolve: async ({ maturities, rule, maturing }) =>
        maturing === 0n ? null : ((await maturities()).get(rule.id) ?? null),
    }),
  }),
});

/** Shows points of a member that are earned and not settled yet. */
export const DropType = builder.objectRef<DropOfMember>('Drop').implement({
  description:
    'Points that a member earned in one epoch and that are not settled yet. Source: the action log and the rules in force, as the contract computes them.',
  authScopes: MEMBER_SCOPES,
  fields: (t) => ({
    epoch: t.expose('epoch', { type: 'UInt', description: 'Epoch of the actions.' }),
    account: t.expose('account', {
      type: 'Address',
      description: 'Account of the member that the points are minted to.',
    }),
    points: t.expose('points', {
      type: 'Points',
      description: 'Points that are earned and not settled yet.',
    }),
    maturing: t.expose('maturing', {
      type: 'Points',
      description: 'Points to be added when actions of this epoch mature, unless they are voided.',
    }),
    parts: t.field({
      extensions: { rows: SHOWN_PARTS },
      type: [DropPartType],
      description: 'What each rule has in the drop, by ascending rule id.',
      resolve: ({ member, epoch, parts }, _args, { drops, program }) => {
        let reading: Promise<ReadonlyMap<number, number>> | null = null;
        const key = { memberId: member.id, epoch };
        const maturities = (): Promise<ReadonlyMap<number, number>> =>
          (reading ??= drops.maturities(program, key));
        return parts.map((part) => ({ ...part, maturities }));
      },
    }),
    heldBack: t.expose('heldBack', {
      type: HeldBackEnum,
      nullable: true,
      description: 'What holds back `points`; null while nothing does.',
    }),
    askedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time at which the points were asked for before `settlesAfter`, by collecting, or by a write that needed them; null when they were not.',
      resolve: ({ askedAtMs }) => askedAtMs,
    }),
    settlesAfter: t.field({
      type: 'DateTime',
      description: 'Time from which the service settles the points by itself.',
      resolve: (drop) => drop.settleAfterMs,
    }),
    closesAt: t.field({
      type: 'DateTime',
      description: 'Time from which the contract accepts no statement of this epoch.',
      resolve: (drop) => drop.closesAtMs,
    }),
    receipt: t.field({
      extensions: { cost: RECEIPT_COST },
      type: ReceiptType,
      nullable: true,
      description: 'Signed statement of the member for this epoch; null while nothing has matured.',
      resolve: (drop, _args, context) => context.receiptFor(drop.externalId, drop.epoch),
    }),
  }),
});
