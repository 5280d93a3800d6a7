/** Makes what is told of events of a program's contracts and of its clock. Pure. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import { outcomeOf, type SettledAmounts, type Share } from '../buyback/round.ts';
import { newestRoundAt, roundClosesAtMs, roundOpensAtMs } from '../buyback/roundClock.ts';
import { epochAt, epochStartMs, recordingClosesAtMs } from '../epochs.ts';
import type { ReadEvent } from '../events.ts';
import type { Program } from '../program.ts';
import type { Change } from '../terms/change.ts';
import type { DataOf, ToldKind } from './eventKinds.ts';

/** One thing to tell. */
export type Telling = {
  readonly [Kind in ToldKind]: {
    readonly kind: Kind;
    /** Account that it happened to; null for what is about the program. */
    readonly account: Address | null;
    readonly data: DataOf<Kind>;
  };
}[ToldKind];

/** What the clock says. */
export interface ClockTelling {
  readonly telling: Telling;
  readonly atMs: number;
  /** Tells it from others of its kind in the program. */
  readonly name: string;
}

const HURTS_MEMBERS = 1;
const HURTS_HOLDERS = 2;
/** Texts of operators can be long, and are in the API. */
const MAX_TEXT_CHARACTERS = 1_000;

/** By which contracts say that there is none. */
const NOBODY: Address = `0x${'0'.repeat(40)}`;
const orNull = (account: Address): Address | null => (account === NOBODY ? null : account);

function of<Kind extends ToldKind>(
  kind: Kind,
  account: Address | null,
  data: DataOf<Kind>,
): Telling {
  // The compiler can't see that kind and data belong together once they are one object of a union.
  return { kind, account, data } as unknown as Telling;
}

type OfMember = Extract<
  ReadEvent,
  {
    kind:
      | 'StatementSettled'
      | 'Tendered'
      | 'Untendered'
      | 'MoneyClaimed'
      | 'PointsClaimed'
      | 'MoneySent'
      | 'Redeemed'
      | 'OrderFulfilled'
      | 'OrderRefunded'
      | 'Objected'
      | 'ObjectionReleased'
      | 'AccountMoved';
  }
>;

function tellingOfMember(event: OfMember): Telling | null {
  switch (event.kind) {
    case 'StatementSettled': {
      const { account, epoch, amount, points: total } = event;
      return amount === 0n ? null : of('points.settled', account, { epoch, points: amount, total });
    }
    case 'Tendered':
    case 'Untendered': {
      const { round, holder, amount: points, held: total } = event;
      const kind = event.kind === 'Tendered' ? 'tender.placed' : 'tender.withdrawn';
      return of(kind, holder, { round, points, total });
    }
    case 'MoneyClaimed': {
      const { round, holder, amount: money, to } = event;
      return of('tender.paid', holder, { round, money, to });
    }
    case 'PointsClaimed':
      return of('tender.returned', event.holder, { round: event.round, points: event.amount });
    case 'MoneySent':
      return of('money.sent', event.holder, { money: event.amount, to: event.to });
    case 'Redeemed': {
      const { order, member, item, quantity, points, orderRef, deadlineMs: deadline } = event;
      return of('order.placed', member, { order, item, quantity, points, orderRef, deadline });
    }
    case 'OrderFulfilled':
      return of('order.fulfilled', event.member, { order: event.order, points: event.points });
    case 'OrderRefunded': {
      const { order, item, member, points, overdue: isOverdue } = event;
      return of('order.refunded', member, { order, item, points, isOverdue });
    }
    case 'Objected': {
      const { change, holder, amount: points, held: total, objections } = event;
      return of('objection.placed', holder, { change, points, total, objections });
    }
    case 'ObjectionReleased':
      return of('objection.released', event.holder, { change: event.change, points: event.amount });
    case 'AccountMoved': {
      const { from, to, amount: points } = event;
      return of('member.moved', from, { from, to, points });
    }
  }
}

function tellingOfTerms(
  program: Pick<Program, 'address'>,
  event: Extract<
    ReadEvent,
    {
      kind:
        | 'ChangeAnnounced'
        | 'ChangeEnacted'
        | 'ChangeStruckDown'
        | 'ChangeWithdrawn'
        | 'RuleSetPublished'
        | 'TermsPublished';
    }
  >,
): Telling {
  switch (event.kind) {
    case 'ChangeAnnounced': {
      const { change, impact, noticeEndsAtMs, diesAtMs, lastRoundOwed } = event;
      return of('change.announced', null, {
        change,
        target: event.target === program.address ? 'RULES' : 'BUYBACK',
        hurtsMembers: (impact & HURTS_MEMBERS) !== 0,
        hurtsHolders: (impact & HURTS_HOLDERS) !== 0,
        ...{ noticeEndsAt: noticeEndsAtMs, diesAt: diesAtMs, lastRoundOwed },
      });
    }
    case 'ChangeEnacted':
      return of('change.enacted', null, { change: event.change, version: event.version });
    case 'ChangeStruckDown': {
      const { change, objections, needed } = event;
      return of('change.struck_down', null, { change, objections, needed });
    }
    case 'ChangeWithdrawn':
      return of('change.withdrawn', null, { change: event.change, isStrike: event.counted });
    case 'RuleSetPublished': {
      const { version, fromEpoch, rules, budgetPerEpoch, documentHash } = event.ruleSet;
      const data = { version, fromEpoch, rules: rules.length, budgetPerEpoch, documentHash };
      return of('rules.published', null, data);
    }
    case 'TermsPublished': {
      const { version, fromRound, pricePerPoint, budgetPerRound, minTender } = event.terms;
      const data = { version, fromRound, pricePerPoint, budgetPerRound, minTender };
      return of('buyback_terms.published', null, data);
    }
  }
}

type OfItem = Extract<
  ReadEvent,
  {
    kind:
      | 'ItemAdded'
      | 'PriceCut'
      | 'PriceRiseScheduled'
      | 'StockAdded'
      | 'WithdrawalScheduled'
      | 'WithdrawalCancelled';
  }
>;

function tellingOfItem(event: OfItem): Telling {
  const { item } = event;
  switch (event.kind) {
    case 'ItemAdded': {
      const { price, stock } = event;
      const text = event.text.slice(0, MAX_TEXT_CHARACTERS);
      return of('item.added', null, { item, price, stock, text });
    }
    case 'PriceCut':
      return of('item.price_cut', null, { item, price: event.price });
    case 'PriceRiseScheduled': {
      const { price, takesEffectAtMs: takesEffectAt } = event;
      return of('item.price_rise_scheduled', null, { item, price, takesEffectAt });
    }
    case 'StockAdded':
      return of('item.stock_added', null, { item, added: event.added, stock: event.stock });
    case 'WithdrawalScheduled':
      return of('item.withdrawal_scheduled', null, { item, takesEffectAt: event.takesEffectAtMs });
    case 'WithdrawalCancelled':
      return of('item.withdrawal_cancelled', null, { item });
  }
}

/** Makes what is told of an event on chain; null for one that nobody is told of. Shares of a settled round: {@link shareTelling}. */
export function tellingOf(program: Pick<Program, 'address'>, event: ReadEvent): Telling | null {
  switch (event.kind) {
    case 'Transfer':
    case 'StatementSkipped':
      return null;
    case 'ChangeAnnounced':
    case 'ChangeEnacted':
    case 'ChangeStruckDown':
    case 'ChangeWithdrawn':
    case 'RuleSetPublished':
    case 'TermsPublished':
      return tellingOfTerms(program, event);
    case 'RoundSettled': {
      const { round, version, covered, budget, tendered, filled: bought, payout } = event;
      const data = { round, version, covered, budget, tendered, bought, payout };
      return of('round.settled', null, data);
    }
    case 'Deposited':
    case 'Synced': {
      const { amount: money, reserve } = event;
      const from = event.kind === 'Deposited' ? event.from : null;
      return of('reserve.deposited', null, { money, reserve, from });
    }
    case 'Withdrawn':
      return of('reserve.withdrawn', null, {
        ...{ money: event.amount, reserve: event.reserve, to: event.to },
      });
    case 'RecorderRotated':
      return of('recorder.rotated', null, { recorder: event.recorder, fromEpoch: event.fromEpoch });
    case 'RecorderRevoked':
      return of('recorder.revoked', null, {
        ...{ recorder: event.recorder, next: orNull(event.next) },
      });
    case 'OperatorOffered':
      return of('operator.offered', null, {
        ...{ operator: event.operator, next: orNull(event.next) },
      });
    case 'OperatorChanged':
      return of('operator.changed', null, {
        ...{ previous: orNull(event.previous), operator: event.operator },
      });
    case 'Anchored':
      return of('epoch.anchored', null, {
        ...{ epoch: event.epoch, root: event.root, count: event.count },
      });
    case 'ItemAdded':
    case 'PriceCut':
    case 'PriceRiseScheduled':
    case 'StockAdded':
    case 'WithdrawalScheduled':
    case 'WithdrawalCancelled':
      return tellingOfItem(event);
    default:
      return tellingOfMember(event);
  }
}

/** Makes what the holder of a share is told when its round is settled; null before, and for a share that was taken out again. */
export function shareTelling(share: Share, round: SettledAmounts): Telling | null {
  const outcome = outcomeOf(share, round);
  if (outcome === null || share.amount === 0n) return null;
  const { paid: money, returned } = outcome;
  const bought = share.amount - returned;
  const data = { round: share.round, points: share.amount, bought, returned, money };
  return of('tender.settled', share.holder, data);
}

/** Makes what is told of a member that was merged into another one. */
export const mergeTelling = (account: Address, data: DataOf<'member.merged'>): Telling =>
  of('member.merged', account, data);
/** Makes what is told of a member that was erased. */
export const erasureTelling = (account: Address): Telling => of('member.erased', account, {});
/** Makes what is told of a change with enough objections. */
export const thresholdTelling = (data: DataOf<'change.threshold_reached'>): Telling =>
  of('change.threshold_reached', null, data);
/** Makes what is told of a reserve that is low. */
export const lowReserveTelling = (data: DataOf<'reserve.low'>): Telling =>
  of('reserve.low', null, data);
/** Makes what is told of a gas tank that is low. */
export const lowGasTelling = (data: DataOf<'gas_tank.low'>): Telling =>
  of('gas_tank.low', null, data);

/** Numbers of a series of equal steps that begin after one moment and up to another. */
function startsBetween(
  numberAt: (ms: number) => number,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): number[] {
  const [first, last] = [Math.max(0, numberAt(fromMs) + 1), numberAt(toMs)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_none, index) => first + index);
}

/**
 * Makes what the clock of a program says after one moment and up to another, in the order of time.
 *
 * @param pending The change that is pending at the later one; null for none.
 */
export function clockTellings(
  program: Program,
  span: { readonly fromMs: number; readonly toMs: number },
  pending: Pick<Change, 'number' | 'diesAtMs'> | null,
): ClockTelling[] {
  const isWithin = (ms: number): boolean => ms > span.fromMs && ms <= span.toMs;
  const closedRoundAt = (ms: number): number => newestRoundAt(program, ms - program.roundWindowMs);
  const closedEpochAt = (ms: number): number =>
    epochAt(program, ms - (recordingClosesAtMs(program, 0) - epochStartMs(program, 0)));
  const opened = startsBetween((ms) => newestRoundAt(program, ms), span).map((round) => ({
    telling: of('round.opened', null, { round, closesAt: roundClosesAtMs(program, round) }),
    atMs: roundOpensAtMs(program, round),
    name: `${round}`,
  }));
  const closed = startsBetween(closedRoundAt, span).map((round) => ({
    telling: of('round.closed', null, { round }),
    atMs: roundClosesAtMs(program, round),
    name: `${round}`,
  }));
  const epochs = startsBetween(closedEpochAt, span).map((epoch) => ({
    telling: of('epoch.closed', null, { epoch }),
    atMs: recordingClosesAtMs(program, epoch),
    name: `${epoch}`,
  }));
  const rules = program.ruleSets.map(({ version, fromEpoch }) => ({
    telling: of('rules.in_force', null, { version, fromEpoch }),
    atMs: epochStartMs(program, fromEpoch),
    name: `${version}`,
  }));
  const terms = program.buybackTerms.map(({ version, fromRound }) => ({
    telling: of('buyback_terms.in_force', null, { version, fromRound }),
    atMs: roundOpensAtMs(program, fromRound),
    name: `${version}`,
  }));
  const died =
    pending === null
      ? []
      : [
          {
            telling: of('change.died', null, { change: pending.number }),
            atMs: pending.diesAtMs,
            name: `${pending.number}`,
          },
        ];
  return [
    ...epochs,
    ...[...rules, ...terms, ...died].filter(({ atMs }) => isWithin(atMs)),
    ...[...opened, ...closed],
  ].sort((a, b) => a.atMs - b.atMs);
}
