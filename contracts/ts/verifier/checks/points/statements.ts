import { statementPoints, type Line } from '../../../formula.ts';
import type { Address } from '../../../statement.ts';
import {
  shown,
  SKIP_REASONS,
  type Settled,
  type Skipped,
  type Place,
} from '../../events/events.ts';
import type { EpochFact } from '../../facts/facts.ts';
import { Check } from '../../report/check.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';
import type { RuleHistory } from '../terms/ruleHistory.ts';
import { linesOf, refusalOf } from './acceptance.ts';

/** A member and an epoch whose settled points can still be read from the contract. */
export interface OpenStatement {
  readonly member: Address;
  readonly epoch: number;
}

/**
 * Recomputes every settled and every skipped statement. Keeps what was minted only of epochs that can still be
 * settled, so memory is bounded by the settlement window.
 */
export class Statements {
  readonly acceptedCheck = new Check('statements');
  readonly pointsCheck = new Check('points');
  readonly budgetsCheck = new Check('budgets');
  readonly skipsCheck = new Check('skips');
  readonly openCheck = new Check('openEpochs');
  readonly #settings: SettingsRead;
  readonly #rules: RuleHistory;
  /** Base units minted so far by epoch and member, as the contract logged them. */
  readonly #minted = new Map<number, Map<Address, bigint>>();
  #clockEpoch = 0;
  #mintedInClockEpoch = 0n;
  #lastMint: Place | null = null;
  #settledCount = 0;
  #skippedCount = 0;
  readonly #members = new Set<Address>();
  #touched: OpenStatement[] = [];
  /** Epochs of the clock that are over and in which something was minted. */
  readonly #epochs: EpochFact[] = [];

  constructor(settings: SettingsRead, rules: RuleHistory) {
    this.#settings = settings;
    this.#rules = rules;
  }

  get settledCount(): number {
    return this.#settledCount;
  }

  get skippedCount(): number {
    return this.#skippedCount;
  }

  /** How many accounts something was settled to. */
  get memberCount(): number {
    return this.#members.size;
  }

  /** Every statement that is still open. */
  *open(): Generator<OpenStatement> {
    for (const [epoch, members] of this.#minted) {
      for (const member of members.keys()) yield { member, epoch };
    }
  }

  /** Statements settled since this was last asked. */
  takeTouched(): OpenStatement[] {
    const touched = this.#touched;
    this.#touched = [];
    return touched;
  }

  /** Moves the clock on. The budget of the epoch that ends is judged, and closed epochs are forgotten. */
  clock(clockEpoch: number): void {
    if (clockEpoch === this.#clockEpoch) return;
    this.#judgeBudget();
    this.#epochs.push(...this.#mintingEpoch());
    this.#clockEpoch = clockEpoch;
    this.#mintedInClockEpoch = 0n;
    for (const epoch of this.#minted.keys()) {
      if (clockEpoch - epoch > this.#settings.settlementWindow) this.#minted.delete(epoch);
    }
  }

  /** What was minted in each epoch of the clock, for pages that show it. */
  facts(): EpochFact[] {
    return [...this.#epochs, ...this.#mintingEpoch()];
  }

  /** @returns How much more than before the event says was minted for the statement. */
  settled(event: Settled): bigint {
    this.#settledCount++;
    const { member, epoch, at } = event;
    const lines = linesOf(event.lines);
    this.#judgeAcceptance(event, lines);
    const before = this.#mintedFor(member, epoch);
    const increase = event.points - before;
    const earned = this.#earned(epoch, lines ?? []);
    const left = this.#budget() - this.#mintedInClockEpoch;
    const payable = before + (left > 0n ? left : 0n);
    const expected = earned < payable ? earned : payable;
    const name = () => `points of ${shown(member)}, epoch ${epoch}`;
    this.pointsCheck.equal(expected, event.points, name, at);
    this.pointsCheck.holds(
      increase > 0n,
      () => `${name()}, settled again`,
      `more than ${before}`,
      event.points,
      at,
    );
    this.#mintedInClockEpoch += increase;
    this.#lastMint = at;
    if (event.points < earned) {
      this.budgetsCheck.equal(
        this.#budget(),
        this.#mintedInClockEpoch,
        () =>
          `minted in epoch ${this.#clockEpoch} of the clock when ${name()} stayed below ${earned}`,
        at,
      );
    }
    this.#keep(member, epoch, event.points);
    return increase;
  }

  skipped(event: Skipped): void {
    this.#skippedCount++;
    const actual = SKIP_REASONS[event.reason] ?? `reason ${event.reason}`;
    const lines = linesOf(event.lines);
    const expected = lines === null ? 'nothing: broken lines' : this.#skipReason(event, lines);
    const name = () => `why ${shown(event.member)}, epoch ${event.epoch}, was left out`;
    this.skipsCheck.equal(expected, actual, name, event.at);
  }

  /** Compares the budget of the clock's epoch; {@link clock} must have been told that epoch before. */
  compareBudget(minted: bigint, left: bigint): void {
    this.#judgeBudget();
    const epoch = `epoch ${this.#clockEpoch} of the clock (budget)`;
    const expectedLeft = this.#budget() - this.#mintedInClockEpoch;
    this.budgetsCheck.equal(this.#mintedInClockEpoch, minted, () => `minted in ${epoch}`, null);
    this.budgetsCheck.equal(expectedLeft, left, () => `left in ${epoch}`, null);
  }

  /** Compares what the contract minted for one open statement. */
  compareOpen({ member, epoch }: OpenStatement, actual: bigint): void {
    const name = () => `minted to ${shown(member)} for epoch ${epoch} (mintedFor)`;
    this.openCheck.equal(this.#mintedFor(member, epoch), actual, name, null);
  }

  #judgeAcceptance(event: Settled, lines: Line[] | null): void {
    const refusal =
      lines === null
        ? 'broken lines'
        : refusalOf(event, lines, this.#clockEpoch, this.#settings, this.#rules);
    const name = () => `the statement of ${shown(event.member)}, epoch ${event.epoch}`;
    this.acceptedCheck.equal('settled', refusal ?? 'settled', name, event.at);
  }

  #skipReason(event: Skipped, lines: Line[]): string {
    const refusal = refusalOf(event, lines, this.#clockEpoch, this.#settings, this.#rules);
    if (refusal !== null) return refusal;
    const owed = this.#earned(event.epoch, lines) > this.#mintedFor(event.member, event.epoch);
    if (!owed) return 'nothing: it brought nothing new';
    const left = this.#budget() - this.#mintedInClockEpoch;
    return left > 0n ? `nothing: ${left} of the budget was left` : 'BudgetUsedUp';
  }

  /** The epoch of the clock, if anything was minted in it. */
  #mintingEpoch(): EpochFact[] {
    if (this.#mintedInClockEpoch === 0n) return [];
    const minted = this.#mintedInClockEpoch;
    return [{ epoch: this.#clockEpoch, minted, budget: this.#budget() }];
  }

  #judgeBudget(): void {
    const budget = this.#budget();
    this.budgetsCheck.holds(
      this.#mintedInClockEpoch <= budget,
      () => `minted in epoch ${this.#clockEpoch} of the clock`,
      `at most ${budget}`,
      this.#mintedInClockEpoch,
      this.#lastMint,
    );
  }

  #budget(): bigint {
    return this.#rules.versionOf(this.#clockEpoch)?.budgetPerEpoch ?? 0n;
  }

  #earned(epoch: number, lines: Line[]): bigint {
    const version = this.#rules.versionOf(epoch);
    return version === undefined ? 0n : statementPoints(version.termsById, lines, epoch);
  }

  #mintedFor(member: Address, epoch: number): bigint {
    return this.#minted.get(epoch)?.get(member) ?? 0n;
  }

  #keep(member: Address, epoch: number, points: bigint): void {
    let members = this.#minted.get(epoch);
    if (members === undefined) {
      members = new Map<Address, bigint>();
      this.#minted.set(epoch, members);
    }
    members.set(member, points);
    this.#members.add(member);
    this.#touched.push({ member, epoch });
  }
}
