import type { Hex } from '../../statement.ts';
import type { Place } from '../events/events.ts';
import { PROMISES, type CheckId } from './promises.ts';

/** A transaction that shows whether a promise was kept. */
export type Evidence = Pick<Place, 'block' | 'transactionHash'>;

/** One thing that is not as promised. Numbers are decimal strings, points base units. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
  /** The log that it is about; null when it is about a read of the contract. */
  readonly block: number | null;
  readonly transactionHash: Hex | null;
  readonly logIndex: number | null;
}

/** The verdict on one promise. */
export interface CheckResult {
  /** Stays the same whatever the words become. */
  readonly id: CheckId;
  readonly name: string;
  /** The promise in plain words. */
  readonly promise: string;
  /** How many things were compared. */
  readonly checked: number;
  /** The newest log that was judged, or the first that is wrong; null when only reads were compared. */
  readonly evidence: Evidence | null;
  readonly ok: boolean;
  /** How many differences there are in all. */
  readonly differenceCount: number;
  /** The first {@link MAX_DIFFERENCES} of them. */
  readonly differences: readonly Difference[];
}

type Value = bigint | number | string | boolean;

/** One wrong log often makes thousands of later ones wrong: the first few tell what happened. */
export const MAX_DIFFERENCES = 5;

/** Counts what was compared for one promise and keeps the first differences. */
export class Check {
  readonly id: CheckId;
  #checked = 0;
  #differenceCount = 0;
  #newest: Place | null = null;
  #firstWrong: Place | null = null;
  readonly #differences: Difference[] = [];

  constructor(id: CheckId) {
    this.id = id;
  }

  /** Compares two values. `what` is called only when they differ, since this runs for every log. */
  equal(expected: Value, actual: Value, what: () => string, place: Place | null): void {
    if (expected === actual) this.#holds(place);
    else this.differ(what(), String(expected), String(actual), place);
  }

  /** Compares a value with a condition that is told in words. */
  holds(
    condition: boolean,
    what: () => string,
    expected: string,
    actual: Value,
    place: Place | null,
  ): void {
    if (condition) this.#holds(place);
    else this.differ(what(), expected, String(actual), place);
  }

  /** Records a difference. */
  differ(what: string, expected: string, actual: string, place: Place | null): void {
    this.#checked++;
    this.#differenceCount++;
    this.#firstWrong ??= place;
    if (this.#differences.length >= MAX_DIFFERENCES) return;
    this.#differences.push({
      what,
      expected,
      actual,
      block: place?.block ?? null,
      transactionHash: place?.transactionHash ?? null,
      logIndex: place?.logIndex ?? null,
    });
  }

  result(): CheckResult {
    const evidence = this.#differenceCount === 0 ? this.#newest : this.#firstWrong;
    const { name, promise } = PROMISES[this.id];
    return {
      id: this.id,
      name,
      promise,
      checked: this.#checked,
      evidence:
        evidence === null
          ? null
          : { block: evidence.block, transactionHash: evidence.transactionHash },
      ok: this.#differenceCount === 0,
      differenceCount: this.#differenceCount,
      differences: this.#differences,
    };
  }

  #holds(place: Place | null): void {
    this.#checked++;
    if (place !== null) this.#newest = place;
  }
}
