import type { Address } from '@dewpoint/contracts/statement.ts';
import type { TypedDataToSign } from '../../../ports/chain/contractCodec.ts';
import { moveAccount, moveAccountTypedData } from '../../../services/members/moveAccount.ts';
import { contractMutation, holderOf } from '../../mutations/contractMutation.ts';
import { builder } from '../../core/builder.ts';

const TypedDataType = builder.objectRef<TypedDataToSign>('TypedData').implement({
  description: 'EIP-712 data for a wallet to sign before `accountMove`.',
  authScopes: { $any: { 'members:write': true, 'member:self': true } },
  fields: (t) => ({
    json: t.string({
      description: 'JSON text to pass to `eth_signTypedData_v4`.',
      resolve: (data) => JSON.stringify(data),
    }),
    from: t.field({
      type: 'Address',
      description: 'Old account, whose balance would move.',
      resolve: ({ message }) => message['from'] as Address,
    }),
    to: t.field({
      type: 'Address',
      description: 'New account, which has to sign the data.',
      resolve: ({ message }) => message['to'] as Address,
    }),
  }),
});

const TO = 'New account, which receives the balance.';
const DEADLINE =
  'Time at which the signature expires, at most 7 days ahead, cut to whole seconds. It must be the same in `accountMoveTypedData` and `accountMove`.';

builder.queryField('accountMoveTypedData', (t) =>
  t.field({
    type: TypedDataType,
    description:
      'Returns the data that a new account signs to receive the balance of the old one by `accountMove`. Errors: NOT_FOUND, REQUIRED, MALFORMED, OUT_OF_RANGE.',
    authScopes: { $any: { 'members:write': true, 'member:self': true } },
    args: {
      memberId: t.arg.string({
        description:
          "The app's own id of the member; left out with `ownWallet`, and in a session of the member.",
      }),
      ownWallet: t.arg({
        type: 'Address',
        description:
          'Wallet whose balance moves, in place of `memberId`. In a session of a member, a wallet that this member moved to.',
      }),
      to: t.arg({ type: 'Address', required: true, description: TO }),
      deadline: t.arg({ type: 'DateTime', required: true, description: DEADLINE }),
    },
    extensions: { cost: 20 },
    resolve: async (_root, { memberId, ownWallet, to, deadline }, context) =>
      moveAccountTypedData(
        context,
        {
          kind: 'accountMove',
          program: context.program,
          ...(await holderOf(context, { memberId, ownWallet })),
          // Nothing is written, so the key is never used.
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
    'Moves the whole balance of a member to a new account, which signed for it, and settles later epochs to that account. Call it again when points are settled to the old account afterwards.',
  errors: ['NOT_FOUND', 'MALFORMED', 'INVALID_MOVE', 'DEADLINE_PASSED'],
  input: (t) => ({
    to: t.field({ type: 'Address', required: true, description: TO }),
    deadline: t.field({ type: 'DateTime', required: true, description: DEADLINE }),
    signature: t.field({
      type: 'Hex',
      required: true,
      description: 'Signature of the new account over the data of `accountMoveTypedData`.',
    }),
  }),
  resolve: (context, request, { to, deadline, signature }) =>
    moveAccount(context, request, { to, deadlineMs: deadline, signature }),
  payload: (t) => ({
    from: t.field({
      type: 'Address',
      nullable: true,
      description: 'Old account, whose balance moves; null when there are userErrors.',
      resolve: ({ from }) => from ?? null,
    }),
    to: t.field({
      type: 'Address',
      nullable: true,
      description: 'New account, which receives the balance; null when there are userErrors.',
      resolve: ({ to }) => to ?? null,
    }),
  }),
});
