import type { Address } from '@dewpoint/contracts/statement.ts';
import type { TypedDataToSign } from '../../ports/chain/contractCodec.ts';
import { moveAccount, moveAccountTypedData } from '../../services/members/moveAccount.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { builder } from '../core/builder.ts';

const TypedDataType = builder.objectRef<TypedDataToSign>('TypedData').implement({
  description: 'EIP-712 data for a wallet to sign.',
  authScopes: { 'members:write': true },
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
    authScopes: { 'members:write': true },
    args: {
      memberId: t.arg.string({
        description: "The app's own id of a member; left out with `ownWallet`.",
      }),
      ownWallet: t.arg({ type: 'Address', description: 'A wallet that moves to another one.' }),
      to: t.arg({ type: 'Address', required: true, description: TO }),
      deadline: t.arg({ type: 'DateTime', required: true, description: DEADLINE }),
    },
    extensions: { cost: 20 },
    resolve: (_root, { memberId, ownWallet, to, deadline }, context) =>
      moveAccountTypedData(
        context,
        {
          kind: 'accountMove',
          program: context.program,
          memberId: memberId ?? null,
          ownWallet: ownWallet ?? null,
          // Nothing is written: the key is none that could be repeated.
          idempotencyKey: 'typed data',
        },
        { to, deadlineMs: deadline },
      ),
  }),
);

contractMutation({
  name: 'accountMove',
  kind: 'MEMBER',
  description:
    'Moves the whole balance of a member to another account of the same member, which signed for it, and settles actions of later epochs to that account. Call it again for what is settled to the old account later.',
  errors: ['NOT_FOUND', 'MALFORMED', 'INVALID_MOVE', 'DEADLINE_PASSED'],
  input: (t) => ({
    to: t.field({ type: 'Address', required: true, description: TO }),
    deadline: t.field({ type: 'DateTime', required: true, description: DEADLINE }),
    signature: t.field({
      type: 'Hex',
      required: true,
      description: 'Of the new account, over accountMoveTypedData.',
    }),
  }),
  resolve: (context, request, { to, deadline, signature }) =>
    moveAccount(context, request, { to, deadlineMs: deadline, signature }),
  payload: (t) => ({
    from: t.field({
      type: 'Address',
      nullable: true,
      description: 'The account that was emptied; null with userErrors.',
      resolve: ({ from }) => from ?? null,
    }),
    to: t.field({
      type: 'Address',
      nullable: true,
      description: 'The account that received the balance; null with userErrors.',
      resolve: ({ to }) => to ?? null,
    }),
  }),
});
