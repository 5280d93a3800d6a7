/** Says what happened to a member, one entry for each event of its accounts, and one for what a rule earned in an epoch. Pure. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import { epochStartMs, ruleOf } from '../epochs.ts';
import type { ChainMoment, ReadEvent } from '../events.ts';
import type { Program, Rule } from '../program.ts';
import { outcomeOf, type Round, type Share } from '../buyback/round.ts';
import { partsOf } from '../statements/parts.ts';
import type { StatementRecord } from '../statements/statementRecord.ts';

/**
 * - `EARNED`: what one rule earned in one epoch, settled or not, maturing or not
 * - `SETTLED`: minted
 * - `TENDERED`, `RETURNED`: into a round and back, untendered or not bought
 * - `BOUGHT`: what a settled round bought, and its money
 * - `OBJECTED`, `RELEASED`: locked against a change and back
 * - `ORDERED`, `FULFILLED`, `REFUNDED`: an order and its end
 * - `MOVED`: from one account of the member to another, or to the member that it was merged into
 * - `MERGED`: from a member that was merged into this one
 * - `MONEY_SENT`: money of rounds that went to an account that is not the member's in the program
 */
export const ACTIVITY_KINDS = [
  'EARNED',
  'SETTLED',
  'TENDERED',
  'BOUGHT',
  'RETURNED',
  'OBJECTED',
  'RELEASED',
  'ORDERED',
  'FULFILLED',
  'REFUNDED',
  'MOVED',
  'MERGED',
  'MONEY_SENT',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** One thing that happened to a member. */
export interface Activity {
  readonly kind: ActivityKind;
  /** Time of its block; of what is earned, the start of its epoch. */
  readonly atMs: number;
  readonly account: Address;
  /** Base units of points; null for money alone. */
  readonly points: bigint | null;
  /** Base units of the settlement token; null for points alone. */
  readonly money: bigint | null;
  readonly epoch: number | null;
  readonly rule: Rule | null;
  /** Actions under the rule. */
  readonly count: bigint | null;
  readonly round: number | null;
  readonly change: number | null;
  readonly order: number | null;
  /** Where points or money went. */
  readonly to: Address | null;
  /** Null for what is earned, which is off chain. */
  readonly moment: ChainMoment | null;
}

const NOTHING_ELSE = {
  ...{ points: null, money: null, epoch: null, rule: null, count: null },
  ...{ round: null, change: null, order: null, to: null, moment: null },
};

/** Kinds of events of which each is an entry, by the kind of the entry. */
export const EVENTS_OF: Readonly<Partial<Record<ActivityKind, readonly ReadEvent['kind'][]>>> = {
  SETTLED: ['StatementSettled'],
  TENDERED: ['Tendered'],
  RETURNED: ['Untendered', 'PointsClaimed'],
  OBJECTED: ['Objected'],
  RELEASED: ['ObjectionReleased'],
  ORDERED: ['Redeemed'],
  FULFILLED: ['OrderFulfilled'],
  REFUNDED: ['OrderRefunded'],
  MOVED: ['AccountMoved'],
  MONEY_SENT: ['MoneyClaimed', 'MoneySent'],
};

/** An entry without its time. */
type Happening = Omit<Activity, 'atMs' | 'moment'>;

/** Makes the entry of an event; null for an event that is none. */
export function happeningOf(event: ReadEvent): Happening | null {
  const of = (kind: ActivityKind, account: Address, rest: Partial<Happening>): Happening => ({
    ...NOTHING_ELSE,
    ...{ kind, account },
    ...rest,
  });
  switch (event.kind) {
    case 'StatementSettled':
      return of('SETTLED', event.account, { points: event.amount, epoch: event.epoch });
    case 'Tendered':
      return of('TENDERED', event.holder, { points: event.amount, round: event.round });
    case 'Untendered':
    case 'PointsClaimed':
      return of('RETURNED', event.holder, { points: event.amount, round: event.round });
    case 'Objected':
      return of('OBJECTED', event.holder, { points: event.amount, change: event.change });
    case 'ObjectionReleased':
      return of('RELEASED', event.holder, { points: event.amount, change: event.change });
    case 'Redeemed':
      return of('ORDERED', event.member, { points: event.points, order: event.order });
    case 'OrderFulfilled':
      return of('FULFILLED', event.member, { points: event.points, order: event.order });
    case 'OrderRefunded':
      return of('REFUNDED', event.member, { points: event.points, order: event.order });
    case 'AccountMoved':
      return of('MOVED', event.from, { points: event.amount, to: event.to });
    case 'MoneyClaimed':
      // Paid into the account itself, it is the member's still: `BOUGHT` says that it came.
      return event.to === event.holder
        ? null
        : of('MONEY_SENT', event.holder, { money: event.amount, to: event.to, round: event.round });
    case 'MoneySent':
      return of('MONEY_SENT', event.holder, { money: event.amount, to: event.to });
    default:
      return null;
  }
}

/** Makes the entry of points that came from a merged member; null for any other event. */
export function mergedOf(event: ReadEvent): Happening | null {
  if (event.kind !== 'AccountMoved') return null;
  const { from: account, to, amount: points } = event;
  return { ...NOTHING_ELSE, kind: 'MERGED', account, points, to };
}

/** Makes the entries of one statement, by ascending rule id: what each rule earns once everything has matured. */
export function earningsOf(program: Program, statement: StatementRecord): Activity[] {
  const { epoch, account } = statement;
  const atMs = epochStartMs(program, epoch);
  return partsOf(program, statement).flatMap(({ ruleId, expected, points, maturing }) => {
    const rule = ruleOf(program, epoch, ruleId);
    if (rule === null || expected.count === 0n) return [];
    const earned = { points: points + maturing, count: expected.count };
    return [{ ...NOTHING_ELSE, kind: 'EARNED' as const, atMs, account, epoch, rule, ...earned }];
  });
}

/** Makes the entry of a share in a settled round; null before. */
export function soldOf(share: Share, round: Round | undefined): Activity | null {
  const outcome = round === undefined ? null : outcomeOf(share, round);
  const moment = round?.result?.moment ?? null;
  if (outcome === null || moment === null) return null;
  const { holder: account } = share;
  const result = { points: share.amount - outcome.returned, money: outcome.paid };
  const at = { atMs: moment.atMs, moment, round: share.round };
  return { ...NOTHING_ELSE, kind: 'BOUGHT', account, ...result, ...at };
}
