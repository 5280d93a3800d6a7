import type { Address, Hex } from '../../statement.ts';
import type { BuybackTerms, Rule, RuleSetTerms } from '../../terms.ts';
import type { Place } from '../events/events.ts';
import type { SettingsRead } from '../settings/settingsRead.ts';

/**
 * What the logs of a program say, as it was judged: recomputed where the logs and the rules decide it. A page that shows a fact says beside
 * it which checks hold. Everything is plain data that can be posted from a worker. Points and money are base units, moments
 * unix seconds, addresses in lower case, lists in the order of the chain.
 */
export interface ProgramFacts {
  /** The newest block that was judged. */
  readonly head: { readonly block: number; readonly time: number };
  /** What never changes about the program. */
  readonly settings: SettingsFact;
  readonly operator: Address;
  /** Who vouches for the actions of which epochs, up to the next one's. */
  readonly recorders: readonly RecorderFact[];
  readonly ruleSets: readonly RuleSetFact[];
  readonly buybackTerms: readonly BuybackTermsFact[];
  readonly changes: readonly ChangeFact[];
  /** Rounds that have tenders or a result. */
  readonly rounds: readonly RoundFact[];
  readonly reserve: ReserveFact;
  /** What the recorder's log of each epoch was said to be. */
  readonly anchors: readonly AnchorFact[];
  /** Epochs whose log was not anchored in time: nothing can be proven of them. */
  readonly unanchored: number;
  /** Epochs of the clock in which points were minted. */
  readonly epochs: readonly EpochFact[];
  /** Who has points, in the account or in escrow; the largest first. */
  readonly holders: readonly HolderFact[];
  readonly items: readonly ItemFact[];
  readonly orders: readonly OrderFact[];
}

/** Settings of the program and of its modules. */
export type SettingsFact = Omit<SettingsRead, 'links' | 'modules'>;

export function settingsFact({ links: _, modules: __, ...settings }: SettingsRead): SettingsFact {
  return settings;
}

/** When and where something was logged. */
export interface Logged extends Place {
  readonly time: number;
}

/** Adds the time to a place. */
export type LoggedAt = (at: Place) => Logged;

export interface RecorderFact {
  readonly recorder: Address;
  readonly fromEpoch: number;
  /** The epoch in which its time was over; null while nobody was to follow. */
  readonly untilEpoch: number | null;
  readonly revoked: boolean;
}

/** A version of the rule set, with the words that members read. */
export interface RuleSetFact {
  readonly version: number;
  readonly fromEpoch: number;
  readonly startsAt: number;
  readonly budgetPerEpoch: bigint;
  /** keccak256 of the small print; zero for none. */
  readonly documentHash: Hex;
  readonly rules: readonly Rule[];
  readonly published: Logged;
  /** The change that it was; null for what the program began with. */
  readonly change: number | null;
}

/** A version of the buyback terms. */
export interface BuybackTermsFact extends BuybackTerms {
  readonly version: number;
  readonly fromRound: number;
  readonly opensAt: number;
  readonly published: Logged;
  /** The change that it was; null for what the program began with. */
  readonly change: number | null;
}

/** How a change of terms stands; a dead one was not enacted in time. */
export type ChangeState = 'pending' | 'enacted' | 'struck down' | 'withdrawn' | 'dead';

/** A change of terms: what, whom it hurts, its dates, who objected, and how it ended. */
export interface ChangeFact {
  readonly id: number;
  /** What it changes, and to what; null when it can't be read. */
  readonly terms: AnnouncedTerms | null;
  readonly encodedTerms: Hex;
  readonly hurtsMembers: boolean;
  readonly hurtsHolders: boolean;
  /** The version that it was compared with. */
  readonly comparedVersion: number;
  readonly announced: Logged;
  readonly noticeEndsAt: number;
  /** First moment at which it can no longer be enacted. */
  readonly diesAt: number;
  /** The first round that can be its last round on the old terms; null when none is owed. */
  readonly lastRoundFrom: number | null;
  /** The supply that the threshold is of, at most: points made since one notice period before do not count. */
  readonly countedSupply: bigint;
  readonly objections: bigint;
  /** So many objections strike it down, by the supply at the head. */
  readonly objectionsNeeded: bigint;
  /** What is locked against it and was not released. */
  readonly objectors: readonly { readonly holder: Address; readonly amount: bigint }[];
  readonly state: ChangeState;
  /** When it was enacted, struck down or withdrawn. */
  readonly ended: Logged | null;
  /** The version that it became; null when it was not enacted. */
  readonly version: number | null;
}

/** What a change announces. */
export type AnnouncedTerms =
  | { readonly target: 'rule set'; readonly ruleSet: RuleSetTerms }
  | { readonly target: 'buyback terms'; readonly buyback: BuybackTerms };

/** A round of the buyback. */
export interface RoundFact {
  readonly round: number;
  readonly opensAt: number;
  readonly closesAt: number;
  /** Version of the buyback terms that it runs on. */
  readonly version: number;
  readonly tendered: bigint;
  readonly tenders: readonly TenderFact[];
  /** Null until it is settled. */
  readonly result: RoundResultFact | null;
}

export interface RoundResultFact {
  /** Whether its whole budget was in the reserve at its opening and at its close. */
  readonly covered: boolean;
  readonly budget: bigint;
  /** Points bought. */
  readonly filled: bigint;
  /** Money for them. */
  readonly payout: bigint;
  readonly settled: Logged;
}

/** What one holder has in a round. Paid and returned are 0 until the round is settled. */
export interface TenderFact {
  readonly holder: Address;
  readonly amount: bigint;
  readonly paid: bigint;
  readonly returned: bigint;
  readonly moneyClaimed: boolean;
  readonly pointsClaimed: boolean;
}

/** The money of the buyback. */
export interface ReserveFact {
  readonly reserve: bigint;
  readonly owed: bigint;
  /** What the buyback has of the settlement token; null when the token does not say. */
  readonly balance: bigint | null;
  readonly movements: readonly ReserveMovement[];
}

/** Money that came or went. */
export interface ReserveMovement {
  /** `counted`: a gift that was there already; `paid`: a holder's share of a round. */
  readonly kind: 'deposited' | 'counted' | 'withdrawn' | 'paid';
  readonly amount: bigint;
  /** The reserve after it. */
  readonly reserve: bigint;
  /** From whom it came or to whom it went; null for what was counted. */
  readonly account: Address | null;
  /** Whose share it was that was paid. */
  readonly holder: Address | null;
  /** The round that it was paid for. */
  readonly round: number | null;
  readonly logged: Logged;
}

/** What the recorder's log of an epoch was said to be. */
export interface AnchorFact {
  readonly epoch: number;
  readonly root: Hex;
  /** Entries. */
  readonly count: number;
  readonly anchored: Logged;
}

export interface EpochFact {
  readonly epoch: number;
  readonly minted: bigint;
  readonly budget: bigint;
}

/** Where the points of one account are. */
export interface HolderFact {
  readonly account: Address;
  /** Set for the contracts that keep points for others. */
  readonly contract: 'charter' | 'buyback' | 'catalogue' | null;
  readonly balance: bigint;
  /** Locked against changes. */
  readonly objected: bigint;
  /** In rounds that are not settled, or returned by them and not claimed. */
  readonly tendered: bigint;
  /** In orders that are open. */
  readonly ordered: bigint;
}

export interface ItemFact {
  readonly item: number;
  readonly text: string;
  /** At the head. */
  readonly price: bigint;
  /** Null for as many as wanted. */
  readonly stock: number | null;
  /** What the price rises to, and when. */
  readonly rise: { readonly price: bigint; readonly at: number } | null;
  /** When it goes, or went; null while no withdrawal is scheduled. */
  readonly withdrawnAt: number | null;
  readonly added: Logged;
}

export interface OrderFact {
  readonly order: number;
  readonly member: Address;
  readonly item: number;
  readonly quantity: number;
  readonly points: bigint;
  readonly deadline: number;
  /** `refused` was refunded in time, `overdue` after its deadline. */
  readonly state: 'open' | 'fulfilled' | 'refused' | 'overdue';
  readonly redeemed: Logged;
  /** When it was fulfilled or refunded. */
  readonly ended: Logged | null;
}
