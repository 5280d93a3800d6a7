/** Computes what events add to the totals of a program. Pure. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { OrderState } from '../catalogue/order.ts';
import type { ReadEvent } from '../events.ts';

type Transfer = Extract<ReadEvent, { kind: 'Transfer' }>;

/** What an event adds to one total. */
export interface TotalChange {
  /** Name of the total; the balance of an account has the name of the account. */
  readonly name: string;
  readonly delta: bigint;
}

/** Names of totals. */
export const ISSUED = 'issued';
export const BURNED = 'burned';
/** Base units of the settlement token. */
export const RESERVE = 'reserve';
export const OWED = 'owed';
export const orderCountName = (state: OrderState): string => `orders:${state}`;
/** Base units of points of an account in escrow for open orders, or locked against changes. */
export const orderedName = (account: Address): string => `ordered:${account}`;
export const objectedName = (account: Address): string => `objected:${account}`;

/** Number of accounts with a tender in a round. */
export const tenderersName = (round: number): string => `tenderers:${round}`;

/** Totals of which there is also what each day added, to show how they came about. */
export const DAILY = [ISSUED, BURNED, RESERVE, OWED] as const;
export type DailyTotal = (typeof DAILY)[number];
const DAY_MS = 86_400_000;
/** Days since 1970, in UTC. */
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
export const startOfDayMs = (day: number): number => day * DAY_MS;
/** What one day added to a total. */
export const onDayName = (total: DailyTotal, day: number): string => `${total}@${day}`;
export const isOfDay = (name: string): boolean => name.includes('@');

const isDaily = (name: string): name is DailyTotal => (DAILY as readonly string[]).includes(name);

const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;

const change = (name: string, delta: bigint): TotalChange => ({ name, delta });

/** What is minted is not among them: it is the outcome of a statement. */
const transferred = ({ from, to, amount }: Transfer): TotalChange[] => [
  change(from, -amount),
  to === ZERO_ADDRESS ? change(BURNED, amount) : change(to, amount),
];

const resolved = (member: Address, points: bigint, state: OrderState): TotalChange[] => [
  change(orderCountName('OPEN'), -1n),
  change(orderCountName(state), 1n),
  change(orderedName(member), -points),
];

/**
 * Lists what an event adds to totals, and to those of its day; nothing for most kinds.
 *
 * @param blockTimeMs Null where it is not known: then no day has it.
 */
export function totalChangesOf(
  event: ReadEvent | { readonly kind: string },
  blockTimeMs: number | null,
): TotalChange[] {
  const changes = changesOf(event as ReadEvent);
  if (blockTimeMs === null) return changes;
  const day = dayOf(blockTimeMs);
  const ofDay = changes.flatMap(({ name, delta }) =>
    isDaily(name) ? [change(onDayName(name, day), delta)] : [],
  );
  return [...changes, ...ofDay];
}

function changesOf(counted: ReadEvent): TotalChange[] {
  switch (counted.kind) {
    case 'Transfer':
      return transferred(counted);
    case 'StatementSettled':
      return [change(ISSUED, counted.amount), change(counted.account, counted.amount)];
    case 'Deposited':
    case 'Synced':
      return [change(RESERVE, counted.amount)];
    case 'Withdrawn':
      return [change(RESERVE, -counted.amount)];
    case 'Tendered':
      // Nobody who had tendered before has no more than this tender.
      return counted.held === counted.amount ? [change(tenderersName(counted.round), 1n)] : [];
    case 'Untendered':
      return counted.held === 0n ? [change(tenderersName(counted.round), -1n)] : [];
    case 'RoundSettled':
      return [change(OWED, counted.payout)];
    case 'MoneyClaimed':
      return [change(RESERVE, -counted.amount), change(OWED, -counted.amount)];
    case 'Redeemed':
      return [
        change(orderCountName('OPEN'), 1n),
        change(orderedName(counted.member), counted.points),
      ];
    case 'OrderFulfilled':
      return resolved(counted.member, counted.points, 'FULFILLED');
    case 'OrderRefunded':
      return resolved(counted.member, counted.points, counted.overdue ? 'OVERDUE' : 'REFUSED');
    case 'Objected':
      return [change(objectedName(counted.holder), counted.amount)];
    case 'ObjectionReleased':
      return [change(objectedName(counted.holder), -counted.amount)];
    default:
      return [];
  }
}
