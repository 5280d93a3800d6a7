import { builder } from '../core/builder.ts';

/** Names what holds back points that were handed to the contract. */
export const HeldBackEnum = builder.enumType('HeldBack', {
  description: 'What keeps the contract from minting points that were handed to it.',
  values: {
    BUDGET: {
      description:
        'The budget of the epoch is used up; the rest is minted in a later epoch while the settlement window is open.',
    },
    BACKING: {
      description:
        'The money in the reserve that is not owed does not back more points of this program; more of it lets them be minted.',
    },
  } as const,
});
