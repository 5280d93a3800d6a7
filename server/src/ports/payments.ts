/** The provider of payments. Implemented in `server/src/payments`. */
import type { Subscription } from '../domain/billing/subscription.ts';
import type { TopUp, TopUpPayment } from '../domain/billing/topUp.ts';

/** A customer of the provider. */
export interface PaymentCustomer {
  readonly id: string;
  /** Organisation that it was made for; null when it was made by others. */
  readonly organisationId: string | null;
}

/** A bill. Unix milliseconds. */
export interface Invoice {
  readonly id: string;
  /** For people; null while it is a draft. */
  readonly number: string | null;
  readonly state: 'DRAFT' | 'OPEN' | 'PAID' | 'UNCOLLECTIBLE' | 'VOID';
  /** In the smallest unit of the currency, such as cents. */
  readonly totalMinorUnits: bigint;
  /** ISO 4217, in capitals. */
  readonly currency: string;
  readonly createdAtMs: number;
  /** Page to look at it and pay it; null while it is a draft. */
  readonly url: string | null;
  readonly pdfUrl: string | null;
}

/** A page on which the plan is bought. */
export interface OpenCheckout {
  readonly id: string;
  readonly url: string;
  readonly createdAtMs: number;
}

/** Actions of one program and hour for the meter. */
export interface Usage {
  readonly customerId: string;
  readonly count: number;
  /** Under which the provider counts it once, for at least 24 hours. */
  readonly identifier: string;
  readonly atMs: number;
}

/** A message of the provider whose signature is right. */
export interface PaymentEvent {
  readonly id: string;
  readonly type: string;
  readonly createdAtMs: number;
  /** Customer that it is about; null when it names none. */
  readonly customerId: string | null;
  /** Payment that it is about, of a top-up or not; null when it names none. */
  readonly paymentId: string | null;
}

/** A usage that the meter could not count. */
export interface MeterRefusal {
  readonly identifier: string;
  readonly code: string;
}

/** Calls of the provider. All but `readEvent` throw PaymentsError, within 10 seconds. */
export interface Payments {
  /** Creates the customer of an organisation; again under the same key it is the same one. */
  createCustomer(
    organisation: { readonly organisationId: string; readonly name: string },
    key: string,
  ): Promise<PaymentCustomer>;
  /** Finds a customer; null for one that is unknown or deleted. */
  findCustomer(customerId: string): Promise<PaymentCustomer | null>;
  /** Opens the page on which the plan is bought. */
  startCheckout(
    checkout: {
      readonly customerId: string;
      readonly organisationId: string;
      readonly successUrl: string;
      readonly cancelUrl: string;
    },
    key: string,
  ): Promise<OpenCheckout>;
  /** Ends the checkouts that a customer had open before this one, so that one plan is bought. */
  endOlderCheckouts(customerId: string, checkout: OpenCheckout): Promise<void>;
  /** Opens the page on which a top-up is paid by card; again under the same key it is the same one. */
  startTopUp(
    topUp: Pick<TopUp, 'id' | 'organisationId' | 'programId' | 'charge' | 'currency'> & {
      readonly customerId: string;
      /** What the person reads that it is for. */
      readonly title: string;
      readonly successUrl: string;
      readonly cancelUrl: string;
    },
    key: string,
  ): Promise<OpenCheckout>;
  /** Reads what became of the page of a top-up; its disputes are told, and not what they are about. */
  topUpPayment(checkoutId: string): Promise<Omit<TopUpPayment, 'disputed'>>;
  /** Notes at the payment of a top-up which of its transactions is made next. */
  noteTopUpSent(paymentId: string, attempt: number): Promise<void>;
  /** Adds up what the disputes of a payment hold or took, in hundredths; null when none is listed. */
  disputedOf(paymentId: string): Promise<bigint | null>;
  /** Opens the page on which cards, plans and bills are managed. @returns its URL */
  openPortal(
    portal: { readonly customerId: string; readonly returnUrl: string },
    key: string,
  ): Promise<string>;
  /** Lists the plans of a customer, ended ones too; none of a customer that is unknown. */
  subscriptions(customerId: string): Promise<Subscription[]>;
  /** Lists the newest bills of a customer. */
  invoices(customerId: string, limit: number): Promise<Invoice[]>;
  /** Reports usage. Again under the same identifier it is counted once, for a day. */
  sendUsage(usage: Usage): Promise<void>;
  /** Reads the sum of the usage of a customer between two whole minutes. */
  usageWithin(customerId: string, fromMs: number, beforeMs: number): Promise<bigint>;
  /** Lists what the meter could not count, of an event that says so. */
  meterRefusals(eventId: string): Promise<MeterRefusal[]>;
  /** Reads a message from its bytes; null when the signature is not right, or older than five minutes. */
  readEvent(body: Buffer, signature: string): PaymentEvent | null;
}

/** Type of the event that tells of usage which could not be counted. */
export const METER_REFUSED_EVENT = 'v1.billing.meter.error_report_triggered';
