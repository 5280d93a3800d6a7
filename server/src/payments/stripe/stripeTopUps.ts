/** Top-ups by card at Stripe: a payment of its own each, at no price of a product. */
import type { Stripe } from 'stripe';
import type { TopUpPayment } from '../../domain/billing/topUp.ts';
import type { Payments } from '../../ports/payments.ts';
import { ORGANISATION_FIELD, toCheckout } from './stripeViews.ts';

/** Names of the fields of Stripe's metadata: the top-up, its program, and what a person notes of its debt. */
const TOP_UP_FIELD = 'dewpoint_top_up';
const PROGRAM_FIELD = 'dewpoint_program';
const DEBT_FIELD = 'dewpoint_debt';
const SENT_FIELD = 'dewpoint_sent';

/** What else is noted settles nothing. */
const settledOf = (noted: string | undefined): bigint =>
  noted !== undefined && /^\d{1,15}$/.test(noted) ? BigInt(noted) : 0n;

/** A note that can not be read is as good as any: nothing is sent on it. */
const sentAttemptOf = (noted: string | undefined): number | null => {
  if (noted === undefined || noted === '') return null;
  return /^\d{1,9}$/.test(noted) ? Number(noted) : Number.MAX_SAFE_INTEGER;
};

const MS_PER_SECOND = 1_000;
const MAX_DISPUTES = 100;
/** Disputes after which the money is here: won, or never taken. */
const HARMLESS: ReadonlySet<string> = new Set(['won', 'warning_closed', 'prevented']);

/** What is there in full of something that was asked for with `expand`; null for its id alone, or nothing. */
const whole = <Thing extends object>(found: string | Thing | null | undefined): Thing | null =>
  typeof found === 'object' ? found : null;

const CHECKOUTS: Readonly<Record<string, TopUpPayment['checkout']>> = {
  open: 'OPEN',
  complete: 'COMPLETE',
  expired: 'EXPIRED',
};

function toPayment(session: Stripe.Checkout.Session): Omit<TopUpPayment, 'disputed'> {
  const payment = whole(session.payment_intent);
  const charge = whole(payment?.latest_charge);
  const balance = whole(charge?.balance_transaction);
  return {
    checkout: CHECKOUTS[session.status ?? 'open'] ?? 'OPEN',
    paymentId: payment?.id ?? null,
    isPaid: payment?.status === 'succeeded',
    isCanceled: payment?.status === 'canceled',
    received: BigInt(payment?.amount_received ?? 0),
    currency: payment?.currency ?? '',
    isAvailable: balance?.status === 'available',
    availableAtMs: balance === null ? null : balance.available_on * MS_PER_SECOND,
    refunded: BigInt(charge?.amount_refunded ?? 0),
    isDisputed: charge?.disputed === true,
    settled: settledOf(payment?.metadata[DEBT_FIELD]),
    sentAttempt: sentAttemptOf(payment?.metadata[SENT_FIELD]),
  };
}

/** Makes the calls about top-ups. @param typed Converts the errors of Stripe. */
export function createStripeTopUps(
  stripe: Stripe,
  typed: <Result>(call: () => Promise<Result>) => Promise<Result>,
): Pick<Payments, 'startTopUp' | 'topUpPayment' | 'noteTopUpSent' | 'disputedOf'> {
  return {
    startTopUp: (topUp, idempotencyKey) =>
      typed(async () => {
        const { id, organisationId, programId, customerId, charge, currency, title } = topUp;
        const metadata = {
          [TOP_UP_FIELD]: id,
          [PROGRAM_FIELD]: programId,
          [ORGANISATION_FIELD]: organisationId,
        };
        const price = {
          ...{ currency, unit_amount: Number(charge) },
          product_data: { name: title },
        };
        return toCheckout(
          await stripe.checkout.sessions.create(
            {
              mode: 'payment',
              customer: customerId,
              client_reference_id: id,
              // What is paid is what was asked for, in its currency.
              adaptive_pricing: { enabled: false },
              line_items: [{ price_data: price, quantity: 1 }],
              payment_intent_data: { metadata },
              metadata,
              success_url: topUp.successUrl,
              cancel_url: topUp.cancelUrl,
            },
            { idempotencyKey },
          ),
        );
      }),
    topUpPayment: (checkoutId) =>
      typed(async () =>
        toPayment(
          await stripe.checkout.sessions.retrieve(checkoutId, {
            expand: ['payment_intent.latest_charge.balance_transaction'],
          }),
        ),
      ),
    noteTopUpSent: (paymentId, attempt) =>
      typed(async () => {
        const metadata = { [SENT_FIELD]: String(attempt) };
        await stripe.paymentIntents.update(paymentId, { metadata });
      }),
    disputedOf: (paymentId) =>
      typed(async () => {
        const { data } = await stripe.disputes.list({
          ...{ payment_intent: paymentId, limit: MAX_DISPUTES },
        });
        if (data.length === 0) return null;
        const harmful = data.filter(({ status }) => !HARMLESS.has(status));
        return harmful.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
      }),
  };
}
