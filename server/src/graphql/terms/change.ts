import type { ProposedTerms } from '../../domain/events.ts';
import type { ChangeView, ObjectionView } from '../../services/terms/changes.ts';
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
import { RuleType } from './rule.ts';

/** What a change is of. */
export const ChangeTarget = builder.enumType('ChangeTarget', {
  description: 'What a change of terms is of.',
  values: {
    RULES: { description: 'The rule set and its budget.' },
    BUYBACK: { description: 'The price, the budget and the least tender of the buyback.' },
  } as const,
});

const ChangeStateEnum = builder.enumType('ChangeState', {
  description: 'Where a change of terms stands.',
  values: {
    PENDING: { description: 'Its notice runs, or it waits to be enacted.' },
    ENACTED: { description: 'Its terms are published; an improvement is so at once.' },
    STRUCK_DOWN: { description: 'Enough holders objected; final.' },
    WITHDRAWN: { description: 'The operator took it back; final.' },
    DEAD: { description: 'It was not enacted in time; final. Told by the clock.' },
  } as const,
});

type ProposedRules = Extract<ProposedTerms, { kind: 'RULES' }>;
type ProposedBuyback = OfProgram<Extract<ProposedTerms, { kind: 'BUYBACK' }>>;

const ProposedRulesType = builder.objectRef<ProposedRules>('ProposedRules').implement({
  description: 'A rule set that a change would put in force.',
  authScopes: PUBLIC,
  fields: (t) => ({
    notBefore: t.expose('notBefore', {
      type: 'UInt',
      description: 'In force from this epoch at the earliest; 0 for as soon as possible.',
    }),
    budgetPerEpoch: t.expose('budgetPerEpoch', {
      type: 'Points',
      description: 'Points that might be minted during one epoch of the clock.',
    }),
    rules: t.expose('rules', {
      extensions: { cost: 0, rows: 32 },
      type: [RuleType],
      description: 'Ascending by rule id, 1 to 32.',
    }),
  }),
});

const ProposedBuybackType = builder.objectRef<ProposedBuyback>('ProposedBuyback').implement({
  description: 'Buyback terms that a change would put in force.',
  authScopes: PUBLIC,
  fields: (t) => ({
    pricePerPoint: t.field({
      type: 'Money',
      description: 'For one whole point.',
      resolve: ({ program, pricePerPoint: units }) => moneyOf(program, units),
    }),
    budgetPerRound: t.field({
      type: 'Money',
      description: 'For one round; 0 buys nothing.',
      resolve: ({ program, budgetPerRound: units }) => moneyOf(program, units),
    }),
    minTender: t.expose('minTender', { type: 'Points', description: 'Least tender.' }),
  }),
});

const changeRef = builder.objectRef<OfProgram<ChangeView>>('Change');

/** One change of terms. Its shape is a {@link ChangeView} with its program. */
export const ChangeType = builder.node(changeRef, {
  description:
    'One change of terms with its whole history. What hurts nobody is in force without notice; what hurts somebody waits for its notice, during which holders may object, and for a last round on the old terms where it hurts holders. Source: events of the charter.',
  authScopes: PUBLIC,
  id: { resolve: ({ programId, number }) => `${programId}:${number}` },
  loadOne: async (id, { changes, program }) => {
    const number = numberInProgram(program, id);
    const found = number === null ? null : await changes.find(program, number);
    return found === null ? null : { ...found, program };
  },
  fields: (t) => ({
    number: t.expose('number', { type: 'UInt', description: 'Sequential, from 1.' }),
    target: t.expose('target', { type: ChangeTarget, description: 'What it is of.' }),
    hurtsMembers: t.exposeBoolean('hurtsMembers', {
      description:
        'A rule earns less or ends earlier, or the budget is lower. The contract says so.',
    }),
    hurtsHolders: t.exposeBoolean('hurtsHolders', {
      description: 'The budget of points is higher, or the buyback is worse. The contract says so.',
    }),
    state: t.expose('state', { type: ChangeStateEnum, description: 'Where it stands now.' }),
    comparedVersion: t.expose('comparedVersion', {
      type: 'UInt',
      description: "Version of the target's terms that it was compared with.",
    }),
    announcedAt: t.field({
      type: 'DateTime',
      description: 'When it was announced.',
      resolve: ({ announcedAtMs }) => announcedAtMs,
    }),
    noticeEndsAt: t.field({
      type: 'DateTime',
      description: 'Objections count before it. The moment of the announcement when none is due.',
      resolve: ({ noticeEndsAtMs }) => noticeEndsAtMs,
    }),
    diesAt: t.field({
      type: 'DateTime',
      description: 'It can not be enacted from then on. Fixed at the announcement.',
      resolve: ({ diesAtMs }) => diesAtMs,
    }),
    firstEligibleRound: t.expose('firstEligibleRound', {
      type: 'UInt',
      nullable: true,
      description:
        'First round that can be the last one on the old terms; null where none is owed.',
    }),
    earliestEnactment: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'It can not be enacted before this moment, which never becomes earlier; null unless it is pending.',
      resolve: ({ earliestEnactmentMs }) => earliestEnactmentMs,
    }),
    earliestEffect: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Its terms can not be in force before this moment; null unless it is pending.',
      resolve: ({ earliestEffectMs }) => earliestEffectMs,
    }),
    supplyAtAnnouncement: t.expose('supplyAtAnnouncement', {
      type: 'Points',
      description: 'Points outstanding when it was announced.',
    }),
    objections: t.expose('objections', {
      type: 'Points',
      description: 'Points objected by everybody; getting them back later does not lower it.',
    }),
    objectionsNeeded: t.expose('objectionsNeeded', {
      type: 'Points',
      nullable: true,
      description: 'Objections that strike it down now; null unless its notice runs.',
    }),
    struckDownBy: t.expose('struckDownBy', {
      type: 'Points',
      nullable: true,
      description: 'Objections that were enough when it was struck down; null unless it was.',
    }),
    becameVersion: t.expose('becameVersion', {
      type: 'UInt',
      nullable: true,
      description: "Version of the target's terms that it became; null unless it is enacted.",
    }),
    terms: t.expose('terms', {
      type: 'Hex',
      description: 'The terms as the contract takes them again when it is enacted.',
    }),
    proposedRules: t.field({
      type: ProposedRulesType,
      nullable: true,
      description: 'The terms of a change of RULES; null for others, and for unreadable ones.',
      resolve: ({ proposed }) => (proposed?.kind === 'RULES' ? proposed : null),
    }),
    proposedBuyback: t.field({
      type: ProposedBuybackType,
      nullable: true,
      description: 'The terms of a change of BUYBACK; null for others.',
      resolve: ({ proposed, program }) =>
        proposed?.kind === 'BUYBACK' ? { ...proposed, program } : null,
    }),
    resolved: t.expose('resolved', {
      type: ChainMomentType,
      nullable: true,
      description: 'When it was enacted, struck down or withdrawn; null otherwise.',
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block in which it was announced.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction that announced it.',
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Changes of a program. */
export const ChangeConnection = factConnection(ChangeType, {
  name: 'Change',
  order: 'Changes of terms, newest first.',
  scopes: PUBLIC,
});

/** What one holder locked against one change. Its shape is an {@link ObjectionView} with its program. */
export const ObjectionType = builder.objectRef<OfProgram<ObjectionView>>('Objection').implement({
  description:
    'Points that one holder locked against one change until the end of its notice, from when anybody may have them released. Source: events of the charter.',
  authScopes: ANY_HOLDER_READER,
  fields: (t) => ({
    changeNumber: t.expose('change', { type: 'UInt', description: 'Number of the change.' }),
    change: t.field({
      extensions: { cost: 40 },
      type: ChangeType,
      nullable: true,
      description: 'The change; null while the chain is being read again.',
      resolve: async ({ program, change }, _args, { changes }) => {
        const found = await changes.find(program, change);
        return found === null ? null : { ...found, program };
      },
    }),
    holder: t.expose('holder', { type: 'Address', description: 'Whose points they are.' }),
    amount: t.expose('amount', { type: 'Points', description: 'Locked in all.' }),
    locked: t.expose('locked', {
      type: 'Points',
      description: 'Still locked; 0 once they were released.',
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block of the first objection.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction of the first objection.',
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Objections of a holder. */
export const ObjectionConnection = factConnection(ObjectionType, {
  name: 'Objection',
  order: 'Objections of one holder, newest change first.',
  scopes: ANY_HOLDER_READER,
});
