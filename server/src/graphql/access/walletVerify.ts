import { mutation } from '../mutations/mutation.ts';
import {
  namedProgram,
  NOTHING_OPENED,
  onceKeyInput,
  openedPayload,
  programIdInput,
} from './memberSession.ts';

/** A signature is checked, and a contract is asked for it. */
const VERIFY_COST = 500;

mutation({
  name: 'walletVerify',
  kind: null,
  scope: 'public',
  cost: VERIFY_COST,
  description:
    'Signs a member in by its own wallet: by a message of EIP-4361 with a nonce of `walletNonceCreate`, which an account or a contract (ERC-1271) has signed. Domain and URI must be those of an allowed origin of the program, the chain that of the program. The wallet must be the newest account of a member: `accountMove` links it. Safe to repeat with the same idempotencyKey.',
  errors: [
    ...(['BUSY', 'CHAIN_UNAVAILABLE', 'NOT_FOUND', 'MALFORMED'] as const),
    ...(['INVALID_SIGN_IN', 'INVALID_SIGNATURE', 'USED_OR_EXPIRED'] as const),
    'IDEMPOTENCY_KEY_REUSED',
  ],
  input: (t) => ({
    programId: programIdInput(t),
    message: t.string({ required: true, description: 'Text that was signed, to the letter.' }),
    signature: t.field({
      type: 'Hex',
      required: true,
      description: 'Signature of `personal_sign` over the text.',
    }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: openedPayload,
  empty: NOTHING_OPENED,
  resolve: async (context, { programId, ...signed }) => {
    const program = await namedProgram(context, programId);
    return { opened: await context.on(program).walletSignIn.verify(program, signed) };
  },
});
