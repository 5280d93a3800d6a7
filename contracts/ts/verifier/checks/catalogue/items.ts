import { id as keccakOfText } from 'ethers';
import type { Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import type { ItemFact, LoggedAt } from '../../facts/facts.ts';
import { Check } from '../../report/check.ts';

/** One thing of the catalogue, as its logs make it. */
interface Item {
  price: bigint;
  stock: number;
  /** What the price rises to, and when; null for nothing. */
  scheduled: { readonly price: bigint; readonly at: number } | null;
  /** Unix seconds; null while no withdrawal is scheduled. */
  withdrawnAt: number | null;
  readonly text: string;
  readonly textHash: string;
  /** Where it was added. */
  readonly at: Place;
}

/** An item as the contract holds it. */
export interface ItemRead {
  readonly price: bigint;
  readonly stock: number;
  readonly scheduledPrice: bigint;
  readonly scheduledPriceAt: number;
  /** 0 for never. */
  readonly withdrawnAt: number;
  readonly textHash: string;
}

/** What an order took. */
interface OrderedPieces {
  readonly item: number;
  readonly quantity: number;
}

/** "As many as wanted". */
const UNLIMITED = 2 ** 32 - 1;

/** The catalogue's items, and whether their prices rose and they went only with notice. */
export class Items {
  readonly check = new Check('prices');
  readonly #noticePeriod: number;
  readonly #items = new Map<number, Item>();

  /** @param noticePeriod Seconds. */
  constructor(noticePeriod: number) {
    this.#noticePeriod = noticePeriod;
  }

  get count(): number {
    return this.#items.size;
  }

  added({ item: number, price, stock, text, at }: Of<'ItemAdded'>): void {
    this.check.equal(this.count + 1, number, () => 'the number of an item', at);
    const textHash = keccakOfText(text);
    const item: Item = { price, stock, scheduled: null, withdrawnAt: null, text, textHash, at };
    this.#items.set(number, item);
  }

  priceCut({ item: number, price, at }: Of<'PriceCut'>, time: number): void {
    const item = this.#item(number, at);
    if (item === undefined) return;
    const before = this.priceOf(number, time) ?? 0n;
    const what = () => `the price of item ${number}, changed at once`;
    this.check.holds(price <= before, what, `at most ${before}`, price, at);
    item.price = price;
    item.scheduled = null;
  }

  riseScheduled(event: Of<'PriceRiseScheduled'>, time: number): void {
    const { item: number, price, takesEffectAt, at } = event;
    const item = this.#item(number, at);
    if (item === undefined) return;
    const due = time + this.#noticePeriod;
    this.check.equal(due, takesEffectAt, () => `the price rise of item ${number}`, at);
    item.price = this.priceOf(number, time) ?? item.price;
    item.scheduled = { price, at: due };
  }

  stockAdded({ item: number, added, stock, at }: Of<'StockAdded'>): void {
    const item = this.#item(number, at);
    if (item === undefined) return;
    item.stock += added;
    this.check.equal(item.stock, stock, () => `the stock of item ${number}`, at);
  }

  withdrawalScheduled(event: Of<'WithdrawalScheduled'>, time: number): void {
    const { item: number, takesEffectAt, at } = event;
    const item = this.#item(number, at);
    if (item === undefined) return;
    const due = time + this.#noticePeriod;
    this.check.equal(due, takesEffectAt, () => `the withdrawal of item ${number}`, at);
    item.withdrawnAt = due;
  }

  withdrawalCancelled({ item: number, at }: Of<'WithdrawalCancelled'>, time: number): void {
    const item = this.#item(number, at);
    if (item === undefined) return;
    const what = () => `a withdrawal of item ${number} that was cancelled`;
    const isComing = item.withdrawnAt !== null && time < item.withdrawnAt;
    this.check.holds(isComing, what, 'one to come', item.withdrawnAt ?? 'none', at);
    item.withdrawnAt = null;
  }

  /** An order takes pieces, at the price of its time. */
  ordered(event: Of<'Redeemed'>, time: number): void {
    const { item: number, quantity, points, stock, at } = event;
    const item = this.#item(number, at);
    if (item === undefined) return;
    const price = this.priceOf(number, time) ?? 0n;
    const what = (field: string) => () => `${field} of order ${event.order}, item ${number}`;
    this.check.equal(price * BigInt(quantity), points, what('the points'), at);
    if (item.stock !== UNLIMITED) item.stock -= quantity;
    this.check.equal(item.stock, stock, what('the stock after it'), at);
    this.check.holds(item.stock >= 0, what('the stock'), 'enough', item.stock, at);
    const isThere = item.withdrawnAt === null || time < item.withdrawnAt;
    this.check.holds(isThere, what('the time'), `before ${item.withdrawnAt}`, time, at);
  }

  /** What was ordered can be ordered again. */
  refunded(event: Of<'OrderRefunded'>, order: OrderedPieces | undefined): void {
    const item = order === undefined ? undefined : this.#items.get(order.item);
    if (order === undefined || item === undefined) return;
    if (item.stock !== UNLIMITED) {
      item.stock = Math.min(item.stock + order.quantity, UNLIMITED - 1);
    }
    const what = () => `the stock of item ${order.item} after order ${event.order} was refunded`;
    this.check.equal(item.stock, event.stock, what, event.at);
  }

  /** Base units for one piece at a moment; undefined where there is no such item. */
  priceOf(number: number, time: number): bigint | undefined {
    const item = this.#items.get(number);
    if (item === undefined) return undefined;
    const { scheduled } = item;
    return scheduled !== null && time >= scheduled.at ? scheduled.price : item.price;
  }

  /** Every item as it is at a moment, for pages that show it. */
  facts(loggedAt: LoggedAt, time: number): ItemFact[] {
    return [...this.#items].map(([item, { price, stock, scheduled, withdrawnAt, text, at }]) => ({
      item,
      text,
      price: this.priceOf(item, time) ?? price,
      stock: stock === UNLIMITED ? null : stock,
      rise: scheduled !== null && time < scheduled.at ? scheduled : null,
      withdrawnAt,
      added: loggedAt(at),
    }));
  }

  /** @param time Unix seconds of the newest block before they were read. */
  compare(reads: readonly ItemRead[], time: number): void {
    this.check.equal(this.count, reads.length, () => 'number of items (itemCount)', null);
    for (const [i, read] of reads.entries()) {
      const number = i + 1;
      const item = this.#items.get(number);
      if (item === undefined) continue;
      const { stock, textHash, scheduled } = item;
      const withdrawnAt = item.withdrawnAt ?? 0;
      // By the clock of the read, which may be later: a node that is idle has an old newest block.
      const isDue = scheduled !== null && (time >= scheduled.at || read.scheduledPriceAt === 0);
      const expected: ItemRead = {
        price: isDue ? scheduled.price : item.price,
        stock,
        scheduledPrice: isDue ? 0n : (scheduled?.price ?? 0n),
        scheduledPriceAt: isDue ? 0 : (scheduled?.at ?? 0),
        withdrawnAt,
        textHash,
      };
      const what = () => `item ${number} (itemOf)`;
      this.check.equal(shownItem(expected), shownItem(read), what, null);
    }
  }

  #item(number: number, at: Place): Item | undefined {
    const item = this.#items.get(number);
    if (item === undefined) this.check.differ(`item ${number}`, 'added before', 'unknown', at);
    return item;
  }
}

function shownItem(item: ItemRead): string {
  const { price, stock, scheduledPrice, scheduledPriceAt, withdrawnAt, textHash } = item;
  return `price ${price}, stock ${stock}, rise to ${scheduledPrice} at ${scheduledPriceAt}, withdrawn at ${withdrawnAt}, text ${textHash}`;
}
