import type { Stripe } from 'stripe';
import type { PaymentEvent } from '../../ports/payments.ts';

const MS_PER_SECOND = 1_000;

/** What an event may be about, as far as it is read: the rest is asked of Stripe. */
interface About {
  readonly object?: unknown;
  readonly id?: unknown;
  readonly customer?: unknown;
  readonly payment_intent?: unknown;
}

/** Ids are keys of documents, and the longest of Stripe has 255 characters. */
const ID = /^[a-z0-9_]{1,255}$/i;
const idOrNull = (value: unknown): string | null =>
  typeof value === 'string' && ID.test(value) ? value : null;

/** The id of what is named, or of what is there in full. */
const idOf = (named: unknown): string | null =>
  typeof named === 'object' && named !== null && 'id' in named
    ? idOrNull(named.id)
    : idOrNull(named);

const customerOf = ({ object, id, customer }: About): string | null =>
  object === 'customer' ? idOrNull(id) : idOf(customer);

/** Of a payment itself, a charge, a refund, a dispute or a page to pay on. */
const paymentOf = ({ object, id, payment_intent: payment }: About): string | null =>
  object === 'payment_intent' ? idOrNull(id) : idOf(payment);

/**
 * Makes the reader of Stripe's messages: of snapshots, and of thin ones, which say what has happened and name no customer. Both
 * are signed over their bytes.
 *
 * @param secrets By any of which a message may be signed.
 */
export function createEventReader(
  stripe: Stripe,
  secrets: readonly string[],
): (body: Buffer, signature: string) => PaymentEvent | null {
  const readWith = (body: Buffer, signature: string, secret: string): PaymentEvent | null => {
    if (isThin(body)) {
      const { id, type, created } = stripe.parseEventNotification(body, signature, secret);
      return { id, type, createdAtMs: Date.parse(created), customerId: null, paymentId: null };
    }
    const { id, type, created, data } = stripe.webhooks.constructEvent(body, signature, secret);
    return {
      ...{ id, type, createdAtMs: created * MS_PER_SECOND },
      customerId: customerOf(data.object),
      paymentId: paymentOf(data.object),
    };
  };
  return (body, signature) => {
    for (const secret of secrets) {
      try {
        const event = readWith(body, signature, secret);
        if (event !== null && ID.test(event.id)) return event;
      } catch {
        // Signed by another secret, by nobody, too long ago, or no message: all of these are refused alike.
      }
    }
    return null;
  };
}

/** Which reader a message needs; what is not signed is never believed for it. */
function isThin(body: Buffer): boolean {
  const { object } = JSON.parse(body.toString('utf8')) as { object?: unknown };
  return object === 'v2.core.event';
}
