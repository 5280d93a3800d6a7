import { onceKeyInput } from '../access/memberSession.ts';
import { mutation } from '../mutations/mutation.ts';

const PROVIDER_COST = 200;
const NO_PAGE = { url: null as string | null };

mutation({
  name: 'billingCheckoutStart',
  kind: null,
  scope: 'organisation:write',
  cost: PROVIDER_COST,
  description:
    'Opens the page of the provider of payments on which the plan of the organisation is bought; pages of earlier calls end. Safe to repeat with the same idempotencyKey.',
  errors: [
    ...(['BUSY', 'PAYMENTS_UNAVAILABLE', 'PAYMENTS_OFF'] as const),
    ...(['ALREADY_SUBSCRIBED', 'IDEMPOTENCY_KEY_REUSED'] as const),
  ],
  input: (t) => ({ idempotencyKey: onceKeyInput(t) }),
  payload: (t) => ({
    url: t.string({
      nullable: true,
      description: 'Address of the page, good for 24 hours; null when there are userErrors.',
      resolve: ({ url }) => url,
    }),
  }),
  empty: NO_PAGE,
  resolve: async ({ organisationId, billing, once }, { idempotencyKey }) => {
    const write = {
      ...{ owner: [organisationId], kind: 'billingCheckoutStart' },
      ...{ idempotencyKey, input: {} },
    };
    return once.run(write, async (effectId) => ({
      url: await billing.startCheckout(organisationId, effectId),
    }));
  },
});

mutation({
  name: 'billingPortalOpen',
  kind: null,
  scope: 'organisation:write',
  cost: PROVIDER_COST,
  description:
    'Opens the page of the provider of payments on which cards, the plan and bills are managed. Safe to repeat with the same idempotencyKey.',
  errors: [
    ...(['BUSY', 'PAYMENTS_UNAVAILABLE', 'PAYMENTS_OFF'] as const),
    ...(['NOT_SUBSCRIBED', 'IDEMPOTENCY_KEY_REUSED'] as const),
  ],
  input: (t) => ({ idempotencyKey: onceKeyInput(t) }),
  payload: (t) => ({
    url: t.string({
      nullable: true,
      description: 'Address of the page, good for a few minutes; null when there are userErrors.',
      resolve: ({ url }) => url,
    }),
  }),
  empty: NO_PAGE,
  resolve: async ({ organisationId, billing, once }, { idempotencyKey }) => {
    const write = {
      ...{ owner: [organisationId], kind: 'billingPortalOpen' },
      ...{ idempotencyKey, input: {} },
    };
    return once.run(write, async (effectId) => ({
      url: await billing.openPortal(organisationId, effectId),
    }));
  },
});
