import { turnOnTwoFactor } from '../../people/people.ts';
import type { ParallelCalls } from '../parallelCall.ts';

const NO_OTHER = 'There is no input beside the key.';

export const BILLING_CALLS: ParallelCalls = {
  billingCheckoutStart: async ({ owner, paid }) => {
    const { ask, organisationId } = await owner('buying');
    return {
      ...{ by: ask, input: {}, selection: 'url', other: NO_OTHER },
      effect: () => {
        const customers = paid.customersOf(organisationId);
        const sessions = [...paid.sessions.values()].filter(({ customer }) =>
          customers.includes(customer),
        );
        return Promise.resolve([customers.length, sessions.map(({ status }) => status)]);
      },
      after: [1, ['open']],
    };
  },
  billingPortalOpen: async ({ owner, paid, act }) => {
    const { ask, organisationId } = await owner('managing');
    await act(ask, 'billingCheckoutStart', {}, 'url');
    return {
      ...{ by: ask, input: {}, selection: 'url', other: NO_OTHER },
      effect: () => {
        const customers = paid.customersOf(organisationId);
        return Promise.resolve(paid.portals.filter((one) => customers.includes(one)).length);
      },
      after: 1,
    };
  },
  reserveTopUpStart: async ({ owner, paid, count, newLiveProgram }) => {
    const { browser, organisationId, askFor } = await owner('topping');
    await turnOnTwoFactor(browser);
    const program = await newLiveProgram(organisationId);
    return {
      ...{ by: askFor(program), input: { amount: '20.50' }, other: { amount: '20.51' } },
      selection: 'url topUp { id amount state }',
      effect: async () => {
        const pages = [...paid.sessions.values()].filter(
          ({ price }) => price?.metadata['dewpoint_organisation'] === organisationId,
        );
        const begun = await count('topUps', { organisationId });
        return [begun, pages.map(({ price }) => price?.amount)];
      },
      after: [1, [2_050]],
    };
  },
};
