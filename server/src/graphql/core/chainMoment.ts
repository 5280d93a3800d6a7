import type { ChainMoment } from '../../domain/events.ts';
import { builder, PUBLIC } from './builder.ts';

/** When and where something happened. */
export const ChainMomentType = builder.objectRef<ChainMoment>('ChainMoment').implement({
  description: 'When and where on chain something happened.',
  authScopes: PUBLIC,
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      description: 'Time of the block.',
      resolve: ({ atMs }) => atMs,
    }),
    blockNumber: t.expose('blockNumber', { type: 'UInt', description: 'Block.' }),
    transactionHash: t.expose('transactionHash', { type: 'Hex', description: 'Transaction.' }),
  }),
});
