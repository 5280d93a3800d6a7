import { WHOLE_POINT } from '../../../roundMath.ts';
import type { BuybackTerms } from '../../../terms.ts';
import { openRound } from '../../settings/roundClock.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';
import type { Shortfall } from '../terms/improvements.ts';
import type { RuleHistory } from '../terms/ruleHistory.ts';
import type { TermsHistory } from '../terms/termsHistory.ts';
import type { Reserve } from './reserve.ts';
import type { Rounds } from './rounds.ts';

/** What the judging of the money looks up. */
export interface CoverContext {
  readonly settings: SettingsRead;
  readonly rules: RuleHistory;
  readonly terms: TermsHistory;
  readonly rounds: Rounds;
  readonly reserve: Reserve;
}

/** When something is judged: unix seconds, the epoch of that time, and the supply of points. */
interface Moment {
  readonly time: number;
  readonly clockEpoch: number;
  readonly supply: bigint;
}

/** What the money that is not owed is promised for. `Cover.sol` computes the same. */
export class Cover {
  readonly #context: CoverContext;

  constructor(context: CoverContext) {
    this.#context = context;
  }

  /** Base units of points that the free money buys at the highest price that is promised, rounded down. */
  backing(time: number): bigint {
    const { rounds, reserve, terms } = this.#context;
    const { unsettled } = rounds;
    const ofUnsettled = unsettled === undefined ? 0n : this.#priceOf(unsettled.round);
    const price = larger(this.#highestPrice(time), ofUnsettled);
    return terms.count === 0 ? 0n : (reserve.free * WHOLE_POINT) / price;
  }

  /**
   * Money that the operator can't take: the budgets of the open and the next round; in a backed program at least what buys
   * back all points, and all that may be minted in the epochs that a notice period touches.
   */
  promised({ time, clockEpoch, supply }: Moment): bigint {
    const { settings, rules, rounds } = this.#context;
    const budgets = rounds.promised(time);
    if (!settings.backed) return budgets;
    const price = this.#highestPrice(time);
    const budget = rules.highestBudgetFrom(clockEpoch);
    const epochs = BigInt(Math.ceil(settings.noticePeriod / settings.epochLength) + 1);
    const worth = worthRoundedUp(supply, price) + worthRoundedUp(budget * epochs, price);
    return larger(budgets, worth);
  }

  /** What terms ask for that is not there when they are offered; what is due counts as settled. */
  shortfall(next: BuybackTerms, { time, supply }: Moment): Shortfall | null {
    const { settings, terms, rounds, reserve } = this.#context;
    const { newest } = terms;
    if (newest === undefined) return null;
    const { payout, filled } = rounds.due(time);
    const free = reserve.free - payout;
    const { budgetPerRound, pricePerPoint } = next;
    if (budgetPerRound > newest.budgetPerRound && budgetPerRound > free) {
      return { needed: budgetPerRound, free };
    }
    if (!settings.backed || pricePerPoint <= newest.pricePerPoint) return null;
    const needed = worthRoundedUp(supply - filled, pricePerPoint);
    return needed > free ? { needed, free } : null;
  }

  /** Of a round that is open or to come: later rounds have the newest version. */
  #highestPrice(time: number): bigint {
    const { settings, terms } = this.#context;
    const newest = terms.newest?.pricePerPoint ?? 0n;
    const open = openRound(settings, time);
    return open === null ? newest : larger(newest, this.#priceOf(open));
  }

  #priceOf(round: number): bigint {
    return this.#context.terms.versionOf(round)?.pricePerPoint ?? 0n;
  }
}

function worthRoundedUp(points: bigint, price: bigint): bigint {
  return (points * price + WHOLE_POINT - 1n) / WHOLE_POINT;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
