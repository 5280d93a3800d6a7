import type { HistoryState } from '../../domain/members/history.ts';
import type { Program } from '../../domain/program.ts';
import { ruleOf } from '../../domain/epochs.ts';
import type { MoveEntry } from '../../domain/actions/action.ts';
import { maturityOf, releaseIn, VOID_MARGIN_MS, voidIn } from '../../domain/actions/reviewRules.ts';
import type {
  ActionFilter,
  ActionPlace,
  ActionView,
} from '../../services/actions/memberActions.ts';
import { builder } from '../core/builder.ts';
import { ChainMomentType } from '../core/chainMoment.ts';
import type { PageArguments } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { badCursor, openCursor, sealCursor, type ListName } from '../core/cursor.ts';
import { pageRows, toPage, type Page } from '../core/pages.ts';
import { HeldBackEnum } from '../statements/heldBack.ts';
import { StatementType } from '../statements/statement.ts';
import { RuleType } from '../terms/rule.ts';
import { HistoryStateEnum } from '../statements/historyState.ts';

const ONLY_READERS = { 'members:read': true } as const;

/** What an action asks of the database: itself, its decisions, its member, its statement. */
export const ACTION_COST = 60;
/** A page looks at up to 500 entries of the log and at their statements. */
export const ACTIONS_COST = 1_000;
/** Entries of one epoch of a member that a page looks at, and what that asks of the database. */
const ENTRY_LOOKS_AT = 200;
export const ENTRY_ACTIONS_COST = 300;

/** Shows a decision that moved the time from which an action counts. */
const ReviewDecisionType = builder.objectRef<MoveEntry>('ReviewDecision').implement({
  description: 'Decision on an action before it counts. Source: the action log.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      description: 'Time of the decision, by the clock of the chain.',
      resolve: ({ decidedAtMs }) => decidedAtMs,
    }),
    actor: t.string({
      nullable: true,
      description: 'Person who decided it; null when the app did by itself.',
      resolve: ({ actor = null }) => actor,
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Reason given for it; null when there is none.',
    }),
  }),
});

/** An action with its program. */
interface ActionOfProgram extends ActionView {
  readonly program: Program;
}

/** Shows one action and what became of it. */
export const ActionType = builder.objectRef<ActionOfProgram>('Action').implement({
  description:
    'One action of a member, and what became of it. Source: the action log; `state`, `heldBack` and `settled` come from the chain.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    memberId: t.string({
      description: "The app's own id of the member.",
      resolve: ({ member }) => member.externalId,
    }),
    eventId: t.string({
      description: "The app's own id of the action.",
      resolve: ({ action }) => action.eventId,
    }),
    epoch: t.field({
      type: 'UInt',
      description: 'Epoch of `occurredAt`, in which the action counts.',
      resolve: ({ action }) => action.epoch,
    }),
    rule: t.field({
      type: RuleType,
      nullable: true,
      description:
        'Rule that the action falls under, as it is in force in its epoch, else as it was published last; null while the chain is being read again.',
      resolve: ({ program, action }) => ruleOf(program, action.epoch, action.ruleId),
    }),
    count: t.field({
      type: 'UInt',
      description: 'Number of equal actions that this one stands for.',
      resolve: ({ action }) => action.count,
    }),
    amount: t.field({
      type: 'Amount',
      description: 'Amount of the action.',
      resolve: ({ action }) => BigInt(action.amount),
    }),
    points: t.expose('points', {
      type: 'Points',
      nullable: true,
      description:
        'Points that the action earns by itself, rounded down, so that several can earn a hundredth more together. Null where a cap of the rule is reached in this epoch: nobody can say then which action earned what.',
    }),
    state: t.expose('state', {
      type: HistoryStateEnum,
      description:
        'State of the entry of the history that the action is in: SETTLED once everything is minted that the actions under its rule earn in its epoch.',
    }),
    why: t.exposeString('why', {
      description:
        'Why it is in this state and what comes next, in English, for people who answer a member.',
    }),
    heldBack: t.expose('heldBack', {
      type: HeldBackEnum,
      nullable: true,
      description: 'What holds back its points; null while nothing does.',
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description: 'Time of the action, as the app reported it.',
      resolve: ({ action }) => action.occurredAtMs,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'Time at which the action was recorded, by the clock of the chain.',
      resolve: ({ action }) => action.recordedAtMs,
    }),
    maturesAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time from which the action counts, also when it was held or released; null when it counts at once.',
      resolve: ({ action, decisions }) => maturityOf(action, decisions),
    }),
    voidableUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time until which the action can be voided, held or released; null when it can not be, was voided or was released.',
      resolve: ({ action, decisions }) => {
        const maturesAtMs = maturityOf(action, decisions);
        return maturesAtMs === null || decisions.end !== null ? null : maturesAtMs - VOID_MARGIN_MS;
      },
    }),
    held: t.field({
      type: ReviewDecisionType,
      nullable: true,
      description: 'That the action was held for review; null when it was not.',
      resolve: ({ decisions }) => decisions.hold,
    }),
    released: t.field({
      type: ReviewDecisionType,
      nullable: true,
      description: 'That the action was released before its time; null when it was not.',
      resolve: ({ decisions }) => releaseIn(decisions),
    }),
    actor: t.string({
      nullable: true,
      description:
        'Person who granted the action by hand; null when the app reported it by itself.',
      resolve: ({ action }) => action.actor,
    }),
    reason: t.string({
      nullable: true,
      description: 'Reason for granting the action by hand; null when there is none.',
      resolve: ({ action }) => action.reason,
    }),
    evidenceHash: t.field({
      type: 'Hex',
      nullable: true,
      description: 'keccak256 of what shows that the action happened; null for none.',
      resolve: ({ action }) => action.evidenceHash,
    }),
    voidedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time at which the action was voided; null when it was not.',
      resolve: ({ decisions }) => voidIn(decisions)?.voidedAtMs ?? null,
    }),
    voidReason: t.string({
      nullable: true,
      description: 'Reason given for voiding the action; null when there is none.',
      resolve: ({ decisions }) => voidIn(decisions)?.reason ?? null,
    }),
    voidActor: t.string({
      nullable: true,
      description: 'Person who voided the action; null when the app did by itself.',
      resolve: ({ decisions }) => voidIn(decisions)?.actor ?? null,
    }),
    statement: t.field({
      type: StatementType,
      nullable: true,
      description:
        'Statement that the action is in; null for a moment after the first action of its epoch.',
      resolve: ({ program, statement, member, closesAtMs }) =>
        statement === null
          ? null
          : { program, statement, closesAtMs, externalId: member.externalId },
    }),
    settled: t.expose('settled', {
      type: ChainMomentType,
      nullable: true,
      description:
        'Transaction that last minted points for this epoch; null while nothing under the rule of the action is minted.',
    }),
  }),
});

const ActionEdge = builder.edgeObject({
  type: ActionType,
  name: 'ActionEdge',
  description: 'Action with its cursor.',
  authScopes: ONLY_READERS,
});
/** Shows pages of actions. */
export const ActionConnection = builder.connectionObject(
  {
    type: ActionType,
    name: 'ActionConnection',
    description:
      'Page of actions, newest first. A filter is looked for among 500 entries of the log at a time: a page may be short, or empty, while `hasNextPage` is true.',
    authScopes: ONLY_READERS,
  },
  ActionEdge,
);

const textOf = ({ epoch, loggedAtMs, id }: ActionPlace): string => `${epoch}.${loggedAtMs}.${id}`;

function openPlace(list: ListName, after: string | null | undefined): ActionPlace | null {
  const text = openCursor(list, after);
  if (text === null) return null;
  const match = /^(\d{1,10})\.(\d{1,15})\.([0-9a-f]{16})$/.exec(text);
  if (match === null) throw badCursor();
  return { epoch: Number(match[1]), loggedAtMs: Number(match[2]), id: match[3] ?? '' };
}

/**
 * Reads a page of actions.
 *
 * @throws UserError OUT_OF_RANGE, MALFORMED
 */
export async function actionPageOf(
  program: Program,
  { first, after }: PageArguments,
  list: ListName,
  selection: Partial<ActionFilter>,
  { memberActions }: Pick<GraphqlContext, 'memberActions'>,
): Promise<Page<ActionOfProgram>> {
  const filter = { member: null, epoch: null, ruleId: null, states: null, ...selection };
  const found = await memberActions.list(program, filter, {
    first: pageRows(first),
    after: openPlace(list, after),
    ...(filter.epoch !== null && { lookAt: ENTRY_LOOKS_AT }),
  });
  const edges = found.views.map((view) => ({
    cursor:
      view.place === null
        ? ''
        : sealCursor(list, textOf({ ...view.place, epoch: view.action.epoch })),
    node: { ...view, program },
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: found.hasNextPage,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      // Where the next page goes on, which may be after more than what is shown.
      endCursor: found.through === null ? null : sealCursor(list, textOf(found.through)),
    },
  };
}

/** The page of one action, which is named by its ids. */
export async function onlyAction(
  program: Program,
  list: ListName,
  ids: { readonly memberId: string; readonly eventId: string },
  { memberActions }: Pick<GraphqlContext, 'memberActions'>,
): Promise<Page<ActionOfProgram>> {
  const view = await memberActions.find(program, ids.memberId, ids.eventId);
  return toPage(list, view === null ? [] : [{ ...view, program }], () => 'only', false);
}

/** States that one value of the argument `state` stands for. */
export const statesOf = (state: HistoryState | null | undefined): readonly HistoryState[] | null =>
  state == null ? null : [state];

builder.queryField('action', (t) =>
  t.field({
    extensions: { cost: ACTION_COST },
    type: ActionType,
    nullable: true,
    description:
      "Returns an action by the app's own ids of its member and of itself, with what became of it and why; null when none was recorded.",
    authScopes: ONLY_READERS,
    args: {
      memberId: t.arg.string({ required: true, description: "The app's own id of the member." }),
      eventId: t.arg.string({ required: true, description: "The app's own id of the action." }),
    },
    resolve: async (_root, { memberId, eventId }, { memberActions, program }) => {
      const found = await memberActions.find(program, memberId, eventId);
      return found === null ? null : { ...found, program };
    },
  }),
);
