import type { Address } from '../../../statement.ts';
import { shown, type Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import type { LoggedAt, ReserveFact, ReserveMovement } from '../../facts/facts.ts';
import { Check } from '../../report/check.ts';
import { ZERO_ADDRESS } from '../points/ledger.ts';

/** The money of a buyback as the contracts answer it, in base units of the settlement token. */
export interface MoneyRead {
  readonly reserve: bigint;
  readonly owed: bigint;
  /** What the buyback has of the settlement token; null when the token does not say. */
  readonly balance: bigint | null;
}

type Movement = Omit<ReserveMovement, 'logged'> & { readonly at: Place };

/** A holder's share of a round, on its way. */
interface Payment {
  readonly amount: bigint;
  readonly holder: Address;
  /** Where the holder wanted it. */
  readonly to: Address;
  readonly round: number;
  readonly at: Place;
}

/** The money of a buyback as its logs make it, in base units of the settlement token. */
export class Reserve {
  readonly check = new Check('reserve');
  #reserve = 0n;
  #owed = 0n;
  /** When money last came or went, claims aside, which leave what is not owed as it is. Unix seconds. */
  #changedAt = 0;
  readonly #movements: Movement[] = [];
  #balance: bigint | null = null;

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
    const { amount, at } = event;
    this.#reserve += amount;
    this.#changes(event.reserve, time, at);
    const [kind, account] =
      event.kind === 'Deposited'
        ? (['deposited', event.from] as const)
        : (['counted', null] as const);
    this.#moved({ kind, amount, account, holder: null, round: null, at });
  }

  /** @param promised What the operator can't take. */
  withdrawn({ to, amount, reserve, at }: Of<'Withdrawn'>, time: number, promised: bigint): void {
    const limit = this.free > promised ? this.free - promised : 0n;
    this.check.holds(amount <= limit, () => 'withdrawn', `at most ${limit}`, amount, at);
    this.#reserve -= amount;
    this.#changes(reserve, time, at);
    this.#moved({ kind: 'withdrawn', amount, account: to, holder: null, round: null, at });
  }

  /** A settled round owes its payout. */
  owes(payout: bigint, at: Place): void {
    this.#owed += payout;
    this.#covers(at);
  }

  paid({ amount, holder, to, round, at }: Payment): void {
    this.#owed -= amount;
    this.#reserve -= amount;
    this.#covers(at);
    this.#moved({ kind: 'paid', amount, account: to, holder, round, at });
  }

  /** Money of a holder that had left the buyback went on: it is none of the reserve. */
  sent({ to, at }: Of<'MoneySent'>, buyback: Address): void {
    const isOut = to !== buyback && to !== ZERO_ADDRESS;
    this.check.holds(isOut, () => 'where money was sent', 'an account', shown(to), at);
  }

  /** The money and all that came and went, for pages that show it. */
  facts(loggedAt: LoggedAt): ReserveFact {
    const movements = this.#movements.map(({ at, ...movement }) => ({
      ...movement,
      logged: loggedAt(at),
    }));
    return { reserve: this.#reserve, owed: this.#owed, balance: this.#balance, movements };
  }

  compare(reads: MoneyRead): void {
    this.#balance = reads.balance;
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

  #moved(movement: Omit<Movement, 'reserve'>): void {
    this.#movements.push({ ...movement, reserve: this.#reserve });
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
