import type { SigningRequest } from '../../ports/chain/submitter.ts';
import { builder } from '../core/builder.ts';

export const SigningRequestType = builder.objectRef<SigningRequest>('SigningRequest').implement({
  description:
    'Request that an own wallet signs in place of the service, and that the relayer then sends and pays for.',
  authScopes: { $any: { 'program:write': true, 'orders:write': true } },
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Id for `transactionSign`.' }),
    account: t.expose('account', {
      type: 'Address',
      description: 'Wallet that has to sign: the operator of the program.',
    }),
    json: t.string({
      description: 'JSON text to pass to `eth_signTypedData_v4` (EIP-712).',
      resolve: ({ typedData }) => JSON.stringify(typedData),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Time by which it has to be signed and sent, by the clock of the chain.',
      resolve: ({ expiresAtMs }) => expiresAtMs,
    }),
  }),
});
