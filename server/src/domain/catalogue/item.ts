/** Folds items from events of the catalogue. Pure. */
import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../program.ts';
import type { CatalogueEvent, DatedEvent } from '../events.ts';

/** Stands for an unlimited stock on chain. */
const UNLIMITED = 2 ** 32 - 1;

/** An item of the catalogue. Scheduled changes take effect by the clock: see {@link itemAt}. */
export interface Item {
  readonly programId: string;
  /** Number in the program, ascending from 1. */
  readonly number: number;
  /** Base units of points for one piece, before a scheduled price is in force. */
  readonly price: bigint;
  /** Pieces that can still be ordered; null when the stock is unlimited. */
  readonly stock: number | null;
  /** Price from a time on; null when no rise is scheduled. */
  readonly scheduledPrice: { readonly price: bigint; readonly fromMs: number } | null;
  /** Time from which it can't be ordered; null when no withdrawal is scheduled. */
  readonly withdrawnAtMs: number | null;
  /** Description for members; never changes. */
  readonly text: string;
  /** Block of its addition. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

const stockOf = (pieces: number): number | null => (pieces === UNLIMITED ? null : pieces);

/** Applies a scheduled price of an item that is in force at this time. */
export function itemAt(item: Item, nowMs: number): Item {
  const { scheduledPrice } = item;
  if (scheduledPrice === null || scheduledPrice.fromMs > nowMs) return item;
  return { ...item, price: scheduledPrice.price, scheduledPrice: null };
}

/** Tells whether an item can't be ordered any more. */
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
      // An earlier schedule that was due before then is the price that this one raises.
      const before = itemAt(item, takesEffectAtMs - program.noticePeriodMs);
      return { ...before, scheduledPrice: { price, fromMs: takesEffectAtMs } };
    }
    case 'StockAdded':
    case 'Redeemed':
    case 'OrderRefunded':
      return { ...item, stock: stockOf(event.stock) };
    case 'WithdrawalScheduled':
      return { ...item, withdrawnAtMs: event.takesEffectAtMs };
    case 'WithdrawalCancelled':
      return { ...item, withdrawnAtMs: null };
    case 'ItemAdded':
    case 'OrderFulfilled':
      return item;
  }
}

/** Folds an item from its events in chain order; of `Redeemed` and `OrderRefunded`, the newest are enough. Null without its addition. */
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
