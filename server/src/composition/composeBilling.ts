/** Composes billing, which all chains share: what live programs record is paid for, where payments are on. */
import { randomUUID } from 'node:crypto';
import type { StripeConfig } from '../config/stripe.ts';
import { GRACE_PERIOD_MS } from '../domain/billing/subscription.ts';
import { hourStartMs } from '../domain/billing/meterHour.ts';
import type { Logger } from '../lib/logger.ts';
import type { BillingGauges } from '../lib/metrics.ts';
import { createStripePayments } from '../payments/stripe/stripePayments.ts';
import type { Payments } from '../ports/payments.ts';
import { createBillingAccounts } from '../services/billing/accounts.ts';
import { createBilling, PAYMENTS_OFF, type Billing } from '../services/billing/billing.ts';
import { createBillingWorker, type BillingWorker } from '../services/worker/billingWorker.ts';
import { createHourCloser } from '../services/billing/closeHours.ts';
import { createGraceLetters } from '../services/billing/graceLetters.ts';
import { createPaymentEvents, type PaymentEvents } from '../services/billing/paymentEvents.ts';
import {
  createRecordingStops,
  NEVER_STOPPED,
  type RecordingStops,
} from '../services/billing/recordingStops.ts';
import { createHourSender } from '../services/billing/sendHours.ts';
import type { Foundation } from './composeServices.ts';
import type { PeopleParts } from './composePeople.ts';

export interface BillingParts {
  /** For resolvers. */
  readonly graphql: { readonly billing: Billing };
  readonly recordingStops: RecordingStops;
  /** Takes the provider's messages; null while payments are off. */
  readonly paymentEvents: PaymentEvents | null;
  /** Null while payments are off. */
  readonly worker: BillingWorker | null;
  /** Reads what the page of metrics shows; null while payments are off. */
  readonly gauges: () => Promise<BillingGauges | null>;
}

const MS_PER_SECOND = 1_000;

/** Says at boot whether anybody is billed. */
export const billingLine = (config: StripeConfig | null): string =>
  config === null ? PAYMENTS_OFF : 'Payments are on: live actions are billed, and test is free.';

/** @param payments In place of Stripe. @param pollMs How often the worker looks. */
export function composeBilling(args: {
  foundation: Pick<Foundation, 'store' | 'wallNowMs'>;
  people: Pick<PeopleParts, 'callers' | 'mail'>;
  publicUrl: () => string;
  config: StripeConfig | null;
  logger: Logger;
  payments?: Payments;
  pollMs?: number;
}): BillingParts {
  const { foundation, people, config, publicUrl, logger } = args;
  const { store, wallNowMs } = foundation;
  const { teams } = people.callers;
  const common = { ...store, teams, publicUrl, logger, wallNowMs };
  const payments = args.payments ?? (config === null ? null : createStripePayments(config));
  if (payments === null) {
    return {
      graphql: { billing: createBilling({ ...common, paidBy: null }) },
      recordingStops: NEVER_STOPPED,
      ...{ paymentEvents: null, worker: null, gauges: () => Promise.resolve(null) },
    };
  }
  const accounts = createBillingAccounts({ ...common, payments });
  const hourSender = createHourSender({ ...common, payments });
  const paymentEvents = createPaymentEvents({ ...common, payments, accounts, hourSender });
  const billingUrl = (): string => `${publicUrl()}/console/billing`;
  return {
    graphql: { billing: createBilling({ ...common, paidBy: { payments, accounts } }) },
    recordingStops: createRecordingStops(common),
    paymentEvents,
    worker: createBillingWorker({
      ...{ ...common, accounts, paymentEvents, hourSender, holder: randomUUID() },
      hourCloser: createHourCloser({ ...common, accounts }),
      graceLetters: createGraceLetters({ ...common, mail: people.mail, billingUrl }),
      ...(args.pollMs !== undefined && { pollMs: args.pollMs }),
    }),
    gauges: async () => {
      const nowMs = wallNowMs();
      const [ledger, events, stopped] = await Promise.all([
        store.meterHours.sums(),
        store.paymentEvents.open(),
        store.billingAccounts.countInGraceSince(nowMs - GRACE_PERIOD_MS),
      ]);
      const secondsSince = (sinceMs: number | null): number =>
        sinceMs === null ? 0 : Math.max(0, nowMs - sinceMs) / MS_PER_SECOND;
      const { oldestOpenHour } = ledger;
      return {
        openHours: ledger.open,
        oldestOpenHourSeconds: secondsSince(
          oldestOpenHour === null ? null : hourStartMs(oldestOpenHour + 1),
        ),
        stuckHours: ledger.stuck,
        openEvents: events.count,
        oldestOpenEventSeconds: secondsSince(events.oldestMs),
        stoppedOrganisations: stopped,
      };
    },
  };
}
