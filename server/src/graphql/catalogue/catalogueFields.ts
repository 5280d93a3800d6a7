/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- Pothos reads the types of fields from what is inferred here. */
import type { ItemView, OrderView } from '../../services/catalogue/catalogue.ts';
import type { InputFields, PayloadFields } from '../mutations/mutation.ts';
import { ItemType, OrderType } from './item.ts';

/** Names an item in an input. */
export const itemInput = (t: InputFields) =>
  t.field({ type: 'UInt', required: true, description: 'Number of the item.' });

/** Names an order in an input. */
export const orderInput = (t: InputFields) =>
  t.field({ type: 'UInt', required: true, description: 'Number of the order.' });

/** Shows the item after a write. */
export const itemPayload = (t: PayloadFields<{ readonly item?: ItemView | null }>) => ({
  item: t.field({
    type: ItemType,
    nullable: true,
    description: 'The item after the write; null until it is mined, and with userErrors.',
    resolve: ({ item }, _args, { program }) => (item ? { ...item, program } : null),
  }),
});

/** Shows the order after a write. */
export const orderPayload = (t: PayloadFields<{ readonly order?: OrderView | null }>) => ({
  order: t.field({
    type: OrderType,
    nullable: true,
    description: 'The order after the write; null until it is mined, and with userErrors.',
    resolve: ({ order }, _args, { program }) => (order ? { ...order, program } : null),
  }),
});
