import { settleRounds } from '../../services/buyback/settleRounds.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { RoundType } from './round.ts';

contractMutation({
  name: 'roundSettle',
  kind: 'OPERATOR',
  description:
    'Computes the results of all rounds that have closed; does nothing when none is due. On chain anybody may, and a worker does it by itself.',
  errors: [],
  input: () => ({}),
  resolve: (context, request) => settleRounds(context, request),
  payload: (t) => ({
    round: t.field({
      type: RoundType,
      nullable: true,
      description: 'The newest round that has opened; null before the first and with userErrors.',
      resolve: ({ round }, _args, { program }) => (round ? { ...round, program } : null),
    }),
  }),
});
