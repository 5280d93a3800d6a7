import type { BuybackTerms } from '../../../terms.ts';
import type { Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';
import { nextRound, type RoundClock } from '../../settings/roundClock.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';

/** A version of the buyback terms, as its log published it. */
export interface TermsVersion extends BuybackTerms {
  readonly version: number;
  readonly fromRound: number;
}

type TermsSettings = RoundClock & Pick<SettingsRead, 'backed'>;

interface PublishedTerms extends TermsVersion {
  /** Where it was published. */
  readonly at: Place;
}

/** Base units of points in a whole point. */
const WHOLE_POINT = 100n;
/** Base units of points and of the settlement token: rounding then costs a tender a hundredth of either at most. */
const MIN_TENDER_UNITS = 100n;

/** All versions of the buyback terms, and whether their history is as promised. */
export class TermsHistory {
  readonly check = new Check('terms');
  readonly #settings: TermsSettings;
  readonly #versions: PublishedTerms[] = [];

  constructor(settings: TermsSettings) {
    this.#settings = settings;
  }

  get count(): number {
    return this.#versions.length;
  }

  get all(): readonly PublishedTerms[] {
    return this.#versions;
  }

  /** The version published last, in force or to come; undefined before any was published. */
  get newest(): TermsVersion | undefined {
    return this.#versions.at(-1);
  }

  /** The version that a round runs on; undefined before any was published. */
  versionOf(round: number): TermsVersion | undefined {
    return this.#versions.findLast(({ fromRound }) => fromRound <= round);
  }

  published(event: Of<'TermsPublished'>, time: number): void {
    const { version, fromRound, pricePerPoint, budgetPerRound, minTender, at } = event;
    const name = `version ${version}`;
    this.check.equal(this.count, version, () => `the number of ${name}`, at);
    const earliest = this.count === 0 ? 0 : nextRound(this.#settings, time);
    this.check.equal(earliest, fromRound, () => `first round of ${name}`, at);
    this.check.holds(
      pricePerPoint > 0n &&
        minTender >= MIN_TENDER_UNITS &&
        minTender * pricePerPoint >= MIN_TENDER_UNITS * WHOLE_POINT,
      () => `the least tender of ${name}`,
      `at least ${MIN_TENDER_UNITS}, worth as much`,
      `${minTender} at a price of ${pricePerPoint}`,
      at,
    );
    const mayBeNone = !this.#settings.backed;
    this.check.holds(
      (mayBeNone && budgetPerRound === 0n) ||
        budgetPerRound * WHOLE_POINT >= minTender * pricePerPoint,
      () => `the budget of ${name}`,
      `${mayBeNone ? 'none, or ' : ''}enough for the least tender`,
      budgetPerRound,
      at,
    );
    this.#versions.push({ version, fromRound, pricePerPoint, budgetPerRound, minTender, at });
  }

  /** Compares what was published with what the contract holds. */
  compare(reads: readonly TermsVersion[]): void {
    this.check.equal(this.count, reads.length, () => 'number of versions (termsCount)', null);
    for (const [i, published] of this.#versions.entries()) {
      const read = reads[i];
      if (read === undefined) break;
      const what = () => `version ${i} (terms)`;
      this.check.equal(shownTerms(published), shownTerms(read), what, null);
    }
  }
}

function shownTerms(terms: TermsVersion): string {
  const { fromRound, pricePerPoint, budgetPerRound, minTender } = terms;
  return `from round ${fromRound}: price ${pricePerPoint}, budget ${budgetPerRound}, minimum ${minTender}`;
}
