import type { Receipt } from '../../services/statements/receipts.ts';
import { ANY_CALLER, builder } from '../core/builder.ts';

/** A signed statement, to keep. */
export const ReceiptType = builder.objectRef<Receipt>('Receipt').implement({
  description:
    'A statement that the recorder signed. Anybody may hand it to `settleSigned(account, epoch, lines, signature)` of the contract while its window is open; handing it in twice mints nothing more. Source: the action log, signed when asked for.',
  authScopes: ANY_CALLER,
  fields: (t) => ({
    chainId: t.expose('chainId', { type: 'UInt', description: 'Chain of the contract.' }),
    points: t.expose('points', { type: 'Address', description: 'The Points contract.' }),
    account: t.expose('account', { type: 'Address', description: 'Whom it mints for.' }),
    epoch: t.expose('epoch', { type: 'UInt', description: 'Epoch of the actions.' }),
    lines: t.expose('lines', {
      type: 'Hex',
      description:
        'Packed lines, 13 bytes each: rule id (1), count (4), amount (8), big-endian, ids ascending.',
    }),
    pointsEarned: t.expose('pointsEarned', {
      type: 'Points',
      description: 'What the lines earn in all by the rules of their epoch, settled or not.',
    }),
    recorder: t.expose('recorder', { type: 'Address', description: 'Whose signature it is.' }),
    signature: t.expose('signature', {
      type: 'Hex',
      description: 'EIP-712 signature of Statement(address member,uint32 epoch,bytes lines).',
    }),
  }),
});
