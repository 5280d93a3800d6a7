/** Events of a program's contracts. Totals in those of charter, buyback and catalogue are absolute, so the newest one is enough. */
import type { Address, Hex, PackedStatement } from '@dewpoint/contracts/statement.ts';
import type { BuybackTermsVersion, Rule, RuleSet } from './program.ts';

/** Reasons for which the contract skips a statement, in the order of `IPoints.SkipReason`. */
export const SKIP_REASONS = [
  'FutureEpoch',
  'WindowClosed',
  'LinesNotAscending',
  'UndefinedRule',
  'ForbiddenMember',
  'BudgetUsedUp',
  'NotBacked',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** An event of a Points contract. */
export type PointsEvent =
  /** The outcomes of its statements follow in their order, none for a statement of which nothing was new. */
  | { readonly kind: 'BatchSettled'; readonly statements: readonly PackedStatement[] }
  /** `index` is the place of the statement in the batch before. */
  | { readonly kind: 'Skipped'; readonly index: number; readonly reason: SkipReason }
  | {
      readonly kind: 'Transfer';
      readonly from: Address;
      readonly to: Address;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'RuleSetPublished';
      readonly ruleSet: Omit<RuleSet, 'blockNumber' | 'transactionHash'>;
    }
  | {
      readonly kind: 'Anchored';
      /** Epoch in which the entries were recorded. */
      readonly epoch: number;
      /** All zero where there were none. */
      readonly root: Hex;
      readonly count: number;
    }
  | { readonly kind: 'RecorderRotated'; readonly recorder: Address; readonly fromEpoch: number }
  | { readonly kind: 'RecorderRevoked'; readonly recorder: Address; readonly next: Address }
  | {
      readonly kind: 'AccountMoved';
      readonly from: Address;
      readonly to: Address;
      readonly amount: bigint;
    }
  | { readonly kind: 'OperatorOffered'; readonly operator: Address; readonly next: Address }
  | { readonly kind: 'OperatorChanged'; readonly previous: Address; readonly operator: Address };

/** What became of one statement, which a batch and the events after it say together: see `statements/outcomes.ts`. */
export type StatementOutcome =
  | {
      readonly kind: 'StatementSettled';
      readonly account: Address;
      readonly epoch: number;
      /** Base units minted by this batch. */
      readonly amount: bigint;
      /** Base units minted for (account, epoch) so far: cumulative, so the newest event wins. */
      readonly points: bigint;
      readonly lines: Hex;
    }
  | {
      readonly kind: 'StatementSkipped';
      readonly account: Address;
      readonly epoch: number;
      readonly reason: SkipReason;
      readonly lines: Hex;
    };

/** Terms that a change puts in force. */
export type ProposedTerms =
  | {
      readonly kind: 'RULES';
      /** Earliest epoch from which it is in force; 0 for as soon as possible. */
      readonly notBefore: number;
      readonly budgetPerEpoch: bigint;
      /** keccak256 of the small print; `NO_DOCUMENT` for none. */
      readonly documentHash: Hex;
      readonly rules: readonly Rule[];
    }
  | ({ readonly kind: 'BUYBACK' } & Pick<
      BuybackTermsVersion,
      'pricePerPoint' | 'budgetPerRound' | 'minTender'
    >);

export type CharterEvent =
  | {
      readonly kind: 'ChangeAnnounced';
      readonly change: number;
      readonly target: Address;
      /** 1 hurts members, 2 hurts holders, OR-ed; 0 is an improvement. */
      readonly impact: number;
      readonly comparedVersion: number;
      readonly noticeEndsAtMs: number;
      readonly diesAtMs: number;
      readonly lastRoundOwed: boolean;
      readonly firstEligibleRound: number;
      /** Base units of points that the threshold is of, at most. */
      readonly countedSupply: bigint;
      /** Encoded terms, to pass to `enact` again. */
      readonly terms: Hex;
      /** Decoded terms; null for bytes that only the contract can read. */
      readonly proposed: ProposedTerms | null;
    }
  | { readonly kind: 'ChangeEnacted'; readonly change: number; readonly version: number }
  | {
      readonly kind: 'ChangeStruckDown';
      readonly change: number;
      readonly objections: bigint;
      readonly needed: bigint;
    }
  | {
      readonly kind: 'ChangeWithdrawn';
      readonly change: number;
      /** Whether objections had reached half of what was needed, so that it counts as struck down. */
      readonly counted: boolean;
    }
  | {
      readonly kind: 'Objected';
      readonly change: number;
      readonly holder: Address;
      readonly amount: bigint;
      readonly held: bigint;
      readonly objections: bigint;
    }
  | {
      readonly kind: 'ObjectionReleased';
      readonly change: number;
      readonly holder: Address;
      readonly amount: bigint;
    };

export type BuybackEvent =
  | {
      readonly kind: 'TermsPublished';
      readonly terms: Omit<BuybackTermsVersion, 'blockNumber' | 'transactionHash'>;
    }
  | {
      readonly kind: 'Tendered' | 'Untendered';
      readonly round: number;
      readonly holder: Address;
      readonly amount: bigint;
      /** Total of this holder in this round after the event. */
      readonly held: bigint;
      /** Total of all holders in this round after the event. */
      readonly tendered: bigint;
    }
  | {
      readonly kind: 'RoundSettled';
      readonly round: number;
      readonly version: number;
      readonly covered: boolean;
      readonly budget: bigint;
      readonly tendered: bigint;
      readonly filled: bigint;
      readonly payout: bigint;
    }
  | {
      readonly kind: 'PointsClaimed';
      readonly round: number;
      readonly holder: Address;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'MoneyClaimed';
      readonly round: number;
      readonly holder: Address;
      /** Where the holder wanted the money. */
      readonly to: Address;
      readonly amount: bigint;
    }
  /** Money that a holder had claimed before went on. */
  | {
      readonly kind: 'MoneySent';
      readonly holder: Address;
      readonly to: Address;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'Deposited';
      readonly from: Address;
      readonly amount: bigint;
      readonly reserve: bigint;
    }
  | { readonly kind: 'Synced'; readonly amount: bigint; readonly reserve: bigint }
  | {
      readonly kind: 'Withdrawn';
      readonly to: Address;
      readonly amount: bigint;
      readonly reserve: bigint;
    };

export type CatalogueEvent =
  | {
      readonly kind: 'ItemAdded';
      readonly item: number;
      readonly price: bigint;
      readonly stock: number;
      readonly text: string;
    }
  | { readonly kind: 'PriceCut'; readonly item: number; readonly price: bigint }
  | {
      readonly kind: 'PriceRiseScheduled';
      readonly item: number;
      readonly price: bigint;
      readonly takesEffectAtMs: number;
    }
  | {
      readonly kind: 'StockAdded';
      readonly item: number;
      readonly added: number;
      readonly stock: number;
    }
  | {
      readonly kind: 'WithdrawalScheduled';
      readonly item: number;
      readonly takesEffectAtMs: number;
    }
  | { readonly kind: 'WithdrawalCancelled'; readonly item: number }
  | {
      readonly kind: 'Redeemed';
      readonly order: number;
      readonly member: Address;
      readonly item: number;
      readonly quantity: number;
      readonly points: bigint;
      readonly deadlineMs: number;
      readonly orderRef: Hex;
      /** Pieces of the item that are left. */
      readonly stock: number;
    }
  | {
      readonly kind: 'OrderFulfilled';
      readonly order: number;
      readonly member: Address;
      readonly points: bigint;
    }
  | OrderRefunded;

interface OrderRefunded {
  readonly kind: 'OrderRefunded';
  readonly order: number;
  readonly member: Address;
  /** Of the order, as its redemption says it. */
  readonly item: number;
  readonly points: bigint;
  readonly overdue: boolean;
  /** Pieces of the item that are left; what was ordered is among them again. */
  readonly stock: number;
}

/** An event of a catalogue, as the contract emits it. */
export type EmittedCatalogueEvent =
  Exclude<CatalogueEvent, OrderRefunded> | Omit<OrderRefunded, 'item'>;

/** An event of a program, as a contract emits it. */
export type ProgramEvent = PointsEvent | CharterEvent | BuybackEvent | EmittedCatalogueEvent;

/** An event of a program, completed by those before it: batches and skips have become outcomes of statements. */
export type ReadEvent =
  | Exclude<PointsEvent, { kind: 'BatchSettled' | 'Skipped' }>
  | StatementOutcome
  | CharterEvent
  | BuybackEvent
  | CatalogueEvent;

/** Block and transaction of an event on chain. */
export interface ChainMoment {
  /** Time of the block, unix milliseconds. */
  readonly atMs: number;
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** An event with its moment. */
export interface DatedEvent<Event> {
  readonly event: Event;
  readonly moment: ChainMoment;
}
