/** One redemption, as the catalogue's events tell it. Pure. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from './program.ts';
import type { CatalogueEvent, ChainMoment, Happening } from './programEvents.ts';

/**
 * - `OPEN`: its points are in escrow
 * - `FULFILLED`: by the operator's word; its points are burned
 * - `REFUSED`: by the operator before the deadline; its points are back
 * - `OVERDUE`: refunded after the deadline; its points are back
 */
export type OrderState = 'OPEN' | 'FULFILLED' | 'REFUSED' | 'OVERDUE';

export interface Order {
  readonly programId: string;
  /** Sequential in the program, from 1. */
  readonly number: number;
  /** Who ordered and whose points were in escrow. */
  readonly member: Address;
  /** Number of the item. */
  readonly item: number;
  readonly quantity: number;
  /** Base units of points. */
  readonly points: bigint;
  readonly orderedAtMs: number;
  /** From then on it can't be fulfilled, and anybody may have it refunded. */
  readonly deadlineMs: number;
  /** The member's own reference. */
  readonly orderRef: Hex;
  readonly state: OrderState;
  /** When it was fulfilled or refunded; null while it is open. */
  readonly resolved: ChainMoment | null;
  /** Of the redemption. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** How many orders stand where. */
export interface OrderCounts {
  readonly open: number;
  readonly fulfilled: number;
  readonly refused: number;
  readonly overdue: number;
}

/** An order from its events in chain order; null without its redemption. */
export function foldOrder(
  program: Pick<Program, 'id' | 'orderDeadlineMs'>,
  happenings: readonly Happening<CatalogueEvent>[],
): Order | null {
  let order: Order | null = null;
  for (const { event, moment } of happenings) {
    if (event.kind === 'Redeemed') {
      const { kind: _, order: number, stock: __, ...redeemed } = event;
      const { blockNumber, transactionHash } = moment;
      order = {
        programId: program.id,
        number,
        ...redeemed,
        orderedAtMs: event.deadlineMs - program.orderDeadlineMs,
        state: 'OPEN',
        resolved: null,
        blockNumber,
        transactionHash,
      };
    } else if (event.kind === 'OrderFulfilled' && order !== null) {
      order = { ...order, state: 'FULFILLED', resolved: moment };
    } else if (event.kind === 'OrderRefunded' && order !== null) {
      order = { ...order, state: event.overdue ? 'OVERDUE' : 'REFUSED', resolved: moment };
    }
  }
  return order;
}
