import { useTranslation } from 'react-i18next';
import { useItemWords } from '../../../shared/items/itemWords.ts';
import type { DeskOrder } from './queries.ts';

/** How far an order is: as the API has it, and `late` while it is past its deadline and nobody had it refunded yet. */
export type DeskOrderState = DeskOrder['state'] | 'late';

/** Reads how far an order is. @param now by the API, in Unix milliseconds: a deadline passes while the page is open */
export const stateOfOrder = (
  { state, refundable, deadline }: Pick<DeskOrder, 'state' | 'refundable' | 'deadline'>,
  now: number,
): DeskOrderState =>
  state === 'OPEN' && (refundable || Date.parse(deadline) <= now) ? 'late' : state;

/** Colour of the tag of each. */
export const ORDER_TAGS: Readonly<Record<DeskOrderState, string>> = {
  ...{ OPEN: 'waiting', late: 'worse', FULFILLED: 'better', REFUSED: '', OVERDUE: 'worse' },
};

/** States that the list can be of, as its address has them; `all` for any. */
export const ORDER_FILTERS = ['OPEN', 'FULFILLED', 'REFUSED', 'OVERDUE', 'all'] as const;
export type OrderFilter = (typeof ORDER_FILTERS)[number];

/** Name of what was ordered, with how many; its number while the chain is being read again. */
export function useOrderedWords(): (
  order: Pick<DeskOrder, 'item' | 'number' | 'quantity'>,
) => string {
  const { t } = useTranslation('orders');
  const { nameOf } = useItemWords();
  return ({ item, number, quantity }) => {
    if (item === null) return t('one', { number });
    return quantity === 1 ? nameOf(item) : t('times', { item: nameOf(item), count: quantity });
  };
}
