/** Events of a program's charter, buyback and catalogue. Totals in them are absolute, so the newest one is enough. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { BuybackTermsVersion, Rule } from './program.ts';

/** Terms that a change puts in force. */
export type ProposedTerms =
  | {
      readonly kind: 'RULES';
      /** Earliest epoch from which it is in force; 0 for as soon as possible. */
      readonly notBefore: number;
      readonly budgetPerEpoch: bigint;
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
      readonly supplyAtAnnouncement: bigint;
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
  | { readonly kind: 'ChangeWithdrawn'; readonly change: number }
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
      readonly kind: 'PointsClaimed' | 'MoneyClaimed';
      readonly round: number;
      readonly holder: Address;
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
  | {
      readonly kind: 'OrderRefunded';
      readonly order: number;
      readonly member: Address;
      readonly points: bigint;
      readonly overdue: boolean;
    };

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
