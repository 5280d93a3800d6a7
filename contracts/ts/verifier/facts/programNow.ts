import type { RuleTerms } from '../../formula.ts';
import type { Address, Hex } from '../../statement.ts';
import type { BuybackTerms } from '../../terms.ts';
import type { AnnouncedTerms, OrderFact, SettingsFact } from './facts.ts';

/**
 * What the contracts of a program answer now. Nothing of it was verified: a contract of another source may answer what it likes.
 * Points and money are base units, moments unix seconds, addresses in lower case.
 */
export interface ProgramNow {
  readonly chainId: number;
  readonly head: { readonly block: number; readonly time: number };
  readonly name: string;
  readonly symbol: string;
  readonly settings: SettingsFact;
  readonly operator: Address;
  readonly recorder: Address;
  /** Who follows in the next epoch; the recorder itself if nobody does. */
  readonly nextRecorder: Address;
  readonly supply: bigint;
  /** The epoch of the clock. */
  readonly epoch: number;
  /** Minted in it, and what its budget has left. */
  readonly minted: bigint;
  readonly left: bigint;
  /** The rule set in force, and those to come. */
  readonly ruleSets: readonly RuleSetNow[];
  /** The round that is open; null between rounds. */
  readonly openRound: RoundNow | null;
  /** The first round that has not opened. */
  readonly nextRound: RoundNow;
  readonly reserve: bigint;
  readonly owed: bigint;
  /** What the operator could take out. */
  readonly withdrawable: bigint;
  /** Points that the money not owed buys at the highest price that is promised. */
  readonly backing: bigint;
  /** Changes announced so far. */
  readonly changes: number;
  /** The hurtful change that is pending. */
  readonly pendingChange: PendingChange | null;
  /** Before this moment no other hurtful change may be announced; 0 or in the past for none. */
  readonly cooldownUntil: number;
  /** Changes struck down in a row: from the second on the rest after them doubles. */
  readonly strikesInARow: number;
  readonly items: number;
  /** How many orders stand where. */
  readonly orders: Readonly<Record<OrderFact['state'], number>>;
}

/** A version of the rule set as the contract computes with it. */
export interface RuleSetNow {
  readonly version: number;
  readonly fromEpoch: number;
  readonly budgetPerEpoch: bigint;
  /** keccak256 of the small print; zero for none. */
  readonly documentHash: Hex;
  readonly rules: readonly RuleNow[];
}

/** Name and text are in logs only: null where the node does not give them. They are those whose hash the contract has. */
export interface RuleNow extends RuleTerms {
  readonly name: string | null;
  readonly text: string | null;
}

export interface RoundNow {
  readonly round: number;
  readonly opensAt: number;
  readonly closesAt: number;
  /** The version that it runs on. */
  readonly terms: BuybackTerms & { readonly version: number };
  readonly tendered: bigint;
}

/** The hurtful change that waits for its notice, its last round, or to be enacted. */
export interface PendingChange {
  readonly id: number;
  /** In a log only: null where the node does not give it, or it can't be read. */
  readonly terms: AnnouncedTerms | null;
  readonly hurtsMembers: boolean;
  readonly hurtsHolders: boolean;
  readonly announcedAt: number;
  readonly noticeEndsAt: number;
  /** First moment at which it can no longer be enacted. */
  readonly diesAt: number;
  /** The first round that can be its last round on the old terms; null when none is owed. */
  readonly lastRoundFrom: number | null;
  /** Not before this moment; it may be put off, and never comes nearer. */
  readonly earliestEnactment: number;
  readonly objections: bigint;
  readonly objectionsNeeded: bigint;
}
