/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- Pothos reads the types of fields from what is inferred here. */
import type { ReserveView, RoundView, ShareView } from '../../services/buyback/rounds.ts';
import type { InputFields, PayloadFields } from '../mutations/mutation.ts';
import { ReserveType, RoundType, ShareType } from './round.ts';

/** Makes the input field that names a round. */
export const roundInput = (t: InputFields) =>
  t.field({ type: 'UInt', required: true, description: 'Number of the buyback round, from 0.' });

/** Makes the payload fields for the round and the member's share after a write. */
export const sharePayload = (
  t: PayloadFields<{ readonly round?: RoundView | null; readonly share?: ShareView | null }>,
) => ({
  round: t.field({
    type: RoundType,
    nullable: true,
    description: 'The round after the write; null when there are userErrors.',
    resolve: ({ round }, _args, { program }) => (round ? { ...round, program } : null),
  }),
  share: t.field({
    type: ShareType,
    nullable: true,
    description: 'Share of the account in the round after the write; null when it has none.',
    resolve: ({ share }, _args, { program }) => (share ? { ...share, program } : null),
  }),
});

/** Makes the payload field for the reserve after a write. */
export const reservePayload = (t: PayloadFields<{ readonly reserve?: ReserveView }>) => ({
  reserve: t.field({
    type: ReserveType,
    nullable: true,
    description: 'The reserve after the write; null when there are userErrors.',
    resolve: ({ reserve }, _args, { program }) => (reserve ? { ...reserve, program } : null),
  }),
});
