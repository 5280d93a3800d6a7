import type { BuybackTerms } from '../../../terms.ts';
import type { Of } from '../../events/moduleEvents.ts';
import { Check } from '../../report/check.ts';
import { buybackImpact } from './impact.ts';

/** Money that terms ask for and that is not there. Base units of the settlement token. */
export interface Shortfall {
  readonly needed: bigint;
  readonly free: bigint;
}

/** Whether terms got better step by step, and more money was offered only when it was there. */
export class Improvements {
  readonly check = new Check('improvements');
  /** Rounds from which on an improvement holds. */
  readonly #improved = new Set<number>();

  /**
   * An improvement of the rules takes its turn.
   *
   * @param newestFrom First epoch of the newest version.
   */
  rulesAnnounced({ id, at }: Of<'ChangeAnnounced'>, newestFrom: number, clockEpoch: number): void {
    const what = () => `the epoch of change ${id}, an improvement`;
    const expected = `from epoch ${newestFrom} on, when the newest rules are in force`;
    this.check.holds(clockEpoch >= newestFrom, what, expected, clockEpoch, at);
  }

  /** Better terms of the buyback are announced, or applied. @param shortfall What they ask for and is not there. */
  offered(
    what: string,
    shortfall: Shortfall | null,
    { at }: Of<'ChangeAnnounced' | 'TermsPublished'>,
  ): void {
    const { needed = 0n, free = 0n } = shortfall ?? {};
    const name = () => `the money for ${what}`;
    this.check.holds(shortfall === null, name, `${needed} that nobody is owed`, free, at);
  }

  /** @param newest The terms before these; undefined for those that a program begins with. */
  published(event: Of<'TermsPublished'>, newest: BuybackTerms | undefined): void {
    if (newest === undefined || buybackImpact(event, newest) !== 0) return;
    const { fromRound, version, at } = event;
    const what = () => `version ${version} of the buyback terms, an improvement`;
    const isFirst = !this.#improved.has(fromRound);
    this.check.holds(isFirst, what, `the only one for round ${fromRound}`, 'another one', at);
    this.#improved.add(fromRound);
  }
}
