import { hourOf } from '../../domain/billing/meterHour.ts';
import {
  graceUntilMs,
  isPaid,
  recordingStopOf,
  standingOf,
  type RecordingStop,
  type Standing,
  type Subscription,
} from '../../domain/billing/subscription.ts';
import { UserError } from '../../domain/errors.ts';
import type { Invoice, Payments } from '../../ports/payments.ts';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';
import type { MeterHourStore, UsageDay } from '../../ports/stores/billing/meterHours.ts';
import type { BillingAccounts } from './accounts.ts';
import { askProvider } from './askProvider.ts';
import type { CustomerOf } from './customers.ts';

/** What an organisation pays, and what it gets for that. */
export interface BillingView {
  readonly organisationId: string;
  readonly standing: Standing;
  readonly subscription: Subscription | null;
  readonly graceUntilMs: number | null;
  readonly recordingStop: RecordingStop | null;
}

export interface Billing {
  /** Why payments are off; null while they are on. */
  readonly offBecause: string | null;
  view(organisationId: string): Promise<BillingView>;
  /** Sums up what was recorded live, by whole days (UTC), the present one included, newest first. */
  days(organisationId: string, days: number): Promise<UsageDay[]>;
  /** Lists the newest bills. @throws ServiceError PAYMENTS_UNAVAILABLE */
  invoices(organisationId: string, limit: number): Promise<Invoice[]>;
  /**
   * Opens the page on which the plan is bought.
   *
   * @param effectId Names the write: the provider does it once.
   * @returns its URL
   * @throws UserError PAYMENTS_OFF, ALREADY_SUBSCRIBED
   * @throws ServiceError PAYMENTS_UNAVAILABLE
   */
  startCheckout(organisationId: string, effectId: string): Promise<string>;
  /**
   * Opens the page on which cards, the plan and bills are managed.
   *
   * @returns its URL
   * @throws UserError PAYMENTS_OFF, NOT_SUBSCRIBED
   * @throws ServiceError PAYMENTS_UNAVAILABLE
   */
  openPortal(organisationId: string, effectId: string): Promise<string>;
}

/** What billing asks of the provider, where there is one. */
export interface PaidBy {
  readonly payments: Payments;
  readonly accounts: Pick<BillingAccounts, 'sync'>;
  readonly customerOf: CustomerOf;
}

const HOURS_PER_DAY = 24;
export const PAYMENTS_OFF =
  'Payments are off, as STRIPE_SECRET_KEY is not set: nothing is billed, and nothing stops.';

/** @param paidBy Null while payments are off. */
export function createBilling(deps: {
  paidBy: PaidBy | null;
  billingAccounts: BillingAccountStore;
  meterHours: Pick<MeterHourStore, 'days'>;
  publicUrl: () => string;
  wallNowMs: () => number;
}): Billing {
  const { paidBy, billingAccounts, meterHours, publicUrl, wallNowMs } = deps;
  const pageUrl = (): string => `${publicUrl()}/console/billing`;

  const on = (): PaidBy => {
    if (paidBy !== null) return paidBy;
    throw new UserError({ code: 'PAYMENTS_OFF', field: null, message: PAYMENTS_OFF });
  };

  return {
    offBecause: paidBy === null ? PAYMENTS_OFF : null,
    view: async (organisationId) => {
      const nowMs = wallNowMs();
      const { account } = await billingAccounts.read(organisationId);
      const { subscription } = account;
      if (paidBy === null) {
        const off = { standing: 'IDLE', graceUntilMs: null, recordingStop: null } as const;
        return { organisationId, subscription, ...off };
      }
      return {
        ...{ organisationId, subscription },
        standing: standingOf(account, nowMs),
        graceUntilMs: graceUntilMs(account),
        recordingStop: recordingStopOf(account, nowMs),
      };
    },
    days: (organisationId, days) => {
      const today = Math.floor(hourOf(wallNowMs()) / HOURS_PER_DAY);
      return meterHours.days(organisationId, (today - days + 1) * HOURS_PER_DAY);
    },
    invoices: async (organisationId, limit) => {
      const { account } = await billingAccounts.read(organisationId);
      const { customerId } = account;
      if (paidBy === null || customerId === null) return [];
      return askProvider(() => paidBy.payments.invoices(customerId, limit));
    },
    startCheckout: (organisationId, effectId) =>
      askProvider(async () => {
        const { payments, accounts, customerOf } = on();
        const customerId = await customerOf(organisationId);
        const { subscription } = await accounts.sync(organisationId);
        const isBought = subscription !== null && subscription.state !== 'CANCELED';
        if (isPaid(subscription) || (isBought && subscription.state !== 'INCOMPLETE')) {
          throw new UserError({
            code: 'ALREADY_SUBSCRIBED',
            field: null,
            message:
              'The organisation has a plan already; open bills and cards are in billingPortalOpen.',
          });
        }
        const checkout = {
          ...{ customerId, organisationId },
          ...{ successUrl: `${pageUrl()}?checkout=done`, cancelUrl: pageUrl() },
        };
        const opened = await payments.startCheckout(checkout, `dw_${effectId}`);
        // One plan is enough: the page of an earlier checkout, if it is still open, ends.
        await payments.endOlderCheckouts(customerId, opened);
        return opened.url;
      }),
    openPortal: (organisationId, effectId) =>
      askProvider(async () => {
        const { payments } = on();
        const { account } = await billingAccounts.read(organisationId);
        const { customerId } = account;
        if (customerId === null) {
          throw new UserError({
            code: 'NOT_SUBSCRIBED',
            field: null,
            message: 'The organisation has bought nothing yet; begin with billingCheckoutStart.',
          });
        }
        return payments.openPortal({ customerId, returnUrl: pageUrl() }, `dw_${effectId}`);
      }),
  };
}
