import type { Address } from '../../../statement.ts';
import { shown, type Transfer, type Place } from '../../events/events.ts';
import { Check } from '../../report/check.ts';
import { ZERO_ADDRESS } from './ledger.ts';

interface Flow {
  readonly from: Address;
  readonly to: Address;
  readonly at: Place;
  /** Base units that an event of a module told. */
  told: bigint;
  /** Base units that were transferred. */
  moved: bigint;
}

/**
 * Whether points went in and out of the modules for whom their events say, transaction by transaction: the transfer and
 * the event come in either order.
 */
export class Escrows {
  readonly check = new Check('escrows');
  readonly burnsCheck = new Check('burned');
  readonly #modules: ReadonlySet<Address>;
  readonly #flows = new Map<string, Flow>();

  constructor(modules: ReadonlySet<Address>) {
    this.#modules = modules;
  }

  /** An event of a module that moves points; to zero when they are burned. */
  told(from: Address, to: Address, amount: bigint, at: Place): void {
    this.#flow(from, to, at).told += amount;
  }

  moved({ from, to, amount, at }: Transfer): void {
    if (!this.#modules.has(from) && !this.#modules.has(to)) return;
    this.#flow(from, to, at).moved += amount;
  }

  /** The transaction is over. */
  close(): void {
    if (this.#flows.size === 0) return;
    for (const { from, to, told, moved, at } of this.#flows.values()) {
      const check = to === ZERO_ADDRESS ? this.burnsCheck : this.check;
      const what = () => `points from ${shown(from)} to ${shown(to)}`;
      check.equal(told, moved, what, at);
    }
    this.#flows.clear();
  }

  /** What a module holds against what it owes. @param balance By the transfers. */
  owes(name: string, owed: bigint, balance: bigint): void {
    this.check.equal(owed, balance, () => `the points that the ${name} holds`, null);
  }

  /** What a contract says that it owes to one holder. */
  owesTo(what: () => string, expected: string, actual: string): void {
    this.check.equal(expected, actual, what, null);
  }

  #flow(from: Address, to: Address, at: Place): Flow {
    const key = from + to;
    const known = this.#flows.get(key);
    if (known !== undefined) return known;
    const flow: Flow = { from, to, at, told: 0n, moved: 0n };
    this.#flows.set(key, flow);
    return flow;
  }
}
