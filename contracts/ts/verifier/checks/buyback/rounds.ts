import { filledRoundedUp, payoutRoundedDown } from '../../../roundMath.ts';
import type { Address } from '../../../statement.ts';
import { shown } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';
import type { LoggedAt, RoundFact } from '../../facts/facts.ts';
import { closesAt, nextRound, openRound, opensAt } from '../../settings/roundClock.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';
import type { TermsHistory } from '../terms/termsHistory.ts';
import type { Reserve } from './reserve.ts';
import {
  dueOf,
  resultFact,
  shownRound,
  type Holding,
  type OpenShare,
  type Round,
  type Result,
  type RoundRead,
} from './round.ts';

/** What a round buys of what was tendered, given the money that is not owed. */
type Purchase = Pick<Result, 'version' | 'covered' | 'budget' | 'filled' | 'payout'>;

/** What the judging of rounds looks up. */
export interface RoundContext {
  readonly settings: SettingsRead;
  readonly terms: TermsHistory;
  readonly reserve: Reserve;
  /** Whether holders sell in a round before a pending change of the buyback terms. */
  readonly isLastRound: (round: number) => boolean;
}

/** Every round of a buyback: who tendered what, what it bought, and who got what for it. */
export class Rounds {
  readonly roundsCheck = new Check('rounds');
  readonly sharesCheck = new Check('shares');
  readonly #clock: SettingsRead;
  readonly #terms: TermsHistory;
  readonly #reserve: Reserve;
  readonly #isLastRound: (round: number) => boolean;
  /** Rounds to which money came, while they were open, that they lacked until then. */
  readonly #lacking = new Set<number>();
  readonly #rounds = new Map<number, Round>();
  #bought = 0n;
  #owedInAll = 0n;
  #settledCount = 0;

  constructor({ settings, terms, reserve, isLastRound }: RoundContext) {
    this.#clock = settings;
    this.#terms = terms;
    this.#reserve = reserve;
    this.#isLastRound = isLastRound;
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
    const bought = this.#purchaseOf(round);
    if (bought === null) return;
    this.roundsCheck.equal(bought.version, event.version, name('version'), at);
    this.roundsCheck.equal(bought.covered, event.covered, name('cover'), at);
    this.roundsCheck.equal(bought.budget, event.budget, name('budget'), at);
    this.roundsCheck.equal(round.tendered, event.tendered, name('points tendered'), at);
    this.roundsCheck.equal(bought.filled, event.filled, name('points bought'), at);
    this.roundsCheck.equal(bought.payout, event.payout, name('payout'), at);
    if (round.result !== null) return;
    round.result = { ...bought, at };
    this.#settledCount++;
    this.#bought += bought.filled;
    this.#owedInAll += bought.payout;
    this.#reserve.owes(bought.payout, at);
  }

  /** Money is about to come in: a round that is open and lacks some is not covered, whatever comes. */
  moneyComes(time: number): void {
    const open = openRound(this.#clock, time);
    if (open === null) return;
    const budget = this.#terms.versionOf(open)?.budgetPerRound ?? 0n;
    if (this.#reserve.free < budget) this.#lacking.add(open);
  }

  /** The round that has tenders and no result yet. */
  get unsettled(): Round | undefined {
    for (const round of this.#rounds.values()) {
      if (round.result === null && round.tendered > 0n) return round;
    }
    return undefined;
  }

  /** What the settlement of a round that has closed would buy and pay at a moment; nothing where none is due. */
  due(time: number): Pick<Purchase, 'filled' | 'payout'> {
    const round = this.unsettled;
    const isDue = round !== undefined && time >= closesAt(this.#clock, round.round);
    const bought = isDue ? this.#purchaseOf(round) : null;
    return bought ?? { filled: 0n, payout: 0n };
  }

  moneyClaimed({ round, holder, to, amount, at }: Of<'MoneyClaimed'>): void {
    const holding = this.#holding(round, holder);
    const what = () => `the money of ${shown(holder)} for round ${round}`;
    const due = holding.moneyClaimed ? 0n : dueOf(this.#round(round), holding.amount).paid;
    this.sharesCheck.equal(due, amount, what, at);
    holding.moneyClaimed = true;
    this.#reserve.paid({ amount: due, holder, to, round, at });
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

  /** What a round buys with the money that there is now; null before any terms. */
  #purchaseOf({ round, tendered }: Round): Purchase | null {
    const terms = this.#terms.versionOf(round);
    if (terms === undefined) return null;
    const { version, budgetPerRound, pricePerPoint } = terms;
    const { free } = this.#reserve;
    const isWhole = free >= budgetPerRound;
    const buysWithAll = this.#clock.backed && this.#isLastRound(round);
    const budget = isWhole && !buysWithAll ? budgetPerRound : free;
    const payout = payoutRoundedDown(tendered, budget, pricePerPoint);
    const filled = filledRoundedUp(payout, pricePerPoint);
    return { version, covered: isWhole && !this.#lacking.has(round), budget, filled, payout };
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
