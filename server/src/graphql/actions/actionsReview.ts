import type { ErrorCode } from '../../domain/errors.ts';
import type { DecisionKind } from '../../domain/actions/reviewRules.ts';
import type { DecisionResult, SentDecision } from '../../services/actions/reviewActions.ts';
import { builder } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { itemField } from '../errors/inputPath.ts';
import { ErrorCodeEnum } from '../errors/userErrors.ts';
import { mutation } from '../mutations/mutation.ts';
import { personCalling } from './actor.ts';

const ONLY_WRITERS = { 'actions:write': true } as const;

const ActionReviewInputType = builder.inputType('ActionReviewInput', {
  description: 'One recorded action to void, hold or release.',
  fields: (t) => ({
    memberId: t.field({
      type: 'SentText',
      description:
        "The app's own id of the member, as given when the action was recorded: required.",
    }),
    eventId: t.field({
      type: 'SentText',
      description: "The app's own id of the action, as given when it was recorded: required.",
    }),
    reason: t.field({
      type: 'SentText',
      description: 'Reason for it, up to 500 characters; kept in the log.',
    }),
  }),
});

/** What was decided, as the API names it. */
const STATUS = { void: 'VOIDED', hold: 'HELD', release: 'RELEASED' } as const;

interface ReviewResultShape {
  readonly status: (typeof STATUS)[DecisionKind] | 'DUPLICATE' | 'REJECTED';
  readonly memberId: string;
  readonly eventId: string;
  readonly code: ErrorCode | null;
  readonly field: string | null;
  readonly message: string | null;
}

const ActionReviewStatus = builder.enumType('ActionReviewStatus', {
  description: 'Outcome of voiding, holding or releasing one action.',
  values: {
    VOIDED: { description: 'The action is void and does not count.' },
    HELD: {
      description: 'The action counts as late as its epoch can still be settled: see `maturesAt`.',
    },
    RELEASED: { description: 'The action counts in 2 minutes.' },
    DUPLICATE: {
      description:
        'The same was decided before, or the action is held as long as it can be anyway; nothing was added.',
    },
    REJECTED: {
      description: 'Nothing changed; `code`, `field` and `message` give the reason.',
    },
  } as const,
});

const ActionReviewResultType = builder
  .objectRef<ReviewResultShape>('ActionReviewResult')
  .implement({
    description: 'Outcome of voiding, holding or releasing one action. Source: the action log.',
    authScopes: ONLY_WRITERS,
    fields: (t) => ({
      status: t.expose('status', {
        type: ActionReviewStatus,
        description: 'Outcome of this request.',
      }),
      memberId: t.exposeString('memberId', {
        description: "The app's own id of the member, as given; empty when none was.",
      }),
      eventId: t.exposeString('eventId', {
        description: "The app's own id of the action, as given; empty when none was.",
      }),
      code: t.expose('code', {
        type: ErrorCodeEnum,
        nullable: true,
        description: 'Reason for the rejection; null when the request was not rejected.',
      }),
      field: t.exposeString('field', {
        nullable: true,
        description:
          'Path of the rejected value in the input, such as `actions[3].eventId`; null when the request was not rejected.',
      }),
      message: t.exposeString('message', {
        nullable: true,
        description:
          'What was wrong and what would be right, in English; null when the request was not rejected.',
      }),
    }),
  });

const shapeOf =
  (kind: DecisionKind) =>
  (result: DecisionResult, index: number): ReviewResultShape => {
    const { memberId, eventId } = result;
    if (result.status !== 'REJECTED') {
      const status = result.status === 'DECIDED' ? STATUS[kind] : result.status;
      return { status, memberId, eventId, code: null, field: null, message: null };
    }
    const { code, field, message } = result.refusal;
    return {
      ...{ status: 'REJECTED', memberId, eventId },
      ...{ code, field: itemField(field, index), message },
    };
  };

async function review(
  kind: DecisionKind,
  inputs: readonly SentDecision[],
  context: GraphqlContext,
): Promise<{ results: readonly ReviewResultShape[] }> {
  const { program, reviewActions, metrics } = context;
  const by = { kind, actor: personCalling(context) };
  const results = (await reviewActions.decide(program, by, inputs)).map(shapeOf(kind));
  if (kind === 'void')
    metrics.countActions('voided', results.filter(({ status }) => status === 'VOIDED').length);
  return { results };
}

/** Declares the mutation of one decision. */
function reviewMutation(kind: DecisionKind, name: string, description: string): void {
  mutation({
    name,
    kind: null,
    scope: 'actions:write',
    cost: 0,
    // Each is judged and stored, whatever is asked of its result.
    rowCost: 6,
    description,
    errors: ['CHAIN_STALE', 'REQUIRED', 'LIMIT_EXCEEDED'],
    input: (t) => ({
      actions: t.field({
        type: [ActionReviewInputType],
        required: { list: true, items: false },
        description:
          '1 to 500 actions. Each is checked by itself; a rejected one does not affect the others.',
      }),
    }),
    payload: (t) => ({
      results: t.field({
        type: [ActionReviewResultType],
        description:
          'One result for each action, in the order of the input; empty when there are userErrors.',
        resolve: ({ results }) => results,
      }),
    }),
    empty: { results: [] as readonly ReviewResultShape[] },
    resolve: (context, { actions }) =>
      review(
        kind,
        actions.map((sent) => sent ?? null),
        context,
      ),
  });
}

reviewMutation(
  'void',
  'actionsVoid',
  'Voids actions that have not matured, such as refunded purchases, until 2 minutes before their `maturesAt`. Safe to repeat.',
);
reviewMutation(
  'hold',
  'actionsHold',
  'Holds actions that have not matured for review: each counts as late as its epoch can still be settled, unless it is released or voided before. Safe to repeat.',
);
reviewMutation(
  'release',
  'actionsRelease',
  'Releases actions that have not matured, so that they count in 2 minutes. Safe to repeat.',
);
