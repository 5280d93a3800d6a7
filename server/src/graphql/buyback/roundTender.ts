import { tenderPoints } from '../../services/buyback/tenderPoints.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { roundInput, sharePayload } from './buybackFields.ts';

contractMutation({
  name: 'roundTender',
  kind: 'MEMBER',
  description:
    'Tenders points of a member in the open round; when settled points are not enough, earned ones are settled at once.',
  errors: [
    'NOT_FOUND',
    'ROUND_NOT_OPEN',
    'BELOW_MIN_TENDER',
    'INSUFFICIENT_POINTS',
    'OUT_OF_RANGE',
  ],
  input: (t) => ({
    round: roundInput(t),
    amount: t.field({
      type: 'Points',
      required: true,
      description: 'Points to tender, in addition to those that the account has in the round.',
    }),
  }),
  resolve: (context, request, input) => tenderPoints(context, request, input),
  payload: sharePayload,
});
