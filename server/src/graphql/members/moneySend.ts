import type { Address } from '@dewpoint/contracts/statement.ts';
import type { InputFieldMap } from '@pothos/core';
import { nameForm } from '../../domain/names.ts';
import { FailedWrite } from '../../services/transactions/failedWrite.ts';
import { SEND_MONEY, type SentMoney } from '../../services/buyback/sendMoney.ts';
import { mutation } from '../mutations/mutation.ts';
import { TransactionType } from '../transactions/transaction.ts';
import { MemberMoneyType } from './money.ts';

/** One a round that owes, of which a member has few, and one for its account. */
const SHOWN_TRANSACTIONS = 5;

interface SendInput {
  readonly memberId?: string | null;
  readonly to: Address;
  readonly idempotencyKey: string;
}

mutation<InputFieldMap, Partial<SentMoney>>({
  name: 'moneySend',
  kind: 'MEMBER',
  scope: 'members:write',
  isForMembers: true,
  // A simulation, a transaction and a wait, for each of several rounds.
  cost: 2_000,
  description:
    "Sends all money of a member to an account of the member's: what rounds owe straight out of the buyback contract, and what lies in the account that the service signs for. It takes a transaction for each round that owes, and up to three for the account; repeat the same request while it answers BUSY. Safe to repeat with the same idempotencyKey.",
  errors: [
    ...(['BUSY', 'QUOTA_USED_UP', 'CHAIN_UNAVAILABLE'] as const),
    ...(['IDEMPOTENCY_KEY_REUSED', 'REFUSED_BY_CONTRACT', 'NOT_FOUND', 'MALFORMED'] as const),
    ...(['INVALID_RECIPIENT', 'NOTHING_TO_SEND', 'UNEXPECTED_TRANSFER'] as const),
  ],
  input: (t) => ({
    memberId: t.string({
      description:
        "The app's own id of a member whose account the service signs and pays for; left out in a session of the member.",
    }),
    to: t.field({
      type: 'Address',
      required: true,
      description: 'Account that gets the money, such as one of an exchange.',
    }),
    idempotencyKey: t.string({
      required: true,
      description:
        'Key chosen by the caller, 1 to 128 characters. For at least 24 hours, the same key with the same input goes on with what it began and does nothing twice, and with another input is refused.',
    }),
  }),
  payload: (t) => ({
    transactions: t.field({
      extensions: { rows: SHOWN_TRANSACTIONS },
      type: [TransactionType],
      description:
        'Transactions of the request so far, oldest first; empty when there are userErrors.',
      resolve: ({ transactions }) => [...(transactions ?? [])],
    }),
    transaction: t.field({
      type: TransactionType,
      nullable: true,
      description: 'Newest of `transactions`; null when there is none.',
      resolve: ({ transactions }) => transactions?.at(-1) ?? null,
    }),
    money: t.field({
      type: MemberMoneyType,
      nullable: true,
      description: 'Money that the member has left; null when there are userErrors.',
      resolve: ({ money }, _args, { program }) => (money ? { ...money, program } : null),
    }),
  }),
  empty: (error) => (error instanceof FailedWrite ? { transactions: [error.transaction] } : {}),
  resolve: (context, given) => {
    const { to, idempotencyKey, ...named } = given as unknown as SendInput;
    const memberId = context.memberIdOf(named.memberId);
    const { program } = context;
    const key = nameForm(idempotencyKey);
    return context.sendMoney({ kind: SEND_MONEY, program, idempotencyKey: key, memberId }, { to });
  },
});
