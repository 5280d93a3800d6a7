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
};
