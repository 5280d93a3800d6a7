/** A thing in the catalogue, as the catalogue's events tell it. Pure. */
import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../program.ts';
import type { CatalogueEvent, DatedEvent } from '../events.ts';

/** Stands for "as many as wanted" on chain. */
const UNLIMITED = 2 ** 32 - 1;

/** One thing in the catalogue. What changes at a moment that is set is told by the clock: see {@link itemAt}. */
export interface Item {
  readonly programId: string;
  /** Sequential in the program, from 1. */
  readonly number: number;
  /** Base units of points for one piece, before a scheduled price is in force. */
  readonly price: bigint;
  /** Pieces that can still be ordered; null for as many as wanted. */
  readonly stock: number | null;
  /** The price from a moment on; null while no rise is scheduled. */
  readonly scheduledPrice: { readonly price: bigint; readonly fromMs: number } | null;
  /** It can't be ordered from then on; null while no withdrawal is scheduled. */
  readonly withdrawnAtMs: number | null;
  /** Plain words; never change. */
  readonly text: string;
  /** Of its addition. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

const stockOf = (pieces: number): number | null => (pieces === UNLIMITED ? null : pieces);

/** The same item with a scheduled price that is in force by now as its price. */
export function itemAt(item: Item, nowMs: number): Item {
  const { scheduledPrice } = item;
  if (scheduledPrice === null || scheduledPrice.fromMs > nowMs) return item;
  return { ...item, price: scheduledPrice.price, scheduledPrice: null };
}

/** Whether it can't be ordered any more. */
export function isWithdrawnAt(item: Pick<Item, 'withdrawnAtMs'>, nowMs: number): boolean {
  return item.withdrawnAtMs !== null && item.withdrawnAtMs <= nowMs;
}

function changed(
  program: Pick<Program, 'noticePeriodMs'>,
  item: Item,
  event: CatalogueEvent,
): Item {
  switch (event.kind) {
    case 'PriceCut':
      return { ...item, price: event.price, scheduledPrice: null };
    case 'PriceRiseScheduled': {
      const { price, takesEffectAtMs } = event;
      // An earlier schedule that had come due by then is the price that this one raises.
      const before = itemAt(item, takesEffectAtMs - program.noticePeriodMs);
      return { ...before, scheduledPrice: { price, fromMs: takesEffectAtMs } };
    }
    case 'StockAdded':
    case 'Redeemed':
      return { ...item, stock: stockOf(event.stock) };
    case 'WithdrawalScheduled':
      return { ...item, withdrawnAtMs: event.takesEffectAtMs };
    case 'WithdrawalCancelled':
      return { ...item, withdrawnAtMs: null };
    case 'ItemAdded':
    case 'OrderFulfilled':
    case 'OrderRefunded':
      return item;
  }
}

/** An item from its events in chain order; of `Redeemed` the newest is enough. Null without its addition. */
export function foldItem(
  program: Pick<Program, 'id' | 'noticePeriodMs'>,
  datedEvents: readonly DatedEvent<CatalogueEvent>[],
): Item | null {
  let item: Item | null = null;
  for (const { event, moment } of datedEvents) {
    if (event.kind === 'ItemAdded') {
      const { item: number, price, stock, text } = event;
      const { blockNumber, transactionHash } = moment;
      item = {
        programId: program.id,
        number,
        price,
        stock: stockOf(stock),
        scheduledPrice: null,
        withdrawnAtMs: null,
        text,
        blockNumber,
        transactionHash,
      };
    } else if (item !== null) {
      item = changed(program, item, event);
    }
  }
  return item;
}
