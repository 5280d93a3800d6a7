import type { Address, Hex } from '../statement.ts';
import type { BuybackTerms, Rule, RuleSetTerms } from '../terms.ts';
import type { Difference } from '../verifier/report/check.ts';

/** Where something stands in time. */
export type Standing = 'past' | 'in force' | 'to come';

/** A version of the rule set: the formula of its epochs. */
export interface RuleSetShown {
  readonly version: number;
  readonly standing: Standing;
  readonly fromEpoch: number;
  /** Last epoch before the next version; null for the newest one. */
  readonly toEpoch: number | null;
  /** Base units of points. */
  readonly budgetPerEpoch: bigint;
  /** keccak256 of the small print; null for none. */
  readonly documentHash: Hex | null;
  readonly rules: readonly Rule[];
  readonly transactionHash: Hex;
}

/** A version of the buyback terms, in base units. */
export interface BuybackTermsShown extends BuybackTerms {
  readonly version: number;
  readonly standing: Standing;
  readonly fromRound: number;
  /** Last round before the next version; null for the newest one. */
  readonly toRound: number | null;
}

/** A change of terms. Moments are unix seconds. */
export interface ChangeShown {
  readonly id: number;
  readonly target: 'rule set' | 'buyback terms' | 'unknown';
  readonly state: 'pending' | 'in force' | 'struck down' | 'withdrawn' | 'dead';
  readonly hurtsMembers: boolean;
  readonly hurtsHolders: boolean;
  readonly announcedAt: number;
  readonly noticeEndsAt: number;
  readonly diesAt: number;
  /** Null when it owes no last round. */
  readonly firstEligibleRound: number | null;
  /** Base units of points. */
  readonly objections: bigint;
  /** Base units of points that strike it down; null when it is not pending. */
  readonly objectionsNeeded: bigint | null;
  /** Null for bytes that are no terms. */
  readonly proposed: RuleSetTerms | BuybackTerms | null;
  readonly transactionHash: Hex;
}

/** Money for one round, in base units of the settlement token. */
export interface RoundCover {
  readonly round: number;
  readonly isOpen: boolean;
  /** Unix seconds. */
  readonly opensAt: number;
  readonly closesAt: number;
  readonly budget: bigint;
  /** What is in the reserve for it, when everything before it is paid. */
  readonly available: bigint;
  readonly covered: boolean;
}

/** Money of the buyback, in base units of the settlement token. */
export interface CoverShown {
  readonly reserve: bigint;
  readonly owed: bigint;
  readonly withdrawable: bigint;
  /** The open round, when there is one, and the next. */
  readonly rounds: readonly RoundCover[];
}

/** Everything that a program has published about its terms. Moments are unix seconds. */
export interface PublishedTerms {
  readonly program: Address;
  readonly chainId: number;
  readonly name: string;
  readonly symbol: string;
  /** Block up to which the chain was read, and its time. */
  readonly block: number;
  readonly time: number;
  readonly epoch: number;
  readonly startsAt: number;
  /** Seconds. */
  readonly epochLength: number;
  /** Epochs. */
  readonly settlementWindow: number;
  /** Seconds. */
  readonly noticePeriod: number;
  readonly objectionThresholdBps: number;
  /** Base units of points that always strike a change down. */
  readonly objectionCap: bigint;
  /** Whether no point is minted that the buyback could not buy back. */
  readonly backed: boolean;
  readonly roundPeriod: number;
  readonly roundWindow: number;
  readonly firstRoundAt: number;
  readonly money: { readonly address: Address; readonly symbol: string; readonly decimals: number };
  readonly ruleSets: readonly RuleSetShown[];
  readonly changes: readonly ChangeShown[];
  /** Epochs whose action log was anchored, and those whose log can't be any more. */
  readonly anchors: { readonly anchored: number; readonly missing: number };
  readonly buybackTerms: readonly BuybackTermsShown[];
  readonly cover: CoverShown;
  /** Where the logs say something else than what the contracts compute with; empty when all agrees. */
  readonly differences: readonly Difference[];
}
