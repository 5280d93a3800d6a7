/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- Pothos reads the types of fields from what is inferred here. */
import type { ItemView, OrderView } from '../../services/catalogue/catalogue.ts';
import type { InputFields, PayloadFields } from '../mutations/mutation.ts';
import { ItemType, OrderType } from './item.ts';

/** Makes the input field that names an item. */
export const itemInput = (t: InputFields) =>
  t.field({
    type: 'UInt',
    required: true,
    description: 'Number of the item in the catalogue, from 1.',
  });

/** Makes the input field that names an order. */
export const orderInput = (t: InputFields) =>
  t.field({ type: 'UInt', required: true, description: 'Number of the order, from 1.' });

/** Makes the payload field for the item after a write. */
export const itemPayload = (t: PayloadFields<{ readonly item?: ItemView | null }>) => ({
  item: t.field({
    type: ItemType,
    nullable: true,
    description:
      'The item after the write; null until the transaction is mined and when there are userErrors.',
    resolve: ({ item }, _args, { program }) => (item ? { ...item, program } : null),
  }),
});

/** Makes the payload field for the order after a write. */
export const orderPayload = (t: PayloadFields<{ readonly order?: OrderView | null }>) => ({
  order: t.field({
    type: OrderType,
    nullable: true,
    description:
      'The order after the write; null until the transaction is mined and when there are userErrors.',
    resolve: ({ order }, _args, { program }) => (order ? { ...order, program } : null),
  }),
});
