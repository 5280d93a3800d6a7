import type { ErrorCode } from '../../domain/errors.ts';
import type { SentVoid, VoidResult } from '../../services/actions/voidActions.ts';
import { builder } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { itemField } from '../errors/inputPath.ts';
import { ErrorCodeEnum } from '../errors/userErrors.ts';
import { mutation } from '../mutations/mutation.ts';

const ONLY_WRITERS = { 'actions:write': true } as const;

const VoidInputType = builder.inputType('ActionVoidInput', {
  description: 'One recorded action to void.',
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
      description: 'Reason for voiding the action, up to 500 characters; kept in the log.',
    }),
  }),
});

interface VoidResultShape {
  readonly status: VoidResult['status'];
  readonly memberId: string;
  readonly eventId: string;
  readonly code: ErrorCode | null;
  readonly field: string | null;
  readonly message: string | null;
}

const VoidStatus = builder.enumType('ActionVoidStatus', {
  description: 'Outcome of voiding one action.',
  values: {
    VOIDED: { description: 'The action is void and does not count.' },
    DUPLICATE: { description: 'The action was void already; nothing was added.' },
    REJECTED: {
      description: 'The action is not voided; `code`, `field` and `message` give the reason.',
    },
  } as const,
});

const VoidResultType = builder.objectRef<VoidResultShape>('ActionVoidResult').implement({
  description: 'Outcome of voiding one action. Source: the action log.',
  authScopes: ONLY_WRITERS,
  fields: (t) => ({
    status: t.expose('status', { type: VoidStatus, description: 'Outcome of this request.' }),
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

const toShape = (result: VoidResult, index: number): VoidResultShape => {
  const { status, memberId, eventId } = result;
  if (result.status !== 'REJECTED') {
    return { status, memberId, eventId, code: null, field: null, message: null };
  }
  const { code, field, message } = result.refusal;
  return { status, memberId, eventId, code, field: itemField(field, index), message };
};

async function voidActions(
  inputs: readonly SentVoid[],
  { program, voidActions, metrics }: GraphqlContext,
): Promise<{ results: readonly VoidResultShape[] }> {
  const results = (await voidActions.void(program, inputs)).map(toShape);
  metrics.countActions('voided', results.filter(({ status }) => status === 'VOIDED').length);
  return { results };
}

mutation({
  name: 'actionsVoid',
  kind: null,
  scope: 'actions:write',
  cost: 0,
  // Each is judged and stored, whatever is asked of its result.
  rowCost: 6,
  description:
    'Voids actions that have not matured, such as refunded purchases, until 2 minutes before their `maturesAt`. Safe to repeat.',
  errors: ['CHAIN_STALE', 'REQUIRED', 'LIMIT_EXCEEDED'],
  input: (t) => ({
    actions: t.field({
      type: [VoidInputType],
      required: { list: true, items: false },
      description:
        '1 to 500 actions. Each is checked by itself; a rejected one does not affect the others.',
    }),
  }),
  payload: (t) => ({
    results: t.field({
      type: [VoidResultType],
      description:
        'One result for each action, in the order of the input; empty when there are userErrors.',
      resolve: ({ results }) => results,
    }),
  }),
  empty: { results: [] as readonly VoidResultShape[] },
  resolve: (context, { actions }) =>
    voidActions(
      actions.map((sent) => sent ?? null),
      context,
    ),
});
