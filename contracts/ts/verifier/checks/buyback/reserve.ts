import type { Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';

/** The money of a buyback as the contracts answer it, in base units of the settlement token. */
export interface MoneyRead {
  readonly reserve: bigint;
  readonly owed: bigint;
  /** What the buyback has of the settlement token; null when the token does not say. */
  readonly balance: bigint | null;
}

/** The money of a buyback as its logs make it, in base units of the settlement token. */
export class Reserve {
  readonly check = new Check('reserve');
  #reserve = 0n;
  #owed = 0n;
  /** When money last came or went, claims aside, which leave what is not owed as it is. Unix seconds. */
  #changedAt = 0;

  get reserve(): bigint {
    return this.#reserve;
  }

  get owed(): bigint {
    return this.#owed;
  }

  /** What a round can be paid from. */
  get free(): bigint {
    return this.#reserve - this.#owed;
  }

  get changedAt(): number {
    return this.#changedAt;
  }

  cameIn(event: Of<'Deposited' | 'Synced'>, time: number): void {
    this.#reserve += event.amount;
    this.#changes(event.reserve, time, event.at);
  }

  /** @param promised Budgets of the open and the next round, which the operator can't take. */
  withdrawn({ amount, reserve, at }: Of<'Withdrawn'>, time: number, promised: bigint): void {
    const limit = this.free > promised ? this.free - promised : 0n;
    this.check.holds(amount <= limit, () => 'withdrawn', `at most ${limit}`, amount, at);
    this.#reserve -= amount;
    this.#changes(reserve, time, at);
  }

  /** A settled round owes its payout. */
  owes(payout: bigint, at: Place): void {
    this.#owed += payout;
    this.#covers(at);
  }

  paid(amount: bigint, at: Place): void {
    this.#owed -= amount;
    this.#reserve -= amount;
    this.#covers(at);
  }

  compare(reads: MoneyRead): void {
    this.check.equal(this.#reserve, reads.reserve, () => 'the reserve (reserve)', null);
    this.check.equal(this.#owed, reads.owed, () => 'what is owed (owed)', null);
    this.check.holds(
      reads.balance !== null && reads.balance >= this.#reserve,
      () => 'the money that the buyback has (balanceOf of the settlement token)',
      `at least ${this.#reserve}`,
      reads.balance ?? 'no answer',
      null,
    );
  }

  #changes(logged: bigint, time: number, at: Place): void {
    this.#changedAt = time;
    this.check.equal(this.#reserve, logged, () => 'the reserve', at);
    this.#covers(at);
  }

  #covers(at: Place): void {
    const what = () => 'the reserve';
    const owed = `at least ${this.#owed}, which is owed`;
    this.check.holds(this.#reserve >= this.#owed, what, owed, this.#reserve, at);
  }
}
