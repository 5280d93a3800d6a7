import type { Hex } from '../../../statement.ts';
import type { Anchored, Place } from '../../events/events.ts';
import type { AnchorFact, LoggedAt } from '../../facts/facts.ts';
import { Check } from '../../report/check.ts';

/** However old a program is. */
const MOST_GAPS_ASKED = 1_000;

/** What the contract says of the log of an epoch. */
export interface AnchorRead {
  readonly root: Hex;
  readonly count: number;
}

/** What the contract answers for a log that was not anchored. */
const NO_ANCHOR: AnchorRead = { root: `0x${'00'.repeat(32)}`, count: 0 };

interface Anchor extends AnchorRead {
  readonly at: Place;
}

/**
 * What the recorder's log of each epoch was said to be, and whether it was said in time and once. A log that was never
 * anchored is no fault, but it is told of: nothing can be proven of it.
 */
export class Anchors {
  readonly check = new Check('anchors');
  readonly #anchors = new Map<number, Anchor>();

  get count(): number {
    return this.#anchors.size;
  }

  /** Epochs whose log was anchored, and the newest of those whose log was not: a node may have hidden an anchor. */
  questions(clockEpoch: number): number[] {
    const gaps = [];
    for (let epoch = clockEpoch - 1; epoch >= 0 && gaps.length < MOST_GAPS_ASKED; epoch--) {
      if (!this.#anchors.has(epoch)) gaps.push(epoch);
    }
    return [...this.#anchors.keys(), ...gaps];
  }

  anchored({ epoch, root, count, at }: Anchored, clockEpoch: number): void {
    const what = (field: string) => () => `${field} of epoch ${epoch}`;
    this.check.equal(epoch + 1, clockEpoch, what('when the log was anchored, that'), at);
    const isFirst = !this.#anchors.has(epoch);
    this.check.holds(isFirst, what('the anchor'), 'the only one', 'another one', at);
    if (isFirst) this.#anchors.set(epoch, { root, count, at });
  }

  compare(reads: ReadonlyMap<number, AnchorRead>): void {
    for (const [epoch, read] of reads) {
      const anchor = this.#anchors.get(epoch) ?? NO_ANCHOR;
      const what = () => `the log of epoch ${epoch} (anchorOf)`;
      this.check.equal(shownAnchor(anchor), shownAnchor(read), what, null);
    }
  }

  /** Epochs up to `clockEpoch` whose log was not anchored and can't be any more. */
  gaps(clockEpoch: number): number {
    const over = Math.max(0, clockEpoch - 1);
    let anchored = 0;
    for (const epoch of this.#anchors.keys()) if (epoch < over) anchored++;
    return over - anchored;
  }

  /** Every anchor, for pages that show it and for proofs. */
  facts(loggedAt: LoggedAt): AnchorFact[] {
    return [...this.#anchors].map(([epoch, { at, ...anchor }]) => ({
      epoch,
      ...anchor,
      anchored: loggedAt(at),
    }));
  }
}

function shownAnchor({ root, count }: AnchorRead): string {
  return `${count} entries, root ${root}`;
}
