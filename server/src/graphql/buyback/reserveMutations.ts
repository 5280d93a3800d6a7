import type { WrittenReserve } from '../../services/buyback/reserveWrites.ts';
import type { ReserveView } from '../../services/buyback/rounds.ts';
import {
  WRITE_ERRORS,
  writeFields,
  idempotencyKeyField,
  ONLY_OPERATORS,
  type WritePayload,
} from '../transactions/transaction.ts';
import { builder } from '../core/builder.ts';
import { ReserveType } from './round.ts';
import type { OfProgram } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { withUserErrors } from '../errors/userErrors.ts';

const ReserveDepositInput = builder.inputType('ReserveDepositInput', {
  description: 'How much money to put into the reserve.',
  fields: (t) => ({
    amount: t.field({ type: 'Money', required: true, description: 'More than 0.' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const ReserveWithdrawInput = builder.inputType('ReserveWithdrawInput', {
  description: 'How much money to take out of the reserve, and for whom.',
  fields: (t) => ({
    amount: t.field({
      type: 'Money',
      required: true,
      description: 'More than 0, at most what may be withdrawn.',
    }),
    to: t.field({ type: 'Address', required: true, description: 'Who gets it.' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

interface Payload extends WritePayload {
  readonly reserve: OfProgram<ReserveView> | null;
}

const ReserveActPayload = builder.objectRef<Payload>('ReserveActPayload').implement({
  description: 'The reserve after the act.',
  authScopes: ONLY_OPERATORS,
  fields: (t) => ({
    ...writeFields(t),
    reserve: t.expose('reserve', {
      type: ReserveType,
      nullable: true,
      description: 'The reserve as it is read by now; null with userErrors.',
    }),
  }),
});

const acted = (
  { program }: GraphqlContext,
  acting: () => Promise<WrittenReserve>,
): ReturnType<typeof withUserErrors<Omit<Payload, 'userErrors'>>> =>
  withUserErrors<Omit<Payload, 'userErrors'>>({ transaction: null, reserve: null }, async () => {
    const { transaction, reserve } = await acting();
    return { transaction, reserve: { ...reserve, program } };
  });

builder.mutationField('reserveDeposit', (t) =>
  t.field({
    type: ReserveActPayload,
    description: `Puts money of the operator's account into the reserve: an approval, and once that is mined, the deposit. ${WRITE_ERRORS}, MALFORMED, OUT_OF_RANGE, INSUFFICIENT_MONEY, UNEXPECTED_TRANSFER.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: ReserveDepositInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () => context.reserveWrites.deposit(context.program, input)),
  }),
);

builder.mutationField('reserveWithdraw', (t) =>
  t.field({
    type: ReserveActPayload,
    description: `Takes money out of the reserve that is neither owed nor the budget of the open or the next round. ${WRITE_ERRORS}, MALFORMED, OUT_OF_RANGE, EXCEEDS_WITHDRAWABLE, NOT_OPERATOR.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: ReserveWithdrawInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () => context.reserveWrites.withdraw(context.program, input)),
  }),
);
