/** What endpoints can be told of, by what it is about. */
export const EVENT_GROUPS = {
  points: [
    ...(['POINTS_SETTLED', 'EPOCH_CLOSED', 'EPOCH_ANCHORED'] as const),
    ...(['RULES_PUBLISHED', 'RULES_IN_FORCE'] as const),
  ],
  members: [
    ...(['MEMBER_MOVED', 'MEMBER_MERGED', 'MEMBER_ERASED', 'MONEY_SENT'] as const),
    ...(['OBJECTION_PLACED', 'OBJECTION_RELEASED'] as const),
  ],
  orders: [
    ...(['ORDER_PLACED', 'ORDER_FULFILLED', 'ORDER_REFUNDED', 'ITEM_ADDED'] as const),
    ...(['ITEM_PRICE_CUT', 'ITEM_PRICE_RISE_SCHEDULED', 'ITEM_STOCK_ADDED'] as const),
    ...(['ITEM_WITHDRAWAL_SCHEDULED', 'ITEM_WITHDRAWAL_CANCELLED'] as const),
  ],
  buyback: [
    ...(['ROUND_OPENED', 'ROUND_CLOSED', 'ROUND_SETTLED', 'TENDER_PLACED'] as const),
    ...(['TENDER_WITHDRAWN', 'TENDER_SETTLED', 'TENDER_RETURNED', 'TENDER_PAID'] as const),
    ...(['RESERVE_DEPOSITED', 'RESERVE_WITHDRAWN', 'RESERVE_LOW'] as const),
    ...(['BUYBACK_TERMS_PUBLISHED', 'BUYBACK_TERMS_IN_FORCE'] as const),
  ],
  changes: [
    ...(['CHANGE_ANNOUNCED', 'CHANGE_THRESHOLD_REACHED', 'CHANGE_ENACTED'] as const),
    ...(['CHANGE_STRUCK_DOWN', 'CHANGE_WITHDRAWN', 'CHANGE_DIED'] as const),
  ],
  upkeep: [
    ...(['GAS_TANK_LOW', 'OPERATOR_OFFERED', 'OPERATOR_CHANGED'] as const),
    ...(['RECORDER_ROTATED', 'RECORDER_REVOKED'] as const),
  ],
} as const;

export type EventGroup = keyof typeof EVENT_GROUPS;
export type EventKind = (typeof EVENT_GROUPS)[EventGroup][number];

export const EVENT_KINDS: readonly EventKind[] = Object.values(EVENT_GROUPS).flat();

/** Nouns of two words; all others have one. */
const LONG_NOUNS = ['BUYBACK_TERMS', 'GAS_TANK'];

/** Writes a kind as deliveries have it: "order.placed". */
export function typeOfKind(kind: string): string {
  const noun = LONG_NOUNS.find((long) => kind.startsWith(long)) ?? kind.replace(/_.*$/, '');
  return `${noun}.${kind.slice(noun.length + 1)}`.toLowerCase();
}
