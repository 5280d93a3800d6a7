import type { ActionInput } from '../../domain/actions/actionRules.ts';
import type { RecordResult } from '../../services/actions/recordActions.ts';
import { builder } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { itemField } from '../errors/inputPath.ts';
import { ErrorCodeEnum } from '../errors/userErrors.ts';
import { mutation } from '../mutations/mutation.ts';
import { ReceiptType } from '../statements/receipt.ts';

const ONLY_WRITERS = { 'actions:write': true } as const;

const ActionInputType = builder.inputType('ActionInput', {
  description: 'One thing that a member did.',
  fields: (t) => ({
    memberId: t.string({
      required: true,
      description:
        "The app's own id of the member, 1 to 128 printable ASCII characters. A member is created by the first action.",
    }),
    eventId: t.string({
      required: true,
      description:
        "The app's own id of the action, 1 to 128 printable ASCII characters, unique for the member: repeating a call never counts twice.",
    }),
    rule: t.string({ required: true, description: 'Name of a rule of the program.' }),
    count: t.int({
      required: true,
      defaultValue: 1,
      description: 'How many such actions at once, 1 to 100,000.',
    }),
    amount: t.field({
      type: 'Amount',
      required: true,
      defaultValue: 0,
      description: 'Amount of the action for rules that count it, 0 to 10^15.',
    }),
    occurredAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'When it happened; this decides its epoch. At most 5 minutes in the future.',
    }),
    maturesAt: t.field({
      type: 'DateTime',
      description: 'It counts from then on and can be voided before; left out: at once, for good.',
    }),
    actor: t.string({ description: 'Who granted it by hand, up to 128 characters.' }),
    reason: t.string({ description: 'Why it was granted by hand, up to 500 characters.' }),
  }),
});

/** One result, in the shape that GraphQL shows: flat, so that 500 of them cost little. */
interface ActionResult {
  readonly status: RecordResult['status'];
  readonly memberId: string;
  readonly eventId: string;
  readonly epoch: number | null;
  readonly code: ActionRefusalCode | null;
  readonly field: string | null;
  readonly message: string | null;
}
type ActionRefusalCode = Extract<RecordResult, { status: 'REJECTED' }>['refusal']['code'];

const RecordStatus = builder.enumType('ActionStatus', {
  description: 'What became of one action.',
  values: {
    RECORDED: { description: 'It is in the log, stored on disk.' },
    DUPLICATE: { description: 'The same action was in the log already. Nothing was added.' },
    REJECTED: { description: 'It is not in the log; `code`, `field` and `message` say why.' },
  } as const,
});

const ActionResultType = builder.objectRef<ActionResult>('ActionResult').implement({
  description: 'What became of one action. Source: the action log.',
  authScopes: ONLY_WRITERS,
  fields: (t) => ({
    status: t.expose('status', { type: RecordStatus, description: 'What became of it.' }),
    memberId: t.exposeString('memberId', { description: 'As given.' }),
    eventId: t.exposeString('eventId', { description: 'As given.' }),
    epoch: t.expose('epoch', {
      type: 'UInt',
      nullable: true,
      description: 'Epoch that it counts in; null when rejected.',
    }),
    code: t.expose('code', {
      type: ErrorCodeEnum,
      nullable: true,
      description: 'Why it was rejected; null otherwise.',
    }),
    field: t.exposeString('field', {
      nullable: true,
      description: 'Path in the input of what was wrong, such as `actions[3].amount`.',
    }),
    message: t.exposeString('message', {
      nullable: true,
      description: 'What was wrong and what would be right; null when not rejected.',
    }),
    receipt: t.field({
      extensions: { cost: 20 },
      type: ReceiptType,
      nullable: true,
      description:
        'The signed statement of the member for this epoch, all matured actions included; null when rejected or when nothing has matured. Signing takes 2 ms, so ask for at most 100 a call. Errors: LIMIT_EXCEEDED.',
      resolve: (result, _args, context) =>
        result.epoch === null ? null : context.receiptFor(result.memberId, result.epoch),
    }),
  }),
});

const toResult = (result: RecordResult, index: number): ActionResult => {
  const { status, memberId, eventId } = result;
  if (result.status !== 'REJECTED') {
    const { epoch } = result;
    return { status, memberId, eventId, epoch, code: null, field: null, message: null };
  }
  const { code, field, message } = result.refusal;
  return { status, memberId, eventId, epoch: null, code, field: itemField(field, index), message };
};

const OUTCOMES = { RECORDED: 'recorded', DUPLICATE: 'duplicate', REJECTED: 'rejected' } as const;

const toActionInput = (action: (typeof ActionInputType)['$inferInput']): ActionInput => ({
  memberId: action.memberId,
  eventId: action.eventId,
  rule: action.rule,
  count: action.count,
  amount: action.amount,
  occurredAtMs: action.occurredAt,
  maturesAtMs: action.maturesAt ?? null,
  actor: action.actor ?? null,
  reason: action.reason ?? null,
});

async function record(
  actions: readonly ActionInput[],
  { program, recordActions, metrics }: GraphqlContext,
): Promise<{ results: readonly ActionResult[] }> {
  const results = (await recordActions.record(program, actions)).map(toResult);
  const counts = { RECORDED: 0, DUPLICATE: 0, REJECTED: 0 };
  for (const { status } of results) counts[status] += 1;
  for (const status of ['RECORDED', 'DUPLICATE', 'REJECTED'] as const) {
    metrics.countActions(OUTCOMES[status], counts[status]);
  }
  return { results };
}

mutation({
  name: 'actionsRecord',
  kind: null,
  scope: 'actions:write',
  cost: 0,
  description:
    'Records what members did, and answers after the log is on disk. Safe to repeat: an action with the same eventId and body is a DUPLICATE.',
  errors: ['OVERLOADED', 'REQUIRED', 'LIMIT_EXCEEDED'],
  input: (t) => ({
    actions: t.field({
      type: [ActionInputType],
      required: true,
      description:
        '1 to 500 actions. Each is judged by itself: one that is refused never fails the rest.',
    }),
  }),
  payload: (t) => ({
    results: t.field({
      type: [ActionResultType],
      description: 'One for each action, in the order of the input; empty with userErrors.',
      resolve: ({ results }) => results,
    }),
  }),
  empty: { results: [] as readonly ActionResult[] },
  resolve: (context, { actions }) => record(actions.map(toActionInput), context),
});
