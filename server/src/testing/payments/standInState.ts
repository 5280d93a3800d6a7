/** What a stand-in for Stripe keeps, and what it does about it. Times of Stripe are seconds. */
import type { FormFields } from './formFields.ts';
import { priceOf, StandInCards, type StandInPayment, type StandInPrice } from './standInCards.ts';

export interface StandInCustomer {
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly name: string | null;
  isDeleted: boolean;
}
export interface StandInSession {
  readonly id: string;
  readonly customer: string;
  status: 'open' | 'complete' | 'expired';
  readonly created: number;
  /** What a page in the mode `payment` asks for; null for one on which a plan is bought. */
  readonly price: StandInPrice | null;
  paymentId: string | null;
}
export interface StandInSubscription {
  readonly id: string;
  readonly customer: string;
  status: string;
  readonly startedAt: number;
}
export interface StandInMeterEvent {
  readonly identifier: string;
  readonly customer: string;
  readonly value: number;
  readonly timestamp: number;
  readonly receivedAtMs: number;
}

export const METER_EVENT_NAME = 'dewpoint_actions';
const DAY_MS = 86_400_000;
const MS_PER_SECOND = 1_000;
const MAX_AGE_SECONDS = 35 * 86_400;
const PERIOD_SECONDS = 30 * 86_400;
const NOT_FOUND = 404;
const BAD_REQUEST = 400;

/** A refusal as Stripe words it. */
export class StandInRefusal extends Error {
  readonly status: number;
  readonly code: string | undefined;
  constructor(status: number, message: string, code?: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const missing = (what: string): StandInRefusal =>
  new StandInRefusal(NOT_FOUND, `No such ${what}`, 'resource_missing');
const list = (data: readonly unknown[]): object => ({ object: 'list', data, has_more: false });
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export class StandInState {
  readonly customers = new Map<string, StandInCustomer>();
  readonly sessions = new Map<string, StandInSession>();
  readonly subscriptions = new Map<string, StandInSubscription>();
  readonly cards = new StandInCards();
  readonly meterEvents: StandInMeterEvent[] = [];
  /** Customers for whom the portal was opened, each time. */
  readonly portals: string[] = [];
  /** Thin events, by id. */
  readonly thinEvents = new Map<string, object>();
  /** Sums leave these identifiers out, as if they had been dropped. */
  readonly dropped = new Set<string>();
  /** By the clock of the stand-in. */
  nowMs: () => number = Date.now;
  private made = 0;

  nextId(prefix: string): string {
    this.made += 1;
    return `${prefix}_${String(this.made).padStart(8, '0')}`;
  }
  private now(): number {
    return Math.floor(this.nowMs() / MS_PER_SECOND);
  }

  createCustomer({ name, metadata = {} }: FormFields): object {
    const id = this.nextId('cus');
    const fields = metadata as Record<string, string>;
    const customer = { id, name: text(name), metadata: fields, isDeleted: false };
    this.customers.set(id, customer);
    return this.customerView(customer);
  }
  private customerView({ id, name, metadata, isDeleted }: StandInCustomer): object {
    return isDeleted
      ? { id, object: 'customer', deleted: true }
      : { id, object: 'customer', name, metadata };
  }
  customer(id: string): object {
    const found = this.customers.get(id);
    if (found === undefined) throw missing('customer');
    return this.customerView(found);
  }

  /** Customers that were made for an organisation. */
  customersOf(organisationId: string): string[] {
    const all = [...this.customers.values()];
    return all
      .filter(({ metadata }) => Object.values(metadata).includes(organisationId))
      .map(({ id }) => id);
  }

  createSession(asked: FormFields): object {
    const { customer } = asked;
    if (!this.customers.has(text(customer))) throw missing('customer');
    const id = this.nextId('cs_test');
    const session = {
      ...{ id, customer: text(customer), created: this.now() },
      ...{ status: 'open' as const, price: priceOf(asked), paymentId: null },
    };
    this.sessions.set(id, session);
    return this.sessionView(session);
  }
  sessionView({ id, customer, status, created, price, paymentId }: StandInSession): object {
    const url = status === 'open' ? `https://checkout.stripe.example/${id}` : null;
    const mode = price === null ? 'subscription' : 'payment';
    const shown = { id, object: 'checkout.session', customer, status, created, url, mode };
    return { ...shown, payment_intent: paymentId };
  }
  /** @param query Of what is asked for with `expand`, the whole is there. */
  session(id: string, { expand }: FormFields): object {
    const found = this.sessions.get(id);
    if (found === undefined) throw missing('checkout.session');
    const view = this.sessionView(found);
    if (found.paymentId === null || expand === undefined) return view;
    return { ...view, payment_intent: this.cards.view(found.paymentId) };
  }
  /** A person pays a page in the mode `payment`. @param availableAfter Seconds until the money is available. */
  pay(sessionId: string, availableAfter = 0): StandInPayment {
    const session = this.sessions.get(sessionId);
    if (session?.status !== 'open' || session.price === null) {
      throw new Error(`${sessionId} is not to be paid`);
    }
    const { customer, price } = session;
    session.status = 'complete';
    session.paymentId = this.nextId('pi');
    return this.cards.charge(session.paymentId, customer, price, this.now() + availableAfter);
  }
  listSessions({ customer, status }: FormFields): object {
    const found = [...this.sessions.values()].filter(
      (one) => one.customer === customer && (status === undefined || one.status === status),
    );
    return list(found.map((one) => this.sessionView(one)));
  }
  expireSession(id: string): object {
    const session = this.sessions.get(id);
    if (session === undefined) throw missing('checkout.session');
    if (session.status !== 'open')
      throw new StandInRefusal(BAD_REQUEST, 'This session is not open.');
    session.status = 'expired';
    return this.sessionView(session);
  }
  /** A person pays on the page. @returns the subscription */
  complete(sessionId: string, status = 'active'): StandInSubscription {
    const session = this.sessions.get(sessionId);
    if (session?.status !== 'open') throw new Error(`${sessionId} is not open`);
    session.status = 'complete';
    return this.subscribe(session.customer, status);
  }
  subscribe(customer: string, status: string): StandInSubscription {
    const subscription = { id: this.nextId('sub'), customer, status, startedAt: this.now() };
    this.subscriptions.set(subscription.id, subscription);
    return subscription;
  }
  subscriptionView({ id, customer, status, startedAt }: StandInSubscription): object {
    const period = {
      current_period_start: startedAt,
      current_period_end: startedAt + PERIOD_SECONDS,
    };
    return {
      ...{ id, object: 'subscription', customer, status, start_date: startedAt, cancel_at: null },
      items: list([{ id: `si_${id}`, ...period }]),
    };
  }
  listSubscriptions({ customer }: FormFields): object {
    if (!this.customers.has(text(customer))) throw missing('customer');
    const found = [...this.subscriptions.values()].filter((one) => one.customer === customer);
    return list(found.map((one) => this.subscriptionView(one)));
  }
  listInvoices({ customer }: FormFields): object {
    const of = [...this.subscriptions.values()].filter((one) => one.customer === customer);
    return list(
      of.map(({ id, startedAt, status }, index) => ({
        ...{ id: `in_${id}`, object: 'invoice', number: `DW-${index + 1}`, total: 4_900 },
        ...{ currency: 'eur', created: startedAt, status: status === 'active' ? 'paid' : 'open' },
        hosted_invoice_url: `https://invoice.stripe.example/${id}`,
        invoice_pdf: `https://invoice.stripe.example/${id}.pdf`,
      })),
    );
  }

  openPortal({ customer }: FormFields): object {
    if (!this.customers.has(text(customer))) throw missing('customer');
    this.portals.push(text(customer));
    return { url: `https://billing.stripe.example/${this.nextId('bps')}` };
  }

  meter(id: string): object {
    return {
      ...{ id, object: 'billing.meter', event_name: METER_EVENT_NAME, status: 'active' },
      customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
      value_settings: { event_payload_key: 'value' },
    };
  }
  /** Counts an identifier once within a day, and takes nothing that is older than 35 days. */
  addMeterEvent({ event_name: name, identifier, payload, timestamp }: FormFields): object {
    if (name !== METER_EVENT_NAME) throw new StandInRefusal(BAD_REQUEST, 'No meter of this name.');
    const { stripe_customer_id: customer, value } = payload as Record<string, string>;
    const at = Number(timestamp);
    if (this.now() - at > MAX_AGE_SECONDS) {
      throw new StandInRefusal(
        BAD_REQUEST,
        'The timestamp is too far in the past.',
        'timestamp_too_far',
      );
    }
    const isKnown = this.meterEvents.some(
      (event) => event.identifier === identifier && this.nowMs() - event.receivedAtMs < DAY_MS,
    );
    if (isKnown) {
      throw new StandInRefusal(
        BAD_REQUEST,
        `An event already exists with identifier ${text(identifier)}.`,
      );
    }
    this.meterEvents.push({
      ...{ identifier: text(identifier), customer: customer ?? '', value: Number(value) },
      ...{ timestamp: at, receivedAtMs: this.nowMs() },
    });
    return { object: 'billing.meter_event', identifier, event_name: name, timestamp: at };
  }
  summaries(query: FormFields): object {
    const [from, before] = [Number(query['start_time']), Number(query['end_time'])];
    if (from % 60 !== 0 || before % 60 !== 0 || !(from < before)) {
      throw new StandInRefusal(BAD_REQUEST, 'Times must be aligned with minute boundaries.');
    }
    if (this.customers.get(text(query['customer']))?.isDeleted !== false) throw missing('customer');
    const counted = this.meterEvents.filter(
      ({ customer, timestamp, identifier }) =>
        customer === query['customer'] &&
        timestamp >= from &&
        timestamp < before &&
        !this.dropped.has(identifier),
    );
    const sum = counted.reduce((all, { value }) => all + value, 0);
    const summary = { object: 'billing.meter_event_summary', aggregated_value: sum };
    return list(counted.length === 0 ? [] : [{ ...summary, start_time: from, end_time: before }]);
  }
  /** What the meter has counted under an identifier. */
  countedUnder(identifier: string): number {
    return this.meterEvents
      .filter((event) => event.identifier === identifier && !this.dropped.has(identifier))
      .reduce((sum, { value }) => sum + value, 0);
  }
}
