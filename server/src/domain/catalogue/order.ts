/** Folds orders from events of the catalogue. Pure. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../program.ts';
import type { CatalogueEvent, ChainMoment, DatedEvent } from '../events.ts';

/**
 * - `OPEN`: its points are in escrow
 * - `FULFILLED`: declared so by the operator; its points are burned
 * - `REFUSED`: refunded by the operator before the deadline
 * - `OVERDUE`: refunded after the deadline
 */
export type OrderState = 'OPEN' | 'FULFILLED' | 'REFUSED' | 'OVERDUE';

export interface Order {
  readonly programId: string;
  /** Number in the program, ascending from 1. */
  readonly number: number;
  /** Account that ordered and owns the points. */
  readonly member: Address;
  /** Number of the item. */
  readonly item: number;
  readonly quantity: number;
  /** Base units of points. */
  readonly points: bigint;
  readonly orderedAtMs: number;
  /** Time from which it can't be fulfilled, and any account may have it refunded. */
  readonly deadlineMs: number;
  /** The member's own reference. */
  readonly orderRef: Hex;
  readonly state: OrderState;
  /** Moment at which it was fulfilled or refunded; null while it is open. */
  readonly resolved: ChainMoment | null;
  /** Block of the redemption. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** Number of orders in each state. */
export interface OrderCounts {
  readonly open: number;
  readonly fulfilled: number;
  readonly refused: number;
  readonly overdue: number;
}

type Redeemed = Extract<CatalogueEvent, { kind: 'Redeemed' }>;

function placedOrder(
  program: Pick<Program, 'id' | 'orderDeadlineMs'>,
  { event, moment }: DatedEvent<Redeemed>,
): Order {
  const { member, item, quantity, points, deadlineMs, orderRef } = event;
  const { blockNumber, transactionHash } = moment;
  return {
    programId: program.id,
    number: event.order,
    member,
    item,
    quantity,
    points,
    deadlineMs,
    orderRef,
    orderedAtMs: deadlineMs - program.orderDeadlineMs,
    state: 'OPEN',
    resolved: null,
    blockNumber,
    transactionHash,
  };
}

/** Folds an order from its events in chain order; null without its redemption. */
export function foldOrder(
  program: Pick<Program, 'id' | 'orderDeadlineMs'>,
  datedEvents: readonly DatedEvent<CatalogueEvent>[],
): Order | null {
  return datedEvents.reduce<Order | null>((order, { event, moment }) => {
    if (event.kind === 'Redeemed') return placedOrder(program, { event, moment });
    if (order === null) return null;
    if (event.kind === 'OrderFulfilled') return { ...order, state: 'FULFILLED', resolved: moment };
    if (event.kind !== 'OrderRefunded') return order;
    return { ...order, state: event.overdue ? 'OVERDUE' : 'REFUSED', resolved: moment };
  }, null);
}
