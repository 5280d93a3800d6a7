import type { ErrorCode } from '../../domain/errors.ts';
import type { VoidInput, VoidResult } from '../../services/actions/voidActions.ts';
import { builder } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { itemField } from '../errors/inputPath.ts';
import { ErrorCodeEnum } from '../errors/userErrors.ts';
import { mutation } from '../mutations/mutation.ts';

const ONLY_WRITERS = { 'actions:write': true } as const;

const VoidInputType = builder.inputType('ActionVoidInput', {
  description: 'Names one recorded action that shall not count.',
  fields: (t) => ({
    memberId: t.string({ required: true, description: 'As given when it was recorded.' }),
    eventId: t.string({ required: true, description: 'As given when it was recorded.' }),
    reason: t.string({ description: 'Why, up to 500 characters; kept in the log.' }),
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
  description: 'What became of one request to void.',
  values: {
    VOIDED: { description: 'The action does not count.' },
    DUPLICATE: { description: 'It was void already. Nothing was added.' },
    REJECTED: { description: 'It still counts; `code`, `field` and `message` say why.' },
  } as const,
});

const VoidResultType = builder.objectRef<VoidResultShape>('ActionVoidResult').implement({
  description: 'What became of one request to void. Source: the action log.',
  authScopes: ONLY_WRITERS,
  fields: (t) => ({
    status: t.expose('status', { type: VoidStatus, description: 'What became of it.' }),
    memberId: t.exposeString('memberId', { description: 'As given.' }),
    eventId: t.exposeString('eventId', { description: 'As given.' }),
    code: t.expose('code', {
      type: ErrorCodeEnum,
      nullable: true,
      description: 'Why it was rejected; null otherwise.',
    }),
    field: t.exposeString('field', {
      nullable: true,
      description: 'Path in the input of what was wrong, such as `actions[3].eventId`.',
    }),
    message: t.exposeString('message', {
      nullable: true,
      description: 'What was wrong and what would be right; null when not rejected.',
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
  inputs: readonly VoidInput[],
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
  description:
    'Takes actions out of their statements before they mature, such as refunded purchases; accepted until 2 minutes before `maturesAt`. Safe to repeat.',
  errors: ['CHAIN_STALE', 'REQUIRED', 'LIMIT_EXCEEDED'],
  input: (t) => ({
    actions: t.field({
      type: [VoidInputType],
      required: true,
      description: '1 to 500 actions. Each is judged by itself.',
    }),
  }),
  payload: (t) => ({
    results: t.field({
      type: [VoidResultType],
      description: 'One for each action, in the order of the input; empty with userErrors.',
      resolve: ({ results }) => results,
    }),
  }),
  empty: { results: [] as readonly VoidResultShape[] },
  resolve: (context, { actions }) =>
    voidActions(
      actions.map(({ memberId, eventId, reason }) => ({
        memberId,
        eventId,
        reason: reason ?? null,
      })),
      context,
    ),
});
