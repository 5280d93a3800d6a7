import type { Address, Hex } from '../../../statement.ts';
import { shown, type Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import type { LoggedAt, OrderFact } from '../../facts/facts.ts';
import { Check } from '../../report/check.ts';

/** One redemption, as its log made it. */
interface Order {
  readonly member: Address;
  readonly item: number;
  readonly quantity: number;
  /** Base units in escrow while it is open. */
  readonly points: bigint;
  /** Unix seconds. */
  readonly deadline: number;
  state: OrderState;
  readonly at: Place;
  /** Where it was fulfilled or refunded. */
  ended: Place | null;
}

/** `ICatalogue.OrderState`, in its order, without `None`. */
const ORDER_STATES = ['open', 'fulfilled', 'refused', 'overdue'] as const;
type OrderState = (typeof ORDER_STATES)[number];

/** How many orders stand where. */
export type OrderCounts = Readonly<Record<OrderState, number>>;

/** An order that is open. */
export interface OpenOrder {
  readonly order: number;
  readonly member: Address;
  readonly points: bigint;
}

/** All orders, and whether each ended once and in time. */
export class Orders {
  readonly check = new Check('orders');
  readonly #orderDeadline: number;
  readonly #orders: Order[] = [];
  readonly #references = new Map<Address, Set<Hex>>();

  /** @param orderDeadline Seconds. */
  constructor(orderDeadline: number) {
    this.#orderDeadline = orderDeadline;
  }

  get counts(): OrderCounts {
    const counts = { open: 0, fulfilled: 0, refused: 0, overdue: 0 };
    for (const { state } of this.#orders) counts[state]++;
    return counts;
  }

  /** An order that was made. */
  find(order: number): Pick<Order, 'item' | 'quantity'> | undefined {
    return this.#orders[order - 1];
  }

  redeemed(event: Of<'Redeemed'>, time: number): void {
    const { order: number, member, item, quantity, points, orderRef, at } = event;
    const deadline = time + this.#orderDeadline;
    this.check.equal(this.#orders.length + 1, number, () => 'the number of an order', at);
    this.check.equal(deadline, event.deadline, () => `the deadline of order ${number}`, at);
    const references = this.#references.get(member) ?? new Set<Hex>();
    const what = () => `the reference of order ${number} by ${shown(member)}`;
    this.check.holds(!references.has(orderRef), what, 'a new one', orderRef, at);
    this.#references.set(member, references.add(orderRef));
    const order = { member, item, quantity, points, deadline, at };
    this.#orders.push({ ...order, state: 'open', ended: null });
  }

  fulfilled(event: Of<'OrderFulfilled'>, time: number): void {
    const order = this.#ends(event);
    if (order === undefined) return;
    const what = () => `order ${event.order}, fulfilled`;
    this.check.holds(time < order.deadline, what, `before ${order.deadline}`, time, event.at);
    order.state = 'fulfilled';
    order.ended = event.at;
  }

  refunded(event: Of<'OrderRefunded'>, time: number): void {
    const order = this.#ends(event);
    if (order === undefined) return;
    const overdue = time >= order.deadline;
    const what = () => `whether order ${event.order} was overdue`;
    this.check.equal(overdue, event.overdue, what, event.at);
    order.state = overdue ? 'overdue' : 'refused';
    order.ended = event.at;
  }

  /** Base units of points that the catalogue holds. */
  escrow(): bigint {
    let points = 0n;
    for (const order of this.open()) points += order.points;
    return points;
  }

  *open(): Generator<OpenOrder> {
    for (const [i, { member, points, state }] of this.#orders.entries()) {
      if (state === 'open') yield { order: i + 1, member, points };
    }
  }

  /** Every order, for pages that show it. */
  facts(loggedAt: LoggedAt): OrderFact[] {
    return this.#orders.map(({ at, ended, ...order }, i) => ({
      order: i + 1,
      ...order,
      redeemed: loggedAt(at),
      ended: ended === null ? null : loggedAt(ended),
    }));
  }

  compare(reads: OrderCounts): void {
    const { counts } = this;
    for (const state of ORDER_STATES) {
      this.check.equal(counts[state], reads[state], () => `orders ${state} (counts)`, null);
    }
  }

  /** The order that an event ends. */
  #ends(event: Of<'OrderFulfilled' | 'OrderRefunded'>): Order | undefined {
    const { order: number, member, points, at } = event;
    const order = this.#orders[number - 1];
    const what = () => `order ${number}`;
    this.#isOpen(order, what, at);
    if (order === undefined) return undefined;
    this.check.equal(shown(order.member), shown(member), () => `${what()}'s member`, at);
    this.check.equal(order.points, points, () => `${what()}'s points`, at);
    return order;
  }

  #isOpen(order: Order | undefined, what: () => string, at: Place): void {
    this.check.equal('open', order?.state ?? 'unknown', what, at);
  }
}
