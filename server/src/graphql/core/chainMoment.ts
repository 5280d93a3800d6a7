import type { ChainMoment } from '../../domain/events.ts';
import { builder, PUBLIC } from './builder.ts';

/** Shows the block and the transaction of an event. */
export const ChainMomentType = builder.objectRef<ChainMoment>('ChainMoment').implement({
  description: 'Block and transaction of an event on chain.',
  authScopes: PUBLIC,
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      description: 'Time of the block.',
      resolve: ({ atMs }) => atMs,
    }),
    blockNumber: t.expose('blockNumber', { type: 'UInt', description: 'Number of the block.' }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Hash of the transaction.',
    }),
  }),
});
