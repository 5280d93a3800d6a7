/** Folds changes, objections, rounds, shares, items, orders and anchors, each from the events that mention it. Pure. */
import { foldAnchor, type Anchor, type AnchoredEvent } from '../actions/anchor.ts';
import { foldChange, foldObjection, type Change, type Objection } from '../terms/change.ts';
import { foldItem, type Item } from '../catalogue/item.ts';
import { foldOrder, type Order } from '../catalogue/order.ts';
import type { Program } from '../program.ts';
import type { BuybackEvent, CatalogueEvent, CharterEvent, DatedEvent } from '../events.ts';
import { foldRound, foldShare, type Round, type Share } from '../buyback/round.ts';

type ProjectedEvent = CharterEvent | BuybackEvent | CatalogueEvent | AnchoredEvent;

/** Types of records by kind of projection. */
export interface Projections {
  change: Change;
  objection: Objection;
  round: Round;
  share: Share;
  item: Item;
  order: Order;
  anchor: Anchor;
}
export type ProjectionKind = keyof Projections;

/** Names one projection within its program: `change:3`, `share:2:0x...`. */
export interface ProjectionName {
  readonly kind: ProjectionKind;
  /** A number, or a number and an account. */
  readonly id: string;
}

/** A projection that an event is about. */
export interface Mention extends ProjectionName {
  /** See {@link NEWEST_DECIDES}. */
  readonly newestDecides: boolean;
}

/**
 * Events that give only an absolute total of a projection, so that the newest alone decides: a round with 10,000 tenders is
 * folded from a handful of events. `field` is the one that numbers the projection in these events.
 */
export const NEWEST_DECIDES = {
  change: { field: 'change', kinds: ['Objected'] },
  round: { field: 'round', kinds: ['Tendered', 'Untendered'] },
  item: { field: 'item', kinds: ['Redeemed', 'OrderRefunded'] },
} as const satisfies Partial<
  Record<ProjectionKind, { field: string; kinds: readonly ProjectedEvent['kind'][] }>
>;

export const nameOf = ({ kind, id }: ProjectionName): string => `${kind}:${id}`;

const about = (kind: ProjectionKind, ...id: readonly (number | string)[]): Mention => ({
  kind,
  id: id.join(':'),
  newestDecides: false,
});
const newestAbout = (kind: ProjectionKind, number: number): Mention => ({
  kind,
  id: String(number),
  newestDecides: true,
});

/** Lists the projections that an event mentions; none for most kinds. */
export function mentionsOf(event: ProjectedEvent | { readonly kind: string }): Mention[] {
  const known = event as ProjectedEvent;
  switch (known.kind) {
    case 'ChangeAnnounced':
    case 'ChangeEnacted':
    case 'ChangeStruckDown':
    case 'ChangeWithdrawn':
      return [about('change', known.change)];
    case 'Objected':
      return [newestAbout('change', known.change), about('objection', known.change, known.holder)];
    case 'ObjectionReleased':
      return [about('objection', known.change, known.holder)];
    case 'Tendered':
    case 'Untendered':
      return [newestAbout('round', known.round), about('share', known.round, known.holder)];
    case 'RoundSettled':
      return [about('round', known.round)];
    case 'PointsClaimed':
    case 'MoneyClaimed':
      return [about('share', known.round, known.holder)];
    case 'ItemAdded':
    case 'PriceCut':
    case 'PriceRiseScheduled':
    case 'StockAdded':
    case 'WithdrawalScheduled':
    case 'WithdrawalCancelled':
      return [about('item', known.item)];
    case 'Redeemed':
      return [newestAbout('item', known.item), about('order', known.order)];
    case 'OrderRefunded':
      return [newestAbout('item', known.item), about('order', known.order)];
    case 'OrderFulfilled':
      return [about('order', known.order)];
    case 'Anchored':
      return [about('anchor', known.epoch)];
    default:
      return [];
  }
}

type Folds = {
  readonly [Kind in ProjectionKind]: (
    program: Program,
    datedEvents: readonly DatedEvent<never>[],
  ) => Projections[Kind] | null;
};
const folds: Folds = {
  change: foldChange,
  objection: ({ id }, datedEvents) => foldObjection(id, datedEvents),
  round: ({ id }, datedEvents) => foldRound(id, datedEvents),
  share: ({ id }, datedEvents) => foldShare(id, datedEvents),
  item: foldItem,
  order: foldOrder,
  anchor: ({ id }, datedEvents) => foldAnchor(id, datedEvents),
};

/** Folds a projection from the events that mention it, in chain order; null when they make none. */
export function project<Kind extends ProjectionKind>(
  program: Program,
  kind: Kind,
  datedEvents: readonly DatedEvent<{ readonly kind: string }>[],
): Projections[Kind] | null {
  return folds[kind](program, datedEvents as readonly DatedEvent<never>[]);
}
