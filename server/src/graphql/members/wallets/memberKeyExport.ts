import type { ExportedKey } from '../../../services/members/exportMemberKey.ts';
import { idempotencyKeyInput, mutation } from '../../mutations/mutation.ts';

mutation({
  name: 'memberKeyExport',
  kind: null,
  scope: 'member:self',
  isForMembers: true,
  isAudited: true,
  cost: 100,
  description:
    "Hands a member the private key of the account that the service signs for, encrypted to a key that the member's wallet made. Who holds it can act for the account, without the service and for ever; the service keeps its own copy and signs as before, so only a move to an own wallet (`accountMove`) ends that. For sessions of members alone, once in 24 hours for each member, and written to the organisation's audit log without the key. Safe to repeat with the same idempotencyKey.",
  errors: [
    ...(['BUSY', 'FORBIDDEN', 'QUOTA_USED_UP', 'NOT_FOUND', 'TOO_LONG', 'MALFORMED'] as const),
    'IDEMPOTENCY_KEY_REUSED',
  ],
  input: (t) => ({
    publicKey: t.string({
      required: true,
      description:
        'JSON text of a JWK: the public half of an ECDH pair of P-256, made for this call, of which the private half never leaves the wallet. At most 1,000 characters.',
    }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    account: t.field({
      type: 'Address',
      nullable: true,
      description: 'Account whose key it is; null when there are userErrors.',
      resolve: ({ exported }) => exported?.account ?? null,
    }),
    jwe: t.string({
      nullable: true,
      description:
        'The key, as a JWE in compact form (ECDH-ES, A256GCM) of the JSON `{program, chainId, account, privateKey}`; null when there are userErrors. The same text for each call with the same idempotencyKey.',
      resolve: ({ exported }) => exported?.jwe ?? null,
    }),
    exportedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time at which it was exported; the next export is possible 24 hours later. Null when there are userErrors.',
      resolve: ({ exported }) => exported?.exportedAtMs ?? null,
    }),
  }),
  empty: { exported: null as ExportedKey | null },
  resolve: async ({ memberKeyExport, memberIdOf, program }, input) => ({
    exported: await memberKeyExport.exportKey(program, memberIdOf(null), input),
  }),
  state: ({ memberKeyExport, memberIdOf, program }) =>
    memberKeyExport.stateOf(program, memberIdOf(null)),
});
