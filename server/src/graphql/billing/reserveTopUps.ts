import {
  TOP_UP_REASONS,
  TOP_UP_STATES,
  type TopUp,
  type TopUpReason,
  type TopUpState,
} from '../../domain/billing/topUp.ts';
import type { Program } from '../../domain/program.ts';
import { builder } from '../core/builder.ts';
import { moneyOf, type OfProgram } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { ProgramType } from '../programs/program.ts';
import { billingRows } from './billing.ts';

const READERS = { 'organisation:read': true } as const;
const DEFAULT_TOP_UPS = 20;
const MAX_TOP_UPS = 100;

const STATES: Readonly<Record<TopUpState, string>> = {
  STARTED: 'The page to pay on is open.',
  PAID: 'The card was charged; the money is not available yet.',
  CLEARED: 'The money is available; the tokens are sent next.',
  SENDING: 'The treasury sends the tokens. Once the transaction is queued, nothing stops them.',
  CREDITED: 'The transfer to the buyback is final; the reserve has the tokens within a minute.',
  CANCELLED: 'There was no payment, or another one than was asked for. Nothing is sent.',
  DISPUTED: 'The payment is disputed. Nothing is sent; of a credited one, `debt` is owed.',
  REFUNDED: 'Money went back to the card. Nothing is sent; of a credited one, `debt` is owed.',
  EXPIRED: 'The page closed without a payment.',
};
const REASONS: Readonly<Record<TopUpReason, string>> = {
  NOT_PAID: 'Nobody has paid yet.',
  NOT_CLEARED: 'The provider of payments does not have the money available yet.',
  DAILY_LIMIT: 'The limit of today (UTC) is used up; it goes on tomorrow.',
  TREASURY_EMPTY: 'The treasury has too few tokens; it goes on once it has more.',
  TREASURY_BUSY: 'Another top-up is being sent, or gas money is on its way.',
  CHAIN_AWAY: 'No node of the live chain answers.',
  TRANSFER_REFUSED: 'The settlement token refuses the transfer.',
  NOT_MINED: 'The transaction is not final yet.',
  DEBT: 'The organisation owes for another top-up.',
  OTHER_AMOUNT: 'Another amount was paid than was asked for; it is refunded by hand.',
  TRANSFER_UNSEEN:
    'The transaction is final, and the settlement token did not report that all of it arrived; a person has to look.',
  TREASURY_AHEAD:
    'The treasury has sent what the database does not know of, as after a restore; a person has to confirm that nothing is sent twice.',
  SENT_BEFORE:
    'The provider of payments has it noted as sent, and the database does not know of it, as after a restore; a person has to look.',
  NONCE_TAKEN:
    'Another transaction took the place of the one that sends it, and none of ours is found; a person has to look.',
  ABOVE_LIMIT:
    'It is more than a program may be topped up by in a day, as that was lowered after it was paid; a person has to look.',
  PAYMENTS_AWAY: 'The provider of payments does not answer.',
  TURNED_OFF: 'Who runs the service has turned top-ups off.',
};
const valuesOf = <Value extends string>(
  values: readonly Value[],
  texts: Readonly<Record<Value, string>>,
): Record<Value, { value: Value; description: string }> =>
  Object.fromEntries(
    values.map((value) => [value, { value, description: texts[value] }]),
  ) as Record<Value, { value: Value; description: string }>;

const StateEnum = builder.enumType('ReserveTopUpState', {
  description: 'How far a top-up is.',
  values: valuesOf(TOP_UP_STATES, STATES),
});
const ReasonEnum = builder.enumType('ReserveTopUpReason', {
  description: 'Why a top-up does not go on for now, or ended without a credit.',
  values: valuesOf(TOP_UP_REASONS, REASONS),
});

export const ReserveTopUpType = builder.objectRef<OfProgram<TopUp>>('ReserveTopUp').implement({
  description:
    'Money of a card that becomes reserve of a program once it has cleared. Source: a ledger of its own, and the provider of payments.',
  authScopes: READERS,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Id of the top-up, `top_` and more.' }),
    state: t.expose('state', { type: StateEnum, description: 'How far it is.' }),
    reason: t.expose('reason', {
      type: ReasonEnum,
      nullable: true,
      description: 'Why it does not go on, or why it ended; null where the state says all.',
    }),
    amount: t.field({
      type: 'Money',
      description: 'What the reserve gets.',
      resolve: ({ program, amount }) => moneyOf(program, amount),
    }),
    chargeMinorUnits: t.string({
      description: 'What the card pays, in hundredths of the currency, as a whole number.',
      resolve: ({ charge }) => String(charge),
    }),
    currency: t.string({
      description: 'Currency of the card by ISO 4217, such as EUR.',
      resolve: ({ currency }) => currency.toUpperCase(),
    }),
    startedAt: t.expose('startedAtMs', { type: 'DateTime', description: 'When it was begun.' }),
    countsFrom: t.expose('availableAtMs', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the provider of payments has the money available, from which on it can be credited; null before it says so.',
    }),
    creditedAt: t.expose('creditedAtMs', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was credited; null before.',
    }),
    debt: t.field({
      type: 'Money',
      description:
        'What the organisation owes of it, as the card has its money back, or asks for it, after the tokens were sent.',
      resolve: ({ program, debt }) => moneyOf(program, debt),
    }),
    transactionId: t.exposeString('transactionId', {
      nullable: true,
      description: 'Id of the newest transaction that sends it; null before there is one.',
    }),
  }),
});

/** Opens a field to people who read the program's organisation. */
const forReaders = ({ id }: Program, _args: unknown, context: GraphqlContext): boolean =>
  context.caller?.program?.id === id && context.may('organisation:read');

builder.objectField(ProgramType, 'reserveTopUps', (t) =>
  t.field({
    type: [ReserveTopUpType],
    authScopes: forReaders,
    extensions: { rows: DEFAULT_TOP_UPS, cost: 20 },
    description:
      "Newest top-ups of the reserve by card. For people of the program's organisation. Errors: OUT_OF_RANGE.",
    args: { first: t.arg.int({ description: 'Number of top-ups, 1 to 100; 20 when left out.' }) },
    resolve: async (program, { first }, { topUps }) => {
      const rows = billingRows('first', first, DEFAULT_TOP_UPS, MAX_TOP_UPS);
      return (await topUps.list(program, rows)).map((topUp) => ({ ...topUp, program }));
    },
  }),
);
