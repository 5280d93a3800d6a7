import type { Address } from '../../../statement.ts';
import { shown, type RecorderRevoked, type RecorderRotated } from '../../events/events.ts';
import type { RecorderFact } from '../../facts/facts.ts';
import { Check } from '../../report/check.ts';
import { ZERO_ADDRESS } from './ledger.ts';

/** What the contract says of its recorders. */
export interface RecorderReads {
  readonly byEpoch: ReadonlyMap<number, Address>;
  readonly revoked: ReadonlySet<Address>;
}

interface Term {
  key: Address;
  readonly fromEpoch: number;
}

/** Who vouched for actions of which epoch, and which keys are void. */
export class Recorders {
  readonly check = new Check('recorders');
  readonly #terms: Term[] = [];
  readonly #revoked = new Set<Address>();

  /** The first epochs of all terms. */
  get fromEpochs(): number[] {
    return this.#terms.map(({ fromEpoch }) => fromEpoch);
  }

  /** Every key that was ever named. */
  get keys(): Set<Address> {
    return new Set([...this.#terms.map(({ key }) => key), ...this.#revoked]);
  }

  rotated(event: RecorderRotated, clockEpoch: number): void {
    const { recorder: key, fromEpoch, at } = event;
    const newest = this.#terms.at(-1);
    const expected = newest === undefined ? 0 : clockEpoch + 1;
    this.check.equal(expected, fromEpoch, () => `first epoch of recorder ${shown(key)}`, at);
    this.#returns(key, event.at);
    if (newest?.fromEpoch === fromEpoch) newest.key = key;
    else this.#terms.push({ key, fromEpoch });
  }

  /** The current and the pending term are taken over by `next`; older ones only lose their word. */
  revoked(event: RecorderRevoked, clockEpoch: number): void {
    const { recorder: key, next, at } = event;
    this.check.holds(
      !this.#revoked.has(key),
      () => `revocation of recorder ${shown(key)}`,
      'one in all',
      'another one',
      at,
    );
    this.#revoked.add(key);
    const current = this.#terms.findLastIndex(({ fromEpoch }) => fromEpoch <= clockEpoch);
    const replaced = this.#terms.filter((term, i) => i >= current && term.key === key);
    this.check.equal(
      replaced.length > 0,
      next !== ZERO_ADDRESS,
      () => `whether another key takes the place of ${shown(key)}`,
      at,
    );
    if (next !== ZERO_ADDRESS) this.#returns(next, at);
    for (const term of replaced) term.key = next;
  }

  compare(reads: RecorderReads): void {
    for (const { key, fromEpoch } of this.#terms) {
      const actual = reads.byEpoch.get(fromEpoch) ?? ZERO_ADDRESS;
      const what = () => `recorder of epoch ${fromEpoch} (recorderOf)`;
      this.check.equal(shown(key), shown(actual), what, null);
    }
    for (const key of this.keys) {
      const actual = reads.revoked.has(key);
      const what = () => `whether ${shown(key)} is revoked (isRevoked)`;
      this.check.equal(this.#revoked.has(key), actual, what, null);
    }
  }

  /** All terms, for pages that show them. */
  facts(): RecorderFact[] {
    return this.#terms.map(({ key, fromEpoch }) => ({
      recorder: key,
      fromEpoch,
      revoked: this.#revoked.has(key),
    }));
  }

  #returns(key: Address, at: RecorderRotated['at']): void {
    this.check.holds(
      !this.#revoked.has(key),
      () => `recorder ${shown(key)}`,
      'a key that was never revoked',
      'a revoked key',
      at,
    );
  }
}
