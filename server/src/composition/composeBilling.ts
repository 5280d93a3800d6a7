/** Composes billing, which all chains share: what live programs record is paid for, where payments are on. */
import { randomUUID } from 'node:crypto';
import type { StripeConfig } from '../config/stripe.ts';
import type { TopUpConfig } from '../config/topUps.ts';
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
import { createCustomerOf } from '../services/billing/customers.ts';
import { createOwnerLetters } from '../services/billing/ownerLetters.ts';
import type { TopUps } from '../services/billing/topUps/topUps.ts';
import type { Treasury } from '../services/billing/topUps/treasury.ts';
import type { Foundation } from './composeServices.ts';
import {
  composeTopUps,
  composeTopUpSteps,
  composeTreasury,
  refuseTestMoney,
  topUpLine,
  type TreasuryFoundation,
} from './composeTopUps.ts';
import type { PeopleParts } from './composePeople.ts';

export interface BillingParts {
  /** For resolvers. */
  readonly graphql: { readonly billing: Billing; readonly topUps: TopUps };
  /** Whether organisations are billed, and reserves are topped up by card, in two sentences. */
  readonly line: string;
  readonly recordingStops: RecordingStops;
  /** Takes the provider's messages; null while payments are off. */
  readonly paymentEvents: PaymentEvents | null;
  /** Null while payments are off. */
  readonly worker: BillingWorker | null;
  /** Reads what the page of metrics shows; null while payments are off. */
  readonly gauges: () => Promise<BillingGauges | null>;
}

const MS_PER_SECOND = 1_000;

const billingLine = (config: StripeConfig | null): string =>
  config === null ? PAYMENTS_OFF : 'Payments are on: live actions are billed, and test is free.';

/**
 * @param live Chain of live programs, on which the treasury is; null for none. @param payments In place of Stripe.
 * @param knownNonce How many transactions of the treasury a person knows of. @param treasury In place of the one on the live chain. @param pollMs How often the worker looks.
 */
export function composeBilling(args: {
  foundation: Pick<Foundation, 'store' | 'wallNowMs'>;
  live: TreasuryFoundation | null;
  people: Pick<PeopleParts, 'callers' | 'mail'>;
  publicUrl: () => string;
  config: StripeConfig | null;
  logger: Logger;
  payments?: Payments;
  topUps?: TopUpConfig;
  knownNonce?: number;
  treasury?: Treasury;
  pollMs?: number;
}): BillingParts {
  const { foundation, people, config, publicUrl, logger } = args;
  const { store, wallNowMs } = foundation;
  const { teams } = people.callers;
  const { mail } = people;
  const common = { ...store, teams, mail, publicUrl, logger, wallNowMs };
  const billingUrl = (): string => `${publicUrl()}/console/billing`;
  const ownerLetters = createOwnerLetters(common);
  const shared = { ...common, ownerLetters, billingUrl };
  const payments = args.payments ?? (config === null ? null : createStripePayments(config));
  if (payments === null) {
    const topUps = composeTopUps(foundation, shared, null);
    return {
      graphql: { billing: createBilling({ ...common, paidBy: null }), topUps },
      recordingStops: NEVER_STOPPED,
      line: billingLine(config),
      ...{ paymentEvents: null, worker: null, gauges: () => Promise.resolve(null) },
    };
  }
  const accounts = createBillingAccounts({ ...common, payments });
  const customerOf = createCustomerOf({ ...common, payments, accounts });
  const hourSender = createHourSender({ ...common, payments });
  const paymentEvents = createPaymentEvents({ ...common, payments, accounts, hourSender });
  refuseTestMoney(config, args.live);
  const topUpConfig = args.topUps ?? config?.topUps ?? null;
  const treasury =
    args.treasury ?? (args.live === null ? null : composeTreasury(args.live, args.knownNonce ?? 0));
  const on = { config: topUpConfig, treasury, payments, customerOf };
  const topUps = composeTopUps(foundation, shared, on);
  return {
    graphql: {
      billing: createBilling({ ...common, paidBy: { payments, accounts, customerOf } }),
      topUps,
    },
    recordingStops: createRecordingStops(common),
    line: `${billingLine(config)} ${topUpLine(topUpConfig, treasury)}`,
    paymentEvents,
    worker: createBillingWorker({
      ...{ ...common, accounts, paymentEvents, hourSender, holder: randomUUID() },
      ...composeTopUpSteps(foundation, shared, on),
      hourCloser: createHourCloser({ ...common, accounts }),
      graceLetters: createGraceLetters(shared),
      ...(args.pollMs !== undefined && { pollMs: args.pollMs }),
    }),
    gauges: async () => {
      const nowMs = wallNowMs();
      const [ledger, events, stopped, topUpSums] = await Promise.all([
        store.meterHours.sums(),
        store.paymentEvents.open(),
        store.billingAccounts.countInGraceSince(nowMs - GRACE_PERIOD_MS),
        store.topUps.sums(),
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
        openTopUps: topUpSums.open,
        oldestClearedTopUpSeconds: secondsSince(topUpSums.oldestClearedMs),
        topUpDebts: topUpSums.debts,
      };
    },
  };
}
