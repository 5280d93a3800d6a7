import type { ActionInput, ActionWarning } from '../../domain/actions/actionRules.ts';
import { readAction, type UnreadAction } from '../../domain/actions/sentAction.ts';
import type { RecordResult } from '../../services/actions/recordActions.ts';
import { builder } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { itemField } from '../errors/inputPath.ts';
import { ErrorCodeEnum } from '../errors/userErrors.ts';
import { mutation } from '../mutations/mutation.ts';
import { grantedBy, personCalling } from './actor.ts';
import { RECEIPT_COST, ReceiptType } from '../statements/receipt.ts';

const ONLY_WRITERS = { 'actions:write': true } as const;

const ActionInputType = builder.inputType('ActionInput', {
  description: 'One action of a member, as the app reports it.',
  fields: (t) => ({
    memberId: t.field({
      type: 'SentText',
      description:
        "The app's own id of the member: required, 1 to 128 characters. The first action under an unknown id creates the member.",
    }),
    eventId: t.field({
      type: 'SentText',
      description:
        "The app's own id of the action: required, 1 to 128 characters, unique within the member. An action that is sent again counts once.",
    }),
    rule: t.field({
      type: 'SentText',
      description:
        'Name of the rule that the action falls under, from `program.ruleSets`: required.',
    }),
    count: t.field({
      type: 'SentNumber',
      defaultValue: 1,
      description: 'Number of equal actions that this one stands for, 1 to 100,000.',
    }),
    amount: t.field({
      type: 'SentNumber',
      defaultValue: 0,
      description:
        'Amount of the action, such as a price in cents, 0 to 10^15, also as a decimal string. Only rules with `perMillionUnits` use it.',
    }),
    occurredAt: t.field({
      type: 'SentTime',
      description:
        'Time of the action, which decides its epoch: required, at most 5 minutes in the future.',
    }),
    maturesAt: t.field({
      type: 'SentTime',
      description:
        'Time from which the action counts; until 2 minutes before it, the action can be voided. Left out, the action counts at once and can not be voided.',
    }),
    actor: t.field({
      type: 'SentText',
      description:
        'Name of the person who granted the action by hand, up to 128 characters. For a person who is signed in always their own.',
    }),
    reason: t.field({
      type: 'SentText',
      description:
        'Reason for granting the action by hand, up to 500 characters; required of a person who is signed in.',
    }),
    evidenceHash: t.field({
      type: 'SentText',
      description:
        'keccak256 of what shows that the action happened, such as an order or the text of a review: 0x and 64 hex digits. It is in the log that is anchored on chain, and the evidence stays with the app.',
    }),
  }),
});

/** One result in the shape of the schema: flat, so that 500 of them cost little. */
interface ActionResult {
  readonly status: RecordResult['status'];
  readonly memberId: string;
  readonly eventId: string;
  readonly epoch: number | null;
  readonly code: ActionRefusalCode | null;
  readonly field: string | null;
  readonly message: string | null;
  readonly warning: ActionWarning['code'] | null;
}
type ActionRefusalCode = Extract<RecordResult, { status: 'REJECTED' }>['refusal']['code'];

const RecordStatus = builder.enumType('ActionStatus', {
  description: 'Outcome of recording one action.',
  values: {
    RECORDED: { description: 'The action is in the log, stored on disk.' },
    DUPLICATE: { description: 'The same action was in the log already; nothing was added.' },
    VOIDED: {
      description:
        'The same action was in the log already and has been voided: it does not count, and sending it again does not change that.',
    },
    REJECTED: {
      description: 'The action is not in the log; `code`, `field` and `message` give the reason.',
    },
  } as const,
});

const WarningEnum = builder.enumType('ActionWarning', {
  description: 'What to know about an action that is in the log.',
  values: {
    RULE_NOT_IN_FORCE: {
      description:
        'The rule has lapsed, or is not in force yet, in the epoch of the action: it earns nothing.',
    },
  } as const,
});

const ActionResultType = builder.objectRef<ActionResult>('ActionResult').implement({
  description: 'Outcome of recording one action. Source: the action log.',
  authScopes: ONLY_WRITERS,
  fields: (t) => ({
    status: t.expose('status', { type: RecordStatus, description: 'Outcome of this action.' }),
    memberId: t.exposeString('memberId', {
      description: "The app's own id of the member, as given; empty when none was.",
    }),
    eventId: t.exposeString('eventId', {
      description: "The app's own id of the action, as given; empty when none was.",
    }),
    epoch: t.expose('epoch', {
      type: 'UInt',
      nullable: true,
      description: 'Epoch that the action counts in; null when it was rejected or is voided.',
    }),
    code: t.expose('code', {
      type: ErrorCodeEnum,
      nullable: true,
      description: 'Reason for the rejection; null when the action was not rejected.',
    }),
    field: t.exposeString('field', {
      nullable: true,
      description:
        'Path of the rejected value in the input, such as `actions[3].amount`; null when the action was not rejected.',
    }),
    message: t.exposeString('message', {
      nullable: true,
      description:
        'What was wrong and what would be right, in English, or what `warning` is about; null when all is well.',
    }),
    warning: t.expose('warning', {
      type: WarningEnum,
      nullable: true,
      description:
        'Reason for which the action is in the log and earns nothing; null when all is well and when it was rejected.',
    }),
    receipt: t.field({
      extensions: { cost: RECEIPT_COST },
      type: ReceiptType,
      nullable: true,
      description:
        'Signed statement of the member for this epoch with all matured actions; null when the action was rejected, is voided, or nothing has matured. At most 40 receipts a request, as signing one takes 2 ms. Errors: LIMIT_EXCEEDED.',
      resolve: (result, _args, context) =>
        result.epoch === null ? null : context.receiptFor(result.memberId, result.epoch),
    }),
  }),
});

const toResult = (result: RecordResult, index: number): ActionResult => {
  const { status, memberId, eventId } = result;
  if (result.status === 'REJECTED') {
    const { code, field, message } = result.refusal;
    const path = itemField(field, index);
    return { status, memberId, eventId, epoch: null, code, field: path, message, warning: null };
  }
  const epoch = status === 'VOIDED' ? null : result.epoch;
  const { code: warning = null, message = null } = result.warning ?? {};
  return { status, memberId, eventId, epoch, code: null, field: null, message, warning };
};

/** A repeat of a voided action is a repeat: nothing was added. */
const OUTCOMES = {
  RECORDED: 'recorded',
  DUPLICATE: 'duplicate',
  VOIDED: 'duplicate',
  REJECTED: 'rejected',
} as const;

async function record(
  actions: readonly (ActionInput | UnreadAction)[],
  { program, recordActions, metrics }: GraphqlContext,
): Promise<{ results: readonly ActionResult[] }> {
  const results = (await recordActions.record(program, actions)).map(toResult);
  const counts = { recorded: 0, duplicate: 0, rejected: 0 };
  for (const { status, code } of results) {
    counts[OUTCOMES[status]] += 1;
    if (code !== null) metrics.countRejected(code);
  }
  for (const outcome of ['recorded', 'duplicate', 'rejected'] as const) {
    metrics.countActions(outcome, counts[outcome]);
  }
  return { results };
}

mutation({
  name: 'actionsRecord',
  kind: null,
  scope: 'actions:write',
  cost: 0,
  // Each is judged and stored, whatever is asked of its result.
  rowCost: 6,
  description:
    'Records actions of members and answers once they are on disk. Safe to repeat: an action with the same eventId and content is answered as DUPLICATE.',
  errors: ['OVERLOADED', 'RECORDING_STOPPED', 'REQUIRED', 'LIMIT_EXCEEDED'],
  input: (t) => ({
    actions: t.field({
      type: [ActionInputType],
      required: { list: true, items: false },
      description:
        '1 to 500 actions. Each is checked by itself; a rejected one does not affect the others.',
    }),
  }),
  payload: (t) => ({
    results: t.field({
      type: [ActionResultType],
      description:
        'One result for each action, in the order of the input; empty when there are userErrors.',
      resolve: ({ results }) => results,
    }),
  }),
  empty: { results: [] as readonly ActionResult[] },
  resolve: (context, { actions }) =>
    record(
      actions.map((sent) => grantedBy(personCalling(context), readAction(sent ?? null))),
      context,
    ),
});
