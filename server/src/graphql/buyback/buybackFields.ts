/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- Pothos reads the types of fields from what is inferred here. */
import type { ReserveView, RoundView, ShareView } from '../../services/buyback/rounds.ts';
import type { InputFields, PayloadFields } from '../mutations/mutation.ts';
import { ReserveType, RoundType, ShareType } from './round.ts';

/** Names a round in an input. */
export const roundInput = (t: InputFields) =>
  t.field({ type: 'UInt', required: true, description: 'Number of the round.' });

/** Shows the round and the share of a member after a write. */
export const sharePayload = (
  t: PayloadFields<{ readonly round?: RoundView | null; readonly share?: ShareView | null }>,
) => ({
  round: t.field({
    type: RoundType,
    nullable: true,
    description: 'The round after the write; null with userErrors.',
    resolve: ({ round }, _args, { program }) => (round ? { ...round, program } : null),
  }),
  share: t.field({
    type: ShareType,
    nullable: true,
    description: 'What the account has in the round after the write; null for nothing.',
    resolve: ({ share }, _args, { program }) => (share ? { ...share, program } : null),
  }),
});

/** Shows the reserve after a write. */
export const reservePayload = (t: PayloadFields<{ readonly reserve?: ReserveView }>) => ({
  reserve: t.field({
    type: ReserveType,
    nullable: true,
    description: 'The reserve after the write; null with userErrors.',
    resolve: ({ reserve }, _args, { program }) => (reserve ? { ...reserve, program } : null),
  }),
});
