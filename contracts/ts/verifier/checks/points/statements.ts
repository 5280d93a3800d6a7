import { statementPoints, type Line } from '../../../formula.ts';
import { unpackLines, type Address, type PackedStatement } from '../../../statement.ts';
import { shown, type Place } from '../../events/events.ts';
import type { EpochFact } from '../../facts/facts.ts';
import { Check } from '../../report/check.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';
import type { RuleHistory } from '../terms/ruleHistory.ts';
import { refusalOf } from './acceptance.ts';

/** A member and an epoch whose settled points can still be read from the contract. */
export interface OpenStatement {
  readonly member: Address;
  readonly epoch: number;
}

/** What the supply of points is, and what may be added to it. Base units. */
export interface Issuance {
  readonly supply: bigint;
  /** What the reserve could buy back at the highest price that is promised; null where a program is not backed. */
  readonly backing: bigint | null;
}

/** What must come of a statement that is settled now. */
export type Outcome =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'minted'; readonly amount: bigint };

const NOTHING: Outcome = { kind: 'nothing' };
/** As in `AccountWord.sol`. */
const MAX_SUPPLY = 2n ** 71n - 1n;

/**
 * Recomputes every statement that was settled or left out. Keeps what was minted only of epochs that can still be
 * settled, so memory is bounded by the settlement window.
 */
export class Statements {
  readonly acceptedCheck = new Check('statements');
  readonly pointsCheck = new Check('points');
  readonly budgetsCheck = new Check('budgets');
  readonly backedCheck = new Check('backed');
  readonly skipsCheck = new Check('skips');
  readonly openCheck = new Check('openEpochs');
  readonly #settings: SettingsRead;
  readonly #rules: RuleHistory;
  readonly #issuance: () => Issuance;
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

  /** @param issuance What holds just before the statement that is judged. */
  constructor(settings: SettingsRead, rules: RuleHistory, issuance: () => Issuance) {
    this.#settings = settings;
    this.#rules = rules;
    this.#issuance = issuance;
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

  /** What must come of a statement that is settled now. */
  outcomeOf(statement: PackedStatement): Outcome {
    const lines = unpackLines(statement.lines);
    const reason = this.#refusalOf(statement, lines);
    if (reason !== null) return { kind: 'skipped', reason };
    const { member, epoch } = statement;
    const owed = this.#earned(epoch, lines) - this.#mintedFor(member, epoch);
    if (owed <= 0n) return NOTHING;
    const amount = smaller(owed, this.#room());
    if (amount > 0n) return { kind: 'minted', amount };
    const { budget, backing } = this.#limits();
    return { kind: 'skipped', reason: backing < budget ? 'NotBacked' : 'BudgetUsedUp' };
  }

  /** Judges a statement for which `amount` was minted. */
  settled(statement: PackedStatement, amount: bigint, at: Place): void {
    this.#settledCount++;
    const { member, epoch } = statement;
    const lines = unpackLines(statement.lines);
    const name = () => `the statement of ${shown(member)}, epoch ${epoch}`;
    const refusal = this.#refusalOf(statement, lines);
    this.acceptedCheck.equal('settled', refusal ?? 'settled', name, at);
    const before = this.#mintedFor(member, epoch);
    const earned = this.#earned(epoch, lines);
    const owed = earned > before ? earned - before : 0n;
    const room = this.#room();
    const expected = smaller(owed, room);
    const what = () => `minted for ${name()}, for which ${before} were minted before`;
    this.pointsCheck.equal(expected, amount, what, at);
    if (this.#settings.backed) {
      const { backing } = this.#limits();
      this.backedCheck.holds(amount <= backing, what, `at most ${backing}`, amount, at);
    }
    if (amount < owed) {
      const held = () => `minted when ${name()} stayed below ${earned}, all that could be`;
      this.budgetsCheck.equal(room, amount, held, at);
    }
    this.#mintedInClockEpoch += amount;
    this.#lastMint = at;
    this.#keep(member, epoch, before + amount);
  }

  /** Judges a statement that was left out. @param actual The reason that was given. */
  skipped(statement: PackedStatement, actual: string, at: Place): void {
    this.#skippedCount++;
    const outcome = this.outcomeOf(statement);
    const expected = outcome.kind === 'skipped' ? outcome.reason : shownOutcome(outcome);
    const { member, epoch } = statement;
    const name = () => `why ${shown(member)}, epoch ${epoch}, was left out`;
    this.skipsCheck.equal(expected, actual, name, at);
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

  #refusalOf(statement: PackedStatement, lines: readonly Line[]) {
    return refusalOf(statement, lines, this.#clockEpoch, this.#settings, this.#rules);
  }

  /** How much more may be minted now: by the budget, and by the backing where the program is backed. */
  #limits(): { readonly budget: bigint; readonly backing: bigint } {
    const { supply, backing } = this.#issuance();
    const budget = this.#budget() - this.#mintedInClockEpoch;
    const possible = smaller(budget, MAX_SUPPLY - supply);
    return {
      budget: possible,
      backing: backing === null ? possible : larger(0n, backing - supply),
    };
  }

  #room(): bigint {
    const { budget, backing } = this.#limits();
    return larger(0n, smaller(budget, backing));
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

/** An outcome in words. */
export function shownOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'nothing':
      return 'nothing: it brought nothing new';
    case 'skipped':
      return `left out: ${outcome.reason}`;
    case 'minted':
      return `a mint of ${outcome.amount}`;
  }
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
