import type { ProposedTerms } from '../../domain/events.ts';
import type { ChangeView, ObjectionView, RestView } from '../../services/terms/changes.ts';
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
import { RuleType, shownHash } from './rule.ts';

/** Names the terms that a change is about. */
export const ChangeTarget = builder.enumType('ChangeTarget', {
  description: 'Terms that a change is about.',
  values: {
    RULES: { description: 'The rule set with its budget.' },
    BUYBACK: { description: 'The price, the budget and the minimum tender of the buyback.' },
  } as const,
});

const ChangeStateEnum = builder.enumType('ChangeState', {
  description: 'State of a change of terms.',
  values: {
    PENDING: { description: 'The notice runs, or the change waits to be enacted.' },
    ENACTED: { description: 'The new terms are published; an improvement is published at once.' },
    STRUCK_DOWN: { description: 'Enough points objected; the change is over for good.' },
    WITHDRAWN: { description: 'The operator withdrew the change; it is over for good.' },
    DEAD: { description: 'The change was not enacted before `diesAt`; it is over for good.' },
  } as const,
});

type ProposedRules = Extract<ProposedTerms, { kind: 'RULES' }>;
type ProposedBuyback = OfProgram<Extract<ProposedTerms, { kind: 'BUYBACK' }>>;

/** Shows the rule set of a change. */
export const ProposedRulesType = builder.objectRef<ProposedRules>('ProposedRules').implement({
  description: 'Rule set that a change puts in force.',
  authScopes: PUBLIC,
  fields: (t) => ({
    notBefore: t.expose('notBefore', {
      type: 'UInt',
      description: 'Earliest epoch from which the rule set is in force; 0 for as soon as possible.',
    }),
    budgetPerEpoch: t.expose('budgetPerEpoch', {
      type: 'Points',
      description: 'Most points that can be minted during one epoch.',
    }),
    documentHash: t.field({
      type: 'Hex',
      nullable: true,
      description: 'keccak256 of the small print, byte for byte; null for none.',
      resolve: ({ documentHash }) => shownHash(documentHash),
    }),
    rules: t.expose('rules', {
      extensions: { rows: 32 },
      type: [RuleType],
      description: 'Rules of the set, 1 to 32, by ascending rule id.',
    }),
  }),
});

const ProposedBuybackType = builder.objectRef<ProposedBuyback>('ProposedBuyback').implement({
  description: 'Buyback terms that a change puts in force.',
  authScopes: PUBLIC,
  fields: (t) => ({
    pricePerPoint: t.field({
      type: 'Money',
      description: 'Price of one whole point, in settlement tokens.',
      resolve: ({ program, pricePerPoint: units }) => moneyOf(program, units),
    }),
    budgetPerRound: t.field({
      type: 'Money',
      description: 'Most that a round spends on points, in settlement tokens; 0 buys nothing.',
      resolve: ({ program, budgetPerRound: units }) => moneyOf(program, units),
    }),
    minTender: t.expose('minTender', {
      type: 'Points',
      description: 'Fewest points that a holder can have tendered in a round.',
    }),
  }),
});

const changeRef = builder.objectRef<OfProgram<ChangeView>>('Change');

/** Shows one change of terms. Its shape is a {@link ChangeView} with its program. */
export const ChangeType = builder.node(changeRef, {
  description:
    'Change of terms with its history. One that hurts members or holders waits for its notice, during which holders can object, and one that hurts holders also for a last buyback round on the old terms. Source: events of the charter contract.',
  authScopes: PUBLIC,
  id: { resolve: ({ programId, number }) => `${programId}:${number}` },
  loadOne: async (id, { changes, program }) => {
    const number = numberInProgram(program, id);
    const found = number === null ? null : await changes.find(program, number);
    return found === null ? null : { ...found, program };
  },
  fields: (t) => ({
    number: t.expose('number', {
      type: 'UInt',
      description: 'Number of the change, ascending from 1.',
    }),
    target: t.expose('target', {
      type: ChangeTarget,
      description: 'Terms that the change is about.',
    }),
    hurtsMembers: t.exposeBoolean('hurtsMembers', {
      description:
        'Whether members lose something: a rule earns less or ends earlier, the budget of points is lower, or the small print is another. The contract decides it.',
    }),
    hurtsHolders: t.exposeBoolean('hurtsHolders', {
      description:
        'Whether points may be worth less: the budget of points is higher, or the buyback is worse or changes by too large a step. The contract decides it.',
    }),
    state: t.expose('state', { type: ChangeStateEnum, description: 'State of the change now.' }),
    comparedVersion: t.expose('comparedVersion', {
      type: 'UInt',
      description: 'Version of the terms that the change was compared with.',
    }),
    announcedAt: t.field({
      type: 'DateTime',
      description: 'Time of the announcement.',
      resolve: ({ announcedAtMs }) => announcedAtMs,
    }),
    noticeEndsAt: t.field({
      type: 'DateTime',
      description:
        'Time at which the notice ends and until which holders can object. The time of the announcement for a change without notice.',
      resolve: ({ noticeEndsAtMs }) => noticeEndsAtMs,
    }),
    diesAt: t.field({
      type: 'DateTime',
      description: 'Time from which the change can not be enacted, fixed at the announcement.',
      resolve: ({ diesAtMs }) => diesAtMs,
    }),
    firstEligibleRound: t.expose('firstEligibleRound', {
      type: 'UInt',
      nullable: true,
      description:
        'Number of the first round that can be the last one on the old terms; null when the change owes no last round.',
    }),
    earliestEnactment: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Earliest time at which the change can be enacted, which can still become later; null unless the change is pending.',
      resolve: ({ earliestEnactmentMs }) => earliestEnactmentMs,
    }),
    earliestEffect: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Earliest time at which the new terms can be in force; null unless the change is pending.',
      resolve: ({ earliestEffectMs }) => earliestEffectMs,
    }),
    countedSupply: t.expose('countedSupply', {
      type: 'Points',
      description:
        'Points that the threshold is of, at most, fixed at the announcement: the points outstanding then or, if they were fewer, those outstanding one notice period before, counted as a quarter of the former at least.',
    }),
    objections: t.expose('objections', {
      type: 'Points',
      description:
        'Points that all holders together locked in objection. Releasing them later does not lower the number.',
    }),
    objectionsNeeded: t.expose('objectionsNeeded', {
      type: 'Points',
      nullable: true,
      description:
        'Points in objection that strike the change down now; null unless its notice runs.',
    }),
    withdrawalIsStrike: t.exposeBoolean('withdrawalIsStrike', {
      nullable: true,
      description:
        'Whether the change would count as struck down if it were withdrawn now, which needs half the objections, whether its notice runs or not; null unless it is pending.',
    }),
    struckDownBy: t.expose('struckDownBy', {
      type: 'Points',
      nullable: true,
      description:
        'Points in objection that were needed when the change was struck down; null unless it was.',
    }),
    isStrike: t.exposeBoolean('isStrike', {
      description:
        'Whether the change counts as struck down: it was, or it was withdrawn when objections had reached half of what was needed. Two such changes in a row make the rest before the next one longer.',
    }),
    becameVersion: t.expose('becameVersion', {
      type: 'UInt',
      nullable: true,
      description: 'Version of the terms that the change became; null unless it is enacted.',
    }),
    terms: t.expose('terms', {
      type: 'Hex',
      description:
        'New terms in the encoding of the contract, to pass again when the change is enacted on chain.',
    }),
    proposedRules: t.field({
      type: ProposedRulesType,
      nullable: true,
      description:
        'New rule set; null unless `target` is RULES, and when the terms can not be decoded.',
      resolve: ({ proposed, programId }) => {
        if (proposed?.kind !== 'RULES') return null;
        return { ...proposed, rules: proposed.rules.map((rule) => ({ ...rule, programId })) };
      },
    }),
    proposedBuyback: t.field({
      type: ProposedBuybackType,
      nullable: true,
      description: 'New buyback terms; null unless `target` is BUYBACK.',
      resolve: ({ proposed, program }) =>
        proposed?.kind === 'BUYBACK' ? { ...proposed, program } : null,
    }),
    resolved: t.expose('resolved', {
      type: ChainMomentType,
      nullable: true,
      description:
        'Block and transaction in which the change was enacted, struck down or withdrawn; null otherwise.',
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block in which the change was announced.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction that announced the change.',
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Shows the rest before the next hurtful change. */
export const ChangeRestType = builder.objectRef<RestView>('ChangeRest').implement({
  description:
    'Rest after a change that hurt members or holders and came to nothing. Source: events of the charter contract and the clock.',
  authScopes: PUBLIC,
  fields: (t) => ({
    strikesInARow: t.expose('strikesInARow', {
      type: 'UInt',
      description:
        'Number of changes in a row that counted as struck down. Two or more make every rest longer: two, four, then eight notice periods.',
    }),
    until: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time before which no change that hurts members or holders can be announced, also when it has passed (`cooldownUntil` of the charter contract); null when there was no rest so far.',
      resolve: ({ untilMs }) => untilMs,
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Shows pages of changes of a program. */
export const ChangeConnection = projectionConnection(ChangeType, {
  name: 'Change',
  order: 'Page of changes of terms, newest first.',
  scopes: PUBLIC,
});

/** Shows the points that one holder locked against one change. Its shape is an {@link ObjectionView} with its program. */
export const ObjectionType = builder.objectRef<OfProgram<ObjectionView>>('Objection').implement({
  description:
    'Points that one holder locked against one change until its notice ends or the operator withdraws it; then any account can have them released. Source: events of the charter contract.',
  authScopes: ANY_HOLDER_READER,
  fields: (t) => ({
    changeNumber: t.expose('change', {
      type: 'UInt',
      description: 'Number of the change, from 1.',
    }),
    change: t.field({
      extensions: { cost: 40 },
      type: ChangeType,
      nullable: true,
      description: 'Change that the holder objected to; null while the chain is being read again.',
      resolve: async ({ program, change }, _args, { on }) => {
        const found = await on(program).changes.find(program, change);
        return found === null ? null : { ...found, program };
      },
    }),
    holder: t.expose('holder', { type: 'Address', description: 'Account that owns the points.' }),
    amount: t.expose('amount', {
      type: 'Points',
      description: 'Points that the holder locked in all.',
    }),
    locked: t.expose('locked', {
      type: 'Points',
      description: 'Points that are still locked; 0 after their release.',
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: "Block of the holder's first objection to the change.",
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: "Transaction of the holder's first objection to the change.",
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Shows pages of objections of a holder. */
export const ObjectionConnection = projectionConnection(ObjectionType, {
  name: 'Objection',
  order: 'Page of objections of one holder, newest change first.',
  scopes: ANY_HOLDER_READER,
});
