import { useTranslation } from 'react-i18next';
import { useItemWords } from '../../shared/items/itemWords.ts';
import type { FullOrder } from './queries.ts';

/** How far an order is: as the API has it, and `late` while it is past its deadline and nobody had it refunded yet. */
export type OrderLook = FullOrder['state'] | 'late';

/** Reads how far an order is. */
export const lookOfOrder = ({
  state,
  refundable,
}: Pick<FullOrder, 'state' | 'refundable'>): OrderLook => (refundable ? 'late' : state);

/** Colour of the tag of each. */
export const TAG_LOOKS: Readonly<Record<OrderLook, string>> = {
  ...{ OPEN: 'waiting', late: 'worse', FULFILLED: 'better', REFUSED: '', OVERDUE: '' },
};

/** Name of what was ordered, with how many; its number while the chain is being read again. */
export function useOrderName(): (order: FullOrder) => string {
  const { t } = useTranslation('wallet');
  const { nameOf } = useItemWords();
  return ({ item, number, quantity }) => {
    if (item === null) return t('orders.number', { number });
    return quantity === 1 ? nameOf(item) : t('orders.times', { item: nameOf(item), quantity });
  };
}
