import type { TopUp } from '../../domain/billing/topUp.ts';
import { onceKeyInput } from '../access/memberSession.ts';
import type { OfProgram } from '../core/connection.ts';
import { mutation } from '../mutations/mutation.ts';
import { ReserveTopUpType } from './reserveTopUps.ts';

const PROVIDER_COST = 200;
const NOTHING = { url: null as string | null, topUp: null as OfProgram<TopUp> | null };

mutation({
  name: 'reserveTopUpStart',
  kind: null,
  scope: 'organisation:write',
  cost: PROVIDER_COST,
  description:
    'Opens the page of the provider of payments on which the reserve of the live program of the request is topped up by card. The reserve has the money once it has cleared, days later; a payment that is disputed or refunded after that is owed. Safe to repeat with the same idempotencyKey.',
  errors: [
    ...(['BUSY', 'PAYMENTS_UNAVAILABLE', 'TOP_UPS_OFF', 'TOP_UP_NOT_OFFERED'] as const),
    ...(['TOP_UPS_STOPPED', 'TOP_UP_LIMIT', 'MALFORMED', 'OUT_OF_RANGE'] as const),
    'IDEMPOTENCY_KEY_REUSED',
  ],
  input: (t) => ({
    amount: t.field({
      type: 'Money',
      required: true,
      description:
        'Settlement tokens for the reserve, at least 1 and with at most 2 decimals. The card pays as many units of its currency.',
    }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    url: t.string({
      nullable: true,
      description: 'Address of the page, good for 24 hours; null when there are userErrors.',
      resolve: ({ url }) => url,
    }),
    topUp: t.field({
      type: ReserveTopUpType,
      nullable: true,
      description: 'The top-up; null when there are userErrors.',
      resolve: ({ topUp }) => topUp,
    }),
  }),
  empty: NOTHING,
  resolve: async ({ program, topUps, once }, { amount, idempotencyKey }) => {
    const write = {
      ...{ owner: [program.organisationId, program.id], kind: 'reserveTopUpStart' },
      ...{ idempotencyKey, input: { amount } },
    };
    const { id, url } = await once.run(write, async (effectId) => {
      const begun = await topUps.start(program, amount, effectId);
      return { id: begun.topUp.id, url: begun.url };
    });
    return { url, topUp: { ...(await topUps.get(id)), program } };
  },
});
