import {
  filledRoundedDown,
  paidRoundedDown,
  payoutRoundedDown,
  returnedRoundedDown,
} from '../../../roundMath.ts';
import type { Address } from '../../../statement.ts';
import { shown, type Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';
import type { LoggedAt, RoundFact, RoundResultFact } from '../../facts/facts.ts';
import {
  closesAt,
  nextRound,
  openRound,
  opensAt,
  type RoundClock,
} from '../../settings/roundClock.ts';
import type { TermsHistory } from '../terms/termsHistory.ts';
import type { Reserve } from './reserve.ts';

/** The result of a round, recomputed. */
interface Result {
  readonly version: number;
  readonly covered: boolean;
  readonly budget: bigint;
  readonly filled: bigint;
  readonly payout: bigint;
  readonly at: Place;
}

interface Round {
  readonly round: number;
  tendered: bigint;
  readonly holders: Map<Address, Holding>;
  result: Result | null;
  /** Base units of points handed back after it was settled. */
  claimedPoints: bigint;
}

interface Holding {
  amount: bigint;
  moneyClaimed: boolean;
  pointsClaimed: boolean;
}

/** What a contract says of a round. */
export interface RoundRead {
  readonly version: number;
  readonly settled: boolean;
  readonly covered: boolean;
  readonly tendered: bigint;
  readonly filled: bigint;
  readonly payout: bigint;
}

/** What one holder has in one round and has not claimed yet. */
export interface OpenShare extends Readonly<Holding>, Due {
  readonly round: number;
  readonly holder: Address;
}

/** What a tender brings in the end. */
interface Due {
  /** Base units of the settlement token. */
  readonly paid: bigint;
  /** Base units of points. Both are 0 until the round is settled. */
  readonly returned: bigint;
}

/** Every round of a buyback: who tendered what, what it bought, and who got what for it. */
export class Rounds {
  readonly roundsCheck = new Check('rounds');
  readonly sharesCheck = new Check('shares');
  readonly #clock: RoundClock;
  readonly #terms: TermsHistory;
  readonly #reserve: Reserve;
  readonly #rounds = new Map<number, Round>();
  #bought = 0n;
  #owedInAll = 0n;
  #settledCount = 0;

  constructor(clock: RoundClock, terms: TermsHistory, reserve: Reserve) {
    this.#clock = clock;
    this.#terms = terms;
    this.#reserve = reserve;
  }

  get settledCount(): number {
    return this.#settledCount;
  }

  /** Base units of points bought in all rounds. */
  get bought(): bigint {
    return this.#bought;
  }

  /** Base units of the settlement token for them. */
  get payouts(): bigint {
    return this.#owedInAll;
  }

  /** Rounds that have tenders or are settled. */
  numbers(): number[] {
    return [...this.#rounds.keys()];
  }

  isCovered(round: number): boolean {
    return this.#rounds.get(round)?.result?.covered ?? false;
  }

  tendered(event: Of<'Tendered'>, time: number): void {
    const { round, at } = event;
    for (const other of this.#rounds.values()) {
      if (other.round >= round || other.tendered === 0n || other.result !== null) continue;
      const what = `round ${other.round} at a tender of round ${round}`;
      this.roundsCheck.differ(what, 'settled', 'not settled', at);
    }
    this.#moves(event, time, event.amount);
  }

  untendered(event: Of<'Untendered'>, time: number): void {
    this.#moves(event, time, -event.amount);
  }

  settled(event: Of<'RoundSettled'>, time: number): void {
    const { at } = event;
    const round = this.#round(event.round);
    const name = (field: string) => () => `${field} of round ${event.round}`;
    const close = closesAt(this.#clock, event.round);
    this.roundsCheck.holds(time >= close, name('the settlement'), `from ${close} on`, time, at);
    this.roundsCheck.equal(true, round.result === null, name('the first result'), at);
    const { changedAt } = this.#reserve;
    const atClose = `no money that came or went from the close (${close}) on`;
    this.roundsCheck.holds(changedAt < close, name('the money'), atClose, changedAt, at);
    const terms = this.#terms.versionOf(event.round);
    if (terms === undefined) return;
    const { free } = this.#reserve;
    const covered = free >= terms.budgetPerRound;
    const budget = covered ? terms.budgetPerRound : free;
    const filled = filledRoundedDown(round.tendered, budget, terms.pricePerPoint);
    const payout = payoutRoundedDown(filled, terms.pricePerPoint);
    this.roundsCheck.equal(terms.version, event.version, name('version'), at);
    this.roundsCheck.equal(covered, event.covered, name('cover'), at);
    this.roundsCheck.equal(budget, event.budget, name('budget'), at);
    this.roundsCheck.equal(round.tendered, event.tendered, name('points tendered'), at);
    this.roundsCheck.equal(filled, event.filled, name('points bought'), at);
    this.roundsCheck.equal(payout, event.payout, name('payout'), at);
    if (round.result !== null) return;
    round.result = { version: terms.version, covered, budget, filled, payout, at };
    this.#settledCount++;
    this.#bought += filled;
    this.#owedInAll += payout;
    this.#reserve.owes(payout, at);
  }

  moneyClaimed({ round, holder, amount, at }: Of<'MoneyClaimed'>): void {
    const holding = this.#holding(round, holder);
    const what = () => `the money of ${shown(holder)} for round ${round}`;
    const due = holding.moneyClaimed ? 0n : dueOf(this.#round(round), holding.amount).paid;
    this.sharesCheck.equal(due, amount, what, at);
    holding.moneyClaimed = true;
    this.#reserve.paid({ amount: due, holder, round, at });
  }

  pointsClaimed({ round: number, holder, amount, at }: Of<'PointsClaimed'>): void {
    const round = this.#round(number);
    const holding = this.#holding(number, holder);
    const what = () => `the points returned to ${shown(holder)} of round ${number}`;
    const due = holding.pointsClaimed ? 0n : dueOf(round, holding.amount).returned;
    this.sharesCheck.equal(due, amount, what, at);
    holding.pointsClaimed = true;
    round.claimedPoints += due;
  }

  /** Budgets of the open and the next round at a moment: money that the operator can't take. */
  promised(time: number): bigint {
    const open = openRound(this.#clock, time);
    const budgetOf = (round: number) => this.#terms.versionOf(round)?.budgetPerRound ?? 0n;
    return budgetOf(nextRound(this.#clock, time)) + (open === null ? 0n : budgetOf(open));
  }

  /** Base units of points that the buyback holds: tendered and not settled, or not bought and not claimed. */
  escrow(): bigint {
    let points = 0n;
    for (const { tendered, result, claimedPoints } of this.#rounds.values()) {
      points += tendered - (result?.filled ?? 0n) - claimedPoints;
    }
    return points;
  }

  /** Every round with what holders have in it, for pages that show it. */
  facts(loggedAt: LoggedAt): RoundFact[] {
    return [...this.#rounds.values()].map((round) => {
      const { round: number, tendered, result } = round;
      const version = result?.version ?? this.#terms.versionOf(number)?.version ?? 0;
      return {
        round: number,
        opensAt: opensAt(this.#clock, number),
        closesAt: closesAt(this.#clock, number),
        version,
        tendered,
        tenders: [...round.holders].map(([holder, holding]) => ({
          holder,
          ...holding,
          ...dueOf(round, holding.amount),
        })),
        result: result === null ? null : resultFact(result, loggedAt),
      };
    });
  }

  /** The points that each holder has in rounds: tendered, or not bought and not claimed. */
  *inEscrow(): Generator<{ readonly holder: Address; readonly points: bigint }> {
    for (const round of this.#rounds.values()) {
      for (const [holder, { amount, pointsClaimed }] of round.holders) {
        const isOver = round.result !== null;
        if (!isOver) yield { holder, points: amount };
        else if (!pointsClaimed) yield { holder, points: dueOf(round, amount).returned };
      }
    }
  }

  /** What holders have in rounds and have not claimed. */
  *open(): Generator<OpenShare> {
    for (const round of this.#rounds.values()) {
      for (const [holder, holding] of round.holders) {
        const { amount, moneyClaimed, pointsClaimed } = holding;
        const { paid, returned } = dueOf(round, amount);
        const isTender = round.result === null && amount > 0n;
        const isDue = (paid > 0n && !moneyClaimed) || (returned > 0n && !pointsClaimed);
        if (isTender || isDue) yield { round: round.round, holder, paid, returned, ...holding };
      }
    }
  }

  compare(reads: ReadonlyMap<number, RoundRead>): void {
    for (const [number, read] of reads) {
      const { tendered, result } = this.#round(number);
      const version = result?.version ?? this.#terms.versionOf(number)?.version ?? 0;
      const { covered, filled, payout } = result ?? { covered: false, filled: 0n, payout: 0n };
      const settled = result !== null;
      this.roundsCheck.equal(
        shownRound({ version, settled, covered, tendered, filled, payout }),
        shownRound(read),
        () => `round ${number} (roundOf)`,
        null,
      );
    }
  }

  #moves(event: Of<'Tendered' | 'Untendered'>, time: number, change: bigint): void {
    const { round: number, holder, at } = event;
    const round = this.#round(number);
    const holding = this.#holding(number, holder);
    holding.amount += change;
    round.tendered += change;
    const who = () => `what ${shown(holder)} has in round ${number}`;
    const open = openRound(this.#clock, time);
    this.roundsCheck.equal(open ?? 'none', number, () => 'the round that was open', at);
    this.roundsCheck.equal(holding.amount, event.held, who, at);
    this.roundsCheck.equal(round.tendered, event.tendered, () => `tendered in ${number}`, at);
    const { minTender = 0n } = this.#terms.versionOf(number) ?? {};
    const isEnough = holding.amount >= minTender || (holding.amount === 0n && change < 0n);
    this.roundsCheck.holds(isEnough, who, `at least ${minTender}`, holding.amount, at);
  }

  #round(number: number): Round {
    const known = this.#rounds.get(number);
    if (known !== undefined) return known;
    const round: Round = {
      round: number,
      tendered: 0n,
      holders: new Map(),
      result: null,
      claimedPoints: 0n,
    };
    this.#rounds.set(number, round);
    return round;
  }

  #holding(number: number, holder: Address): Holding {
    const { holders } = this.#round(number);
    const known = holders.get(holder);
    if (known !== undefined) return known;
    const holding: Holding = { amount: 0n, moneyClaimed: false, pointsClaimed: false };
    holders.set(holder, holding);
    return holding;
  }
}

function resultFact({ version: _, at, ...result }: Result, loggedAt: LoggedAt): RoundResultFact {
  return { ...result, settled: loggedAt(at) };
}

function dueOf({ tendered, result }: Round, amount: bigint): Due {
  if (result === null || tendered === 0n) return { paid: 0n, returned: 0n };
  return {
    paid: paidRoundedDown(amount, result.payout, tendered),
    returned: returnedRoundedDown(amount, tendered, result.filled),
  };
}

function shownRound(round: RoundRead): string {
  const { version, settled, covered, tendered, filled, payout } = round;
  const state = `${settled ? 'settled' : 'not settled'}${covered ? ', covered' : ''}`;
  return `version ${version}, ${state}: ${filled} of ${tendered} bought for ${payout}`;
}
