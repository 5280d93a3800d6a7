import { Stripe } from 'stripe';
import { METER_REFUSED_EVENT, type MeterRefusal, type Payments } from '../../ports/payments.ts';
import { createEventReader } from './readEvent.ts';
import { createStripeTopUps } from './stripeTopUps.ts';
import { isCounted, isMissing, toPaymentsError } from './stripeErrors.ts';
import {
  ORGANISATION_FIELD,
  toCheckout,
  toCustomer,
  toInvoice,
  toSubscription,
} from './stripeViews.ts';

/** What is sold, and how Stripe is reached. */
export interface StripeSettings {
  readonly secretKey: string;
  readonly webhookSecrets: readonly string[];
  readonly pricePlan: string;
  readonly priceActions: string;
  readonly meter: string;
  /** Origin of a stand-in; null for Stripe itself. */
  readonly apiBase: string | null;
  /** Left out, {@link TIMEOUT_MS}. */
  readonly timeoutMs?: number;
}

/** Stripe answers most calls within a second. */
const TIMEOUT_MS = 10_000;
const MS_PER_SECOND = 1_000;
/** A customer has one plan; more are there only when people made them by hand. */
const MAX_SUBSCRIPTIONS = 100;
const MAX_OPEN_CHECKOUTS = 100;

const toSeconds = (ms: number): number => Math.floor(ms / MS_PER_SECOND);

const hostOf = (apiBase: string | null): Partial<ConstructorParameters<typeof Stripe>[1]> => {
  if (apiBase === null) return {};
  const { hostname, port } = new URL(apiBase);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80), protocol: 'http' };
};

/** How the meter wants its events: as it was set up at Stripe. */
interface MeterForm {
  readonly eventName: string;
  readonly customerField: string;
  readonly valueField: string;
}

/** Reaches Stripe. The package repeats nothing by itself: what is repeated, and under which key, is for the services to say. */
export function createStripePayments(settings: StripeSettings): Payments {
  const stripe = new Stripe(settings.secretKey, {
    ...hostOf(settings.apiBase),
    timeout: settings.timeoutMs ?? TIMEOUT_MS,
    maxNetworkRetries: 0,
    telemetry: false,
  });
  const typed = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    try {
      return await call();
    } catch (error) {
      throw toPaymentsError(error);
    }
  };
  let meterForm: Promise<MeterForm> | null = null;
  const readMeter = async (): Promise<MeterForm> => {
    const meter = await stripe.billing.meters.retrieve(settings.meter);
    return {
      eventName: meter.event_name,
      customerField: meter.customer_mapping.event_payload_key,
      valueField: meter.value_settings.event_payload_key,
    };
  };
  const form = (): Promise<MeterForm> => {
    meterForm ??= readMeter().catch((error: unknown) => {
      meterForm = null;
      throw error;
    });
    return meterForm;
  };

  return {
    createCustomer: ({ organisationId, name }, idempotencyKey) =>
      typed(async () => {
        const customer = { name, metadata: { [ORGANISATION_FIELD]: organisationId } };
        return toCustomer(await stripe.customers.create(customer, { idempotencyKey }));
      }),
    findCustomer: (customerId) =>
      typed(async () => {
        try {
          const found = await stripe.customers.retrieve(customerId);
          return found.deleted === true ? null : toCustomer(found);
        } catch (error) {
          if (isMissing(error)) return null;
          throw error;
        }
      }),
    startCheckout: ({ customerId, organisationId, successUrl, cancelUrl }, idempotencyKey) =>
      typed(async () =>
        toCheckout(
          await stripe.checkout.sessions.create(
            {
              mode: 'subscription',
              customer: customerId,
              client_reference_id: organisationId,
              line_items: [
                { price: settings.pricePlan, quantity: 1 },
                { price: settings.priceActions },
              ],
              subscription_data: { metadata: { [ORGANISATION_FIELD]: organisationId } },
              success_url: successUrl,
              cancel_url: cancelUrl,
            },
            { idempotencyKey },
          ),
        ),
      ),
    endOlderCheckouts: (customer, opened) =>
      typed(async () => {
        const status = 'open' as const;
        const { data } = await stripe.checkout.sessions.list({
          ...{ customer, status, limit: MAX_OPEN_CHECKOUTS },
        });
        const isOlder = ({ id, created }: Stripe.Checkout.Session): boolean => {
          const createdAtMs = created * MS_PER_SECOND;
          if (id === opened.id) return false;
          return (
            createdAtMs < opened.createdAtMs ||
            (createdAtMs === opened.createdAtMs && id < opened.id)
          );
        };
        // Those of top-ups stay: each is another payment.
        for (const { id } of data.filter((one) => one.mode === 'subscription' && isOlder(one))) {
          try {
            await stripe.checkout.sessions.expire(id);
          } catch (error) {
            // Completed, or ended by another process, in the meantime.
            if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
          }
        }
      }),
    ...createStripeTopUps(stripe, typed),
    openPortal: ({ customerId, returnUrl }, idempotencyKey) =>
      typed(async () => {
        const portal = { customer: customerId, return_url: returnUrl };
        const { url } = await stripe.billingPortal.sessions.create(portal, { idempotencyKey });
        return url;
      }),
    subscriptions: (customer) =>
      typed(async () => {
        const status = 'all' as const;
        try {
          const { data } = await stripe.subscriptions.list({
            ...{ customer, status, limit: MAX_SUBSCRIPTIONS },
          });
          return data.map(toSubscription);
        } catch (error) {
          if (isMissing(error)) return [];
          throw error;
        }
      }),
    invoices: (customer, limit) =>
      typed(async () => {
        const { data } = await stripe.invoices.list({ customer, limit });
        return data.map(toInvoice);
      }),
    sendUsage: ({ customerId, count, identifier, atMs }) =>
      typed(async () => {
        const { eventName, customerField, valueField } = await form();
        try {
          await stripe.billing.meterEvents.create({
            event_name: eventName,
            payload: { [customerField]: customerId, [valueField]: String(count) },
            identifier,
            timestamp: toSeconds(atMs),
          });
        } catch (error) {
          if (!isCounted(error)) throw error;
        }
      }),
    usageWithin: (customer, fromMs, beforeMs) =>
      typed(async () => {
        const { data } = await stripe.billing.meters.listEventSummaries(settings.meter, {
          customer,
          start_time: toSeconds(fromMs),
          end_time: toSeconds(beforeMs),
        });
        return data.reduce((sum, { aggregated_value: value }) => sum + BigInt(value), 0n);
      }),
    meterRefusals: (eventId) =>
      typed(async () => {
        const event = await stripe.v2.core.events.retrieve(eventId);
        if (event.type !== METER_REFUSED_EVENT) return [];
        return event.data.reason.error_types.flatMap(({ code, sample_errors: samples }) =>
          samples.map(({ request }): MeterRefusal => ({ identifier: request.identifier, code })),
        );
      }),
    readEvent: createEventReader(stripe, settings.webhookSecrets),
  };
}
