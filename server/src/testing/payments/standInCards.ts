/** Payments by card of a stand-in for Stripe: of pages in the mode `payment`, with their refunds and disputes. */
import type { FormFields } from './formFields.ts';

/** A payment. Times are seconds, amounts the smallest unit. */
export interface StandInPayment {
  readonly id: string;
  readonly customer: string;
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Record<string, string>;
  availableOn: number;
  isAvailable: boolean;
  refunded: number;
  /** Status of each dispute. */
  readonly disputes: string[];
  /** What each is about; left out, all of it. */
  disputedAmount?: number;
}

/** What a page asks for. */
export interface StandInPrice {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Reads what a page asks for; null for one in another mode. */
export function priceOf({
  mode,
  line_items: lines,
  metadata = {},
}: FormFields): StandInPrice | null {
  if (mode !== 'payment') return null;
  const [line] = Object.values(lines as Record<string, { price_data: Record<string, string> }>);
  return {
    amount: Number(line?.price_data['unit_amount']),
    currency: line?.price_data['currency'] ?? '',
    metadata: metadata as Record<string, string>,
  };
}

export class StandInCards {
  readonly payments = new Map<string, StandInPayment>();

  /** A card is charged: the money is available later. */
  charge(id: string, customer: string, price: StandInPrice, availableOn: number): StandInPayment {
    const payment: StandInPayment = {
      ...{ id, customer, amount: price.amount, currency: price.currency },
      ...{ metadata: { ...price.metadata }, availableOn, isAvailable: false },
      ...{ refunded: 0, disputes: [] },
    };
    this.payments.set(id, payment);
    return payment;
  }
  payment(id: string): StandInPayment {
    const found = this.payments.get(id);
    if (found === undefined) throw new Error(`there is no payment ${id}`);
    return found;
  }
  /** Notes metadata beside what there is. */
  note(id: string, { metadata = {} }: FormFields): object {
    Object.assign(this.payment(id).metadata, metadata);
    return this.view(id);
  }
  view(id: string): object {
    const { customer, amount, currency, metadata, ...of } = this.payment(id);
    const balance = {
      ...{ id: `txn_${id}`, object: 'balance_transaction' },
      status: of.isAvailable ? 'available' : 'pending',
      available_on: of.availableOn,
    };
    return {
      ...{ id, object: 'payment_intent', customer, amount, amount_received: amount, currency },
      ...{ metadata, status: 'succeeded' },
      latest_charge: {
        ...{ id: `ch_${id}`, object: 'charge', customer, amount, amount_refunded: of.refunded },
        ...{ disputed: of.disputes.length > 0, balance_transaction: balance },
      },
    };
  }
  listDisputes({ payment_intent: id }: FormFields): object {
    const { disputes = [], amount: of, disputedAmount } = this.payments.get(String(id)) ?? {};
    const data = disputes.map((status, index) => ({
      ...{ id: `dp_${index}`, object: 'dispute', payment_intent: id, status },
      amount: disputedAmount ?? of,
    }));
    return { object: 'list', data, has_more: false };
  }
}
