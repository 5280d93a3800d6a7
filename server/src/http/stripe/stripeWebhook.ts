import { raw, Router } from 'express';
import type { PaymentEvents } from '../../services/billing/paymentEvents.ts';
import { sendError } from '../core/httpErrors.ts';

/** Of the largest messages of the provider, several times. */
const MAX_EVENT_BYTES = 500_000;

/**
 * Creates the route that payments report to. It answers once a message is kept: what it says is worked off by a worker. The body is
 * read as bytes, as the signature is over them.
 *
 * @param events Null while payments are off.
 */
export function createStripeWebhook(events: Pick<PaymentEvents, 'receive'> | null): Router {
  const router = Router();
  router.post(
    '/',
    raw({ type: () => true, limit: MAX_EVENT_BYTES, inflate: false }),
    async (request, response) => {
      if (events === null) {
        sendError(response, {
          code: 'NOT_FOUND',
          message: 'The service takes no payments, and so no messages about them.',
        });
        return;
      }
      const body: unknown = request.body;
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      await events.receive(bytes, request.get('stripe-signature') ?? '');
      response.json({ received: true });
    },
  );
  return router;
}
