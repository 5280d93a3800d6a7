import { describe, expect, it } from 'vitest';
import { foldItem, isWithdrawnAt, itemAt, type Item } from './item.ts';
import type { CatalogueEvent, DatedEvent } from '../events.ts';

const NOTICE_MS = 7_000;
const PROGRAM = { id: 'prg_1', noticePeriodMs: NOTICE_MS };
const MOMENT = { atMs: 1, blockNumber: 2, transactionHash: `0x${'ab'.repeat(32)}` } as const;

const fold = (...events: CatalogueEvent[]): Item | null =>
  foldItem(
    PROGRAM,
    events.map((event): DatedEvent<CatalogueEvent> => ({ event, moment: MOMENT })),
  );
const ADDED: CatalogueEvent = { kind: 'ItemAdded', item: 1, price: 5n, stock: 2, text: 'Cup' };
const rise = (price: bigint, atMs: number): CatalogueEvent => ({
  kind: 'PriceRiseScheduled',
  item: 1,
  price,
  takesEffectAtMs: atMs + NOTICE_MS,
});

describe('an item', () => {
  it('does not exist before it is added', () => {
    expect(fold({ kind: 'PriceCut', item: 1, price: 1n })).toBeNull();
  });

  it('costs more from the moment that was announced on, and not before', () => {
    const item = fold(ADDED, rise(9n, 100));
    if (item === null) throw new Error('there is no item');
    expect(itemAt(item, 100 + NOTICE_MS - 1).price).toBe(5n);
    expect(itemAt(item, 100 + NOTICE_MS)).toMatchObject({ price: 9n, scheduledPrice: null });
  });

  it('keeps the old price when a rise is replaced before it took effect', () => {
    const item = fold(ADDED, rise(9n, 100), rise(7n, 200));
    expect(item).toMatchObject({ price: 5n, scheduledPrice: { price: 7n, fromMs: 7_200 } });
  });

  it('rises from the price that had taken effect by then, at the very second too', () => {
    const item = fold(ADDED, rise(9n, 100), rise(12n, 100 + NOTICE_MS));
    expect(item).toMatchObject({ price: 9n, scheduledPrice: { price: 12n } });
  });

  it('drops a rise with a cut', () => {
    const cut: CatalogueEvent = { kind: 'PriceCut', item: 1, price: 4n };
    expect(fold(ADDED, rise(9n, 100), cut)).toMatchObject({ price: 4n, scheduledPrice: null });
  });

  it('has as many pieces as the newest event says, or as many as wanted', () => {
    const unlimited = 2 ** 32 - 1;
    expect(fold({ ...ADDED, stock: unlimited })?.stock).toBeNull();
    expect(fold(ADDED, { kind: 'StockAdded', item: 1, added: 3, stock: 5 })?.stock).toBe(5);
  });

  it('is withdrawn from the moment that was announced on, unless that was called off', () => {
    const gone: CatalogueEvent = { kind: 'WithdrawalScheduled', item: 1, takesEffectAtMs: 500 };
    const item = fold(ADDED, gone);
    if (item === null) throw new Error('there is no item');
    expect([499, 500].map((ms) => isWithdrawnAt(item, ms))).toEqual([false, true]);
    expect(fold(ADDED, gone, { kind: 'WithdrawalCancelled', item: 1 })?.withdrawnAtMs).toBeNull();
  });
});
