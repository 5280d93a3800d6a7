import type { Hex } from '../../../statement.ts';
import {
  decodeBuybackTerms,
  decodeTerms,
  encodeBuybackTerms,
  encodeTerms,
  type RuleSetTerms,
} from '../../../terms.ts';
import type { RuleSetPublished, Place } from '../../events/events.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';

/** What a change is of. */
export type Target = 'rule set' | 'buyback terms';

interface Enacted {
  readonly id: number;
  readonly target: Target | null;
  readonly version: number;
  /** As they were announced; null when nobody announced them. */
  readonly terms: Hex | null;
  readonly at: Place;
}

interface Published {
  readonly target: Target;
  readonly version: number;
  readonly at: Place;
  /** Whether these are the announced terms, which the log spells out. */
  readonly matches: (terms: Hex) => boolean;
}

/** A program is created with so many versions at most. */
const OPENING_VERSIONS: Readonly<Record<Target, number>> = { 'rule set': 2, 'buyback terms': 1 };

/** Pairs every version of the terms with the change that it is, transaction by transaction. */
export class Announced {
  readonly check = new Check('announced');
  readonly #enacted: Enacted[] = [];
  readonly #published: Published[] = [];

  enacted(change: Enacted): void {
    this.#enacted.push(change);
  }

  /** @param earliest First epoch that the version could have had if nothing later was named. */
  ruleSetPublished(event: RuleSetPublished, earliest: number): void {
    const { version, at, budgetPerEpoch, documentHash, rules, fromEpoch } = event;
    const matches = (terms: Hex): boolean => {
      const announced = ruleSetIn(terms);
      if (announced === null) return false;
      const { notBefore } = announced;
      const published = { notBefore, budgetPerEpoch, documentHash, rules };
      return (
        encodeTerms(announced) === encodeTerms(published) &&
        fromEpoch === Math.max(notBefore, earliest)
      );
    };
    this.#published.push({ target: 'rule set', version, at, matches });
  }

  termsPublished(event: Of<'TermsPublished'>): void {
    const { version, at } = event;
    const matches = (terms: Hex): boolean => encodeBuybackTerms(event) === canonical(terms);
    this.#published.push({ target: 'buyback terms', version, at, matches });
  }

  /** The transaction is over. @param isCreation Whether it created the program, on opening terms. */
  close(isCreation: boolean): void {
    if (this.#enacted.length === 0 && this.#published.length === 0) return;
    const enacted = this.#enacted.splice(0);
    for (const version of this.#published.splice(0)) {
      const i = enacted.findIndex(({ target }) => target === version.target);
      // Opening terms come first: whatever is announced in the same transaction comes after them.
      if (isCreation && version.version < OPENING_VERSIONS[version.target]) {
        this.check.holds(true, () => '', '', '', version.at);
      } else this.#judge(version, i < 0 ? undefined : enacted.splice(i, 1)[0]);
    }
    for (const { id, at } of enacted) {
      const what = `the terms of change ${id}, which was enacted`;
      this.check.differ(what, 'a new version in the same transaction', 'none', at);
    }
  }

  #judge({ target, version, at, matches }: Published, change: Enacted | undefined): void {
    const what = () => `version ${version} of the ${target}`;
    if (change === undefined || change.terms === null) {
      const expected = 'a change that was announced, enacted in the same transaction';
      this.check.differ(what(), expected, 'none', at);
      return;
    }
    this.check.equal(change.version, version, () => `the version of change ${change.id}`, at);
    this.check.holds(
      matches(change.terms),
      () => `the terms of ${what()}`,
      `those announced as change ${change.id}`,
      'others',
      at,
    );
  }
}

/** The rule set in announced terms; null when they are none. */
export function ruleSetIn(terms: Hex): RuleSetTerms | null {
  try {
    return decodeTerms(terms);
  } catch {
    // Whatever ethers throws for bytes that are no terms.
    return null;
  }
}

function canonical(terms: Hex): Hex | null {
  try {
    return encodeBuybackTerms(decodeBuybackTerms(terms));
  } catch {
    return null;
  }
}
