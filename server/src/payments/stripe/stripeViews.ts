/** Objects of Stripe as the ports have them. */
import type { Stripe } from 'stripe';
import type { Subscription, SubscriptionState } from '../../domain/billing/subscription.ts';
import type { Invoice, OpenCheckout, PaymentCustomer } from '../../ports/payments.ts';

const MS_PER_SECOND = 1_000;
const toMs = (seconds: number): number => seconds * MS_PER_SECOND;

/** Name of the field of Stripe's metadata that has the organisation. */
export const ORGANISATION_FIELD = 'dewpoint_organisation';

const STATES: Readonly<Record<string, SubscriptionState>> = {
  incomplete: 'INCOMPLETE',
  incomplete_expired: 'CANCELED',
  trialing: 'TRIALING',
  active: 'ACTIVE',
  past_due: 'PAST_DUE',
  unpaid: 'UNPAID',
  paused: 'PAUSED',
  canceled: 'CANCELED',
};

/** A state that this version does not know counts as one that is not paid: it is seen, and recording goes on for two weeks. */
export function toSubscription(found: Stripe.Subscription): Subscription {
  const items = found.items.data;
  const starts = items.map((item) => item.current_period_start);
  const ends = items.map((item) => item.current_period_end);
  return {
    id: found.id,
    state: STATES[found.status] ?? 'UNPAID',
    startedAtMs: toMs(found.start_date),
    periodStartMs: toMs(starts.length === 0 ? found.start_date : Math.max(...starts)),
    periodEndMs: toMs(ends.length === 0 ? found.start_date : Math.min(...ends)),
    cancelsAtMs: found.cancel_at === null ? null : toMs(found.cancel_at),
  };
}

const INVOICE_STATES: Readonly<Record<string, Invoice['state']>> = {
  draft: 'DRAFT',
  open: 'OPEN',
  paid: 'PAID',
  uncollectible: 'UNCOLLECTIBLE',
  void: 'VOID',
};

export function toInvoice(found: Stripe.Invoice): Invoice {
  return {
    id: found.id ?? '',
    number: found.number,
    state: INVOICE_STATES[found.status ?? 'draft'] ?? 'DRAFT',
    totalMinorUnits: BigInt(found.total),
    currency: found.currency.toUpperCase(),
    createdAtMs: toMs(found.created),
    url: found.hosted_invoice_url ?? null,
    pdfUrl: found.invoice_pdf ?? null,
  };
}

export const toCustomer = ({ id, metadata }: Stripe.Customer): PaymentCustomer => ({
  id,
  organisationId: metadata[ORGANISATION_FIELD] ?? null,
});

/** @throws Error for one without a page, which Stripe does not make as it is asked here */
export function toCheckout({ id, url, created }: Stripe.Checkout.Session): OpenCheckout {
  if (url === null) throw new Error(`Checkout ${id} has no page.`);
  return { id, url, createdAtMs: toMs(created) };
}
