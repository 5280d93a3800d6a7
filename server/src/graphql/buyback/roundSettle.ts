import { settleRounds } from '../../services/buyback/settleRounds.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { RoundType } from './round.ts';
import { roundState } from '../mutations/states.ts';

contractMutation({
  name: 'roundSettle',
  kind: 'OPERATOR',
  description:
    'Settles all rounds that have closed and does nothing when there is none. A worker does so at each close, and any account may on chain.',
  errors: [],
  input: () => ({}),
  resolve: (context, request) => settleRounds(context, request),
  payload: (t) => ({
    round: t.field({
      type: RoundType,
      nullable: true,
      description:
        'Newest round that has opened; null before the first one opens and when there are userErrors.',
      resolve: ({ round }, _args, { program }) => (round ? { ...round, program } : null),
    }),
  }),
  state: roundState,
});
