import type { Address } from '../../../statement.ts';
import { shown, type RecorderRevoked, type RecorderRotated } from '../../events/events.ts';
import type { RecorderFact } from '../../facts/facts.ts';
import { Check } from '../../report/check.ts';
import { ZERO_ADDRESS } from './ledger.ts';

/** What the contract says of its recorders. */
export interface RecorderReads {
  readonly current: Address;
  readonly next: Address;
  readonly revoked: ReadonlySet<Address>;
  /** By `key:epoch`. */
  readonly vouches: ReadonlyMap<string, boolean>;
}

/** Whether the word of a key counts for an epoch. */
export interface VouchingQuestion {
  readonly key: Address;
  readonly epoch: number;
}

interface Term {
  key: Address;
  readonly fromEpoch: number;
}

/**
 * Who vouches for actions, and whose word still counts. Which key signed a batch is in no log: the contract, whose code
 * is compared, takes nothing else.
 */
export class Recorders {
  readonly check = new Check('recorders');
  readonly #terms: Term[] = [];
  readonly #revoked = new Set<Address>();
  /** The epoch in which a key's time was over, as soon as that is known. */
  readonly #endOf = new Map<Address, number>();

  /** Every key that was ever named. */
  get keys(): Set<Address> {
    return new Set([...this.#terms.map(({ key }) => key), ...this.#revoked]);
  }

  /** For every key the epochs around the end of its time. */
  questions(): VouchingQuestion[] {
    const asked: VouchingQuestion[] = [];
    for (const key of this.keys) {
      const end = this.#endOf.get(key) ?? 0;
      asked.push({ key, epoch: end });
      if (end > 0) asked.push({ key, epoch: end - 1 });
    }
    return asked;
  }

  rotated(event: RecorderRotated, clockEpoch: number): void {
    const { recorder: key, fromEpoch, at } = event;
    const newest = this.#terms.at(-1);
    const expected = newest === undefined ? 0 : clockEpoch + 1;
    this.check.equal(expected, fromEpoch, () => `first epoch of recorder ${shown(key)}`, at);
    this.#returns(key, event.at);
    if (newest === undefined) this.#terms.push({ key, fromEpoch });
    else if (newest.fromEpoch > clockEpoch) newest.key = key;
    else {
      this.#endOf.set(newest.key, clockEpoch + 1);
      this.#terms.push({ key, fromEpoch });
    }
  }

  /** The current and the pending term are taken over by `next`; older ones only lose their word. */
  revoked(event: RecorderRevoked, clockEpoch: number): void {
    const { recorder: key, next, at } = event;
    const what = () => `revocation of recorder ${shown(key)}`;
    this.check.holds(!this.#revoked.has(key), what, 'one in all', 'another one', at);
    this.#revoked.add(key);
    const newest = this.#terms.at(-1);
    const current = this.#currentTerm(clockEpoch);
    const replaced = [...new Set([current, newest])].filter((term) => term?.key === key);
    this.check.equal(
      replaced.length > 0,
      next !== ZERO_ADDRESS,
      () => `whether another key takes the place of ${shown(key)}`,
      at,
    );
    if (next === ZERO_ADDRESS) return;
    this.#returns(next, at);
    for (const term of replaced) if (term !== undefined) term.key = next;
    const isOver = current !== newest && newest !== undefined && replaced.includes(current);
    if (isOver) this.#endOf.set(next, newest.fromEpoch);
  }

  /** @param clockEpoch The epoch of the clock in which the contract was read. */
  compare(reads: RecorderReads, clockEpoch: number): void {
    const current = this.#currentTerm(clockEpoch)?.key ?? ZERO_ADDRESS;
    const next = this.#terms.at(-1)?.key ?? ZERO_ADDRESS;
    this.check.equal(shown(current), shown(reads.current), () => 'the recorder (recorder)', null);
    this.check.equal(shown(next), shown(reads.next), () => 'the next one (nextRecorder)', null);
    for (const key of this.keys) {
      const actual = reads.revoked.has(key);
      const what = () => `whether ${shown(key)} is revoked (isRevoked)`;
      this.check.equal(this.#revoked.has(key), actual, what, null);
    }
    for (const { key, epoch } of this.questions()) {
      const counts = (this.#endOf.get(key) ?? 0) > epoch && !this.#revoked.has(key);
      const actual = reads.vouches.get(`${key}:${epoch}`) ?? 'not read';
      const what = () => `whether ${shown(key)} vouches for epoch ${epoch} (vouchesFor)`;
      this.check.equal(key === current || counts, actual, what, null);
    }
  }

  /** All terms, for pages that show them. */
  facts(): RecorderFact[] {
    return this.#terms.map(({ key, fromEpoch }, i) => ({
      recorder: key,
      fromEpoch,
      untilEpoch: this.#terms[i + 1]?.fromEpoch ?? null,
      revoked: this.#revoked.has(key),
    }));
  }

  /** The one that is in office. */
  #currentTerm(clockEpoch: number): Term | undefined {
    return this.#terms.findLast(({ fromEpoch }) => fromEpoch <= clockEpoch);
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
