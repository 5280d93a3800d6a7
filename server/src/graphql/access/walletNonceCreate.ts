import type { WalletNonce } from '../../services/access/walletSignIn.ts';
import { mutation } from '../mutations/mutation.ts';
import { namedProgram, programIdInput } from './memberSession.ts';

mutation({
  name: 'walletNonceCreate',
  kind: null,
  scope: 'public',
  cost: 20,
  description:
    'Makes a nonce for a message by which an own wallet signs in (EIP-4361), good once and for 10 minutes. Nothing is stored, so it takes no idempotencyKey.',
  errors: ['NOT_FOUND'],
  input: (t) => ({ programId: programIdInput(t) }),
  payload: (t) => ({
    nonce: t.string({
      nullable: true,
      description: 'Nonce for the message; null when there are userErrors.',
      resolve: ({ made }) => made?.nonce ?? null,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time from which the nonce is void; null when there are userErrors.',
      resolve: ({ made }) => made?.expiresAtMs ?? null,
    }),
  }),
  empty: { made: null as WalletNonce | null },
  resolve: async (context, { programId }) => {
    const program = await namedProgram(context, programId);
    return { made: context.walletSignIn.newNonce(program) };
  },
});
