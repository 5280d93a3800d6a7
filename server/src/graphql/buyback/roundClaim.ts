import { claimShare } from '../../services/buyback/claimShare.ts';
import { builder } from '../core/builder.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { roundInput, sharePayload } from './buybackFields.ts';

const ClaimAsset = builder.enumType('ClaimAsset', {
  description: 'Part of a share to claim; each is claimed by itself.',
  values: {
    POINTS: { description: 'The points that were not bought.' },
    MONEY: {
      description:
        'The money for the points that were bought, paid to the account that tendered; `moneySend` has it paid to any other.',
    },
  } as const,
});

contractMutation({
  name: 'roundClaim',
  kind: 'MEMBER',
  description:
    'Claims the points that a round did not buy from a member, or the money for those it bought. A worker claims the points of gasless members, and any account may claim both on chain.',
  errors: ['NOT_FOUND', 'ROUND_NOT_SETTLED', 'NOTHING_TO_CLAIM'],
  input: (t) => ({
    round: roundInput(t),
    asset: t.field({
      type: ClaimAsset,
      required: true,
      description: 'Part of the share to claim.',
    }),
  }),
  resolve: (context, request, input) => claimShare(context, request, input),
  payload: sharePayload,
});
