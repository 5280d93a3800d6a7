import type { WrittenChange, WrittenObjection } from '../../services/terms/changeWrites.ts';
import type { ChangeView, ObjectionView } from '../../services/terms/changes.ts';
import {
  WRITE_ERRORS,
  writeFields,
  idempotencyKeyField,
  memberWriteFields,
  memberInputFields,
  NOTHING_DONE,
  ONLY_MEMBERS,
  ONLY_OPERATORS,
  whoIs,
  type WritePayload,
  type MemberWritePayload,
} from '../transactions/transaction.ts';
import { builder } from '../core/builder.ts';
import { ChangeType, ObjectionType } from './change.ts';
import type { OfProgram } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { withUserErrors } from '../errors/userErrors.ts';

const CHANGE = 'Number of the change.';

const ChangeActInput = builder.inputType('ChangeActInput', {
  description: 'Which change.',
  fields: (t) => ({
    change: t.field({ type: 'UInt', required: true, description: CHANGE }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

interface ChangePayload extends WritePayload {
  readonly change: OfProgram<ChangeView> | null;
}

const ChangeActPayload = builder.objectRef<ChangePayload>('ChangeActPayload').implement({
  description: 'The change after the act.',
  authScopes: ONLY_OPERATORS,
  fields: (t) => ({
    ...writeFields(t),
    change: t.expose('change', {
      type: ChangeType,
      nullable: true,
      description: 'The change as it is read by now; null with userErrors.',
    }),
  }),
});

const changed = (
  { program }: GraphqlContext,
  acting: () => Promise<WrittenChange>,
): ReturnType<typeof withUserErrors<Omit<ChangePayload, 'userErrors'>>> =>
  withUserErrors<Omit<ChangePayload, 'userErrors'>>(
    { transaction: null, change: null },
    async () => {
      const { change, ...acted } = await acting();
      return { ...acted, change: change && { ...change, program } };
    },
  );

builder.mutationField('changeEnact', (t) =>
  t.field({
    type: ChangeActPayload,
    description: `Puts a change in force whose notice, and last round where one is owed, is over. On chain anybody may; a worker does it by itself when it is due. ${WRITE_ERRORS}, NOT_FOUND, NOT_PENDING, NOTICE_RUNS, LAST_ROUND_OWED, OUTDATED.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: ChangeActInput, required: true }) },
    resolve: (_root, { input }, context) =>
      changed(context, () => context.changeWrites.enact(context.program, input)),
  }),
);

builder.mutationField('changeWithdraw', (t) =>
  t.field({
    type: ChangeActPayload,
    description: `Takes a pending change back with the operator's key. No hurtful change may follow for one notice period. ${WRITE_ERRORS}, NOT_FOUND, NOT_PENDING, NOT_OPERATOR.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: ChangeActInput, required: true }) },
    resolve: (_root, { input }, context) =>
      changed(context, () => context.changeWrites.withdraw(context.program, input)),
  }),
);

const ChangeObjectInput = builder.inputType('ChangeObjectInput', {
  description: 'Who objects to what, and with how much.',
  fields: (t) => ({
    ...memberInputFields(t),
    change: t.field({ type: 'UInt', required: true, description: CHANGE }),
    amount: t.field({
      type: 'Points',
      required: true,
      description: 'Points to lock until the end of the notice, on top of what is locked.',
    }),
  }),
});

const ObjectionReleaseInput = builder.inputType('ObjectionReleaseInput', {
  description: 'Whose points, locked against what, go back.',
  fields: (t) => ({
    ...memberInputFields(t),
    change: t.field({ type: 'UInt', required: true, description: CHANGE }),
  }),
});

interface ObjectionPayload extends MemberWritePayload {
  readonly change: OfProgram<ChangeView> | null;
  readonly objection: OfProgram<ObjectionView> | null;
}

const ObjectionActPayload = builder.objectRef<ObjectionPayload>('ObjectionActPayload').implement({
  description: 'The objection after the act.',
  authScopes: ONLY_MEMBERS,
  fields: (t) => ({
    ...memberWriteFields(t),
    change: t.expose('change', {
      type: ChangeType,
      nullable: true,
      description: 'The change as it is read by now; null with userErrors.',
    }),
    objection: t.expose('objection', {
      type: ObjectionType,
      nullable: true,
      description: 'What the account has locked, as it is read by now; null for nothing.',
    }),
  }),
});

const noObjection = { ...NOTHING_DONE, change: null, objection: null } as const;

const objected = async (
  { program }: GraphqlContext,
  acting: Promise<WrittenObjection>,
): Promise<Omit<ObjectionPayload, 'userErrors'>> => {
  const { change, objection, transaction, call } = await acting;
  return {
    transaction,
    call,
    change: change && { ...change, program },
    objection: objection && { ...objection, program },
  };
};

builder.mutationField('changeObject', (t) =>
  t.field({
    type: ObjectionActPayload,
    description: `Locks points of a member against a change while its notice runs; enough of them strike it down. ${WRITE_ERRORS}, NOT_FOUND, NOT_PENDING, NOTICE_OVER, INSUFFICIENT_POINTS, OUT_OF_RANGE.`,
    authScopes: ONLY_MEMBERS,
    args: { input: t.arg({ type: ChangeObjectInput, required: true }) },
    resolve: (_root, { input }, context) =>
      withUserErrors<Omit<ObjectionPayload, 'userErrors'>>(noObjection, () =>
        objected(
          context,
          context.changeWrites.object(context.program, { ...input, ...whoIs(input) }),
        ),
      ),
  }),
);

builder.mutationField('objectionRelease', (t) =>
  t.field({
    type: ObjectionActPayload,
    description: `Gives points back that were locked against a change, from the end of its notice on. On chain anybody may. ${WRITE_ERRORS}, NOT_FOUND, NOTICE_RUNS, NOTHING_TO_RELEASE.`,
    authScopes: ONLY_MEMBERS,
    args: { input: t.arg({ type: ObjectionReleaseInput, required: true }) },
    resolve: (_root, { input }, context) =>
      withUserErrors<Omit<ObjectionPayload, 'userErrors'>>(noObjection, () =>
        objected(
          context,
          context.changeWrites.release(context.program, { ...input, ...whoIs(input) }),
        ),
      ),
  }),
);
