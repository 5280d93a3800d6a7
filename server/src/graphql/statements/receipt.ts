import type { Receipt } from '../../services/statements/receipts.ts';
import { ANY_CALLER, builder } from '../core/builder.ts';

/** What signing takes, 2 ms, as `limits/queryCost.ts` counts: 40 of them and their fields fit into one query. */
export const RECEIPT_COST = 180;

/** Shows a signed statement. */
export const ReceiptType = builder.objectRef<Receipt>('Receipt').implement({
  description:
    'Statement of a member signed by the recorder. Any account can pass it to `settleSigned(account, epoch, lines, signer, signature)` of the Points contract until the settlement window closes; passing it twice mints once. Source: the action log, signed on request.',
  authScopes: ANY_CALLER,
  fields: (t) => ({
    chainId: t.expose('chainId', {
      type: 'UInt',
      description: 'Id of the chain of the Points contract.',
    }),
    points: t.expose('points', { type: 'Address', description: 'Address of the Points contract.' }),
    account: t.expose('account', {
      type: 'Address',
      description: 'Account that the points are minted to.',
    }),
    epoch: t.expose('epoch', { type: 'UInt', description: 'Epoch of the actions.' }),
    lines: t.expose('lines', {
      type: 'Hex',
      description:
        'Packed lines of 13 bytes each, rule ids ascending: rule id (1), count (4) and amount (8), big-endian.',
    }),
    pointsEarned: t.expose('pointsEarned', {
      type: 'Points',
      description:
        'Points that all lines earn together under the rules of their epoch, settled or not.',
    }),
    signer: t.expose('signer', {
      type: 'Address',
      description:
        'Recorder that signed. The receipt stays good after it is rotated, and is void once it is revoked.',
    }),
    signature: t.expose('signature', {
      type: 'Hex',
      description: 'EIP-712 signature of `Statement(address member,uint32 epoch,bytes lines)`.',
    }),
  }),
});
