import type { Address } from '@dewpoint/contracts/statement.ts';
import type { TypedDataToSign } from '../../ports/chain/programCalls.ts';
import {
  WRITE_ERRORS,
  memberWriteFields,
  memberInputFields,
  NOTHING_DONE,
  ONLY_MEMBERS,
  whoIs,
  type MemberWritePayload,
} from '../transactions/transaction.ts';
import { builder } from '../core/builder.ts';
import { withUserErrors } from '../errors/userErrors.ts';

const TypedDataType = builder.objectRef<TypedDataToSign>('TypedData').implement({
  description: 'EIP-712 data for a wallet to sign.',
  authScopes: ONLY_MEMBERS,
  fields: (t) => ({
    json: t.string({
      description: 'As text of JSON, as `eth_signTypedData_v4` takes it.',
      resolve: (data) => JSON.stringify(data),
    }),
    from: t.field({
      type: 'Address',
      description: 'The account that would be emptied.',
      resolve: ({ message }) => message['from'] as Address,
    }),
    to: t.field({
      type: 'Address',
      description: 'The account that has to sign.',
      resolve: ({ message }) => message['to'] as Address,
    }),
  }),
});

const TO = 'The new account.';
const DEADLINE =
  'The signature is void from then on: at most 7 days ahead, cut to whole seconds; the same in both calls.';

builder.queryField('accountMoveTypedData', (t) =>
  t.field({
    type: TypedDataType,
    description:
      'What the new account signs, so that everything of the old one can move to it by accountMove. Errors: NOT_FOUND, REQUIRED, MALFORMED, OUT_OF_RANGE.',
    authScopes: ONLY_MEMBERS,
    args: {
      memberId: t.arg.string({
        description: "The app's own id of a member; left out with `ownWallet`.",
      }),
      ownWallet: t.arg({ type: 'Address', description: 'A wallet that moves to another one.' }),
      to: t.arg({ type: 'Address', required: true, description: TO }),
      deadline: t.arg({ type: 'DateTime', required: true, description: DEADLINE }),
    },
    resolve: (_root, { memberId, ownWallet, to, deadline }, { moveAccount, program }) =>
      moveAccount.toSign(program, {
        memberId: memberId ?? null,
        ownWallet: ownWallet ?? null,
        to,
        deadlineMs: deadline,
      }),
  }),
);

const AccountMoveInput = builder.inputType('AccountMoveInput', {
  description: 'Who moves where, with the word of the new account.',
  fields: (t) => ({
    ...memberInputFields(t),
    to: t.field({ type: 'Address', required: true, description: TO }),
    deadline: t.field({ type: 'DateTime', required: true, description: DEADLINE }),
    signature: t.field({
      type: 'Hex',
      required: true,
      description: 'Of the new account, over accountMoveTypedData.',
    }),
  }),
});

interface Payload extends MemberWritePayload {
  readonly from: Address | null;
  readonly to: Address | null;
}

const AccountMovePayload = builder.objectRef<Payload>('AccountMovePayload').implement({
  description: 'The move.',
  authScopes: ONLY_MEMBERS,
  fields: (t) => ({
    ...memberWriteFields(t),
    from: t.expose('from', {
      type: 'Address',
      nullable: true,
      description: 'The account that was emptied; null with userErrors.',
    }),
    to: t.expose('to', {
      type: 'Address',
      nullable: true,
      description: 'The account that has it all now; null with userErrors.',
    }),
  }),
});

builder.mutationField('accountMove', (t) =>
  t.field({
    type: AccountMovePayload,
    description: `Moves the whole balance of a member to another account of the same member, which signed for it: how a gasless member goes over to an own wallet. Actions of later epochs are settled to the new account. Again for what is settled later. ${WRITE_ERRORS}, NOT_FOUND, MALFORMED, INVALID_MOVE, DEADLINE_PASSED.`,
    authScopes: ONLY_MEMBERS,
    args: { input: t.arg({ type: AccountMoveInput, required: true }) },
    resolve: (_root, { input }, { moveAccount, program }) =>
      withUserErrors<Omit<Payload, 'userErrors'>>({ ...NOTHING_DONE, from: null, to: null }, () =>
        moveAccount.move(program, {
          ...whoIs(input),
          to: input.to,
          deadlineMs: input.deadline,
          signature: input.signature,
        }),
      ),
  }),
);
