import { claimShare } from '../../services/buyback/claimShare.ts';
import { builder } from '../core/builder.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { roundInput, sharePayload } from './buybackFields.ts';

const ClaimAsset = builder.enumType('ClaimAsset', {
  description: 'The two halves of a share. They are independent of each other.',
  values: {
    POINTS: { description: 'The points that were not bought.' },
    MONEY: { description: 'The money for the points that were bought.' },
  } as const,
});

contractMutation({
  name: 'roundClaim',
  kind: 'MEMBER',
  description:
    'Hands a member half of a share: the points that were not bought, or the money for those that were. On chain anybody may, and a worker does it for gasless members by itself.',
  errors: ['NOT_FOUND', 'ROUND_NOT_SETTLED', 'NOTHING_TO_CLAIM'],
  input: (t) => ({
    round: roundInput(t),
    asset: t.field({ type: ClaimAsset, required: true, description: 'Which half of the share.' }),
  }),
  resolve: (context, request, input) => claimShare(context, request, input),
  payload: sharePayload,
});
