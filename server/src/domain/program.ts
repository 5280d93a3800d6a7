import type { RuleTerms } from '@dewpoint/contracts/formula.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Environment } from './environment.ts';

/** A rule with the words that members read; the terms are what the contract computes with. */
export interface Rule extends RuleTerms {
  /** Name under which apps report actions; never changes for an id. */
  readonly name: string;
  readonly text: string;
}

/** One version of a program's rule set, as published on chain. Never changes. */
export interface RuleSet {
  readonly version: number;
  /** First epoch in which it is in force. */
  readonly fromEpoch: number;
  /** Base units that can be minted during one epoch. */
  readonly budgetPerEpoch: bigint;
  /** keccak256 of the small print in force with it; `NO_DOCUMENT` for none. */
  readonly documentHash: Hex;
  readonly rules: readonly Rule[];
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** One version of a program's buyback terms, as published on chain. Never changes. */
export interface BuybackTermsVersion {
  readonly version: number;
  /** Rounds from this one on run on the newest such version. */
  readonly fromRound: number;
  /** Base units of the settlement token for one whole point (100 base units of points). */
  readonly pricePerPoint: bigint;
  /** Base units of the settlement token for one round; 0 buys nothing. */
  readonly budgetPerRound: bigint;
  /** Minimum tender in base units of points. */
  readonly minTender: bigint;
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** ERC-20 token that the buyback pays with. */
export interface SettlementToken {
  readonly address: Address;
  readonly symbol: string;
  /** Number of decimals of the token. */
  readonly decimals: number;
}

/** The four contracts of a program. */
export interface ProgramContracts {
  readonly points: Address;
  readonly charter: Address;
  readonly buyback: Address;
  readonly catalogue: Address;
}

/** A program: its contracts, its settings, and its terms as the indexer reads them from the chain. */
export interface Program {
  /** See {@link programIdOf}. */
  readonly id: string;
  /** Organisation whose operator key runs it. */
  readonly organisationId: string;
  /** Decides, with the organisation, which keys open it. */
  readonly environment: Environment;
  /** Changes whenever an id of the app stands for another member than before; left out while none ever has. */
  readonly memberIdsVersion?: number;
  readonly chainId: number;
  /** Address of its Points contract. */
  readonly address: Address;
  readonly name: string;
  readonly symbol: string;
  readonly startsAtMs: number;
  readonly epochLengthMs: number;
  /** W, in epochs. */
  readonly settlementWindow: number;
  readonly transferable: boolean;
  /** Whether no point is minted that the free reserve could not buy back. */
  readonly backed: boolean;
  readonly charter: Address;
  readonly buyback: Address;
  readonly catalogue: Address;
  /** The ERC-2771 forwarder through which members' calls are relayed. */
  readonly forwarder: Address;
  /** What the key of its first recorder is derived by: 32 bytes, the salt that it was created with. */
  readonly recorderLabel: string;
  /** Notice of changes that hurt members or holders, of price rises and of withdrawals of items. */
  readonly noticePeriodMs: number;
  /** Basis points of the supply whose objection strikes a change down: 100 is 1 %. */
  readonly objectionThresholdBps: number;
  /** Base units of points whose objection strikes a change down, whatever the supply. */
  readonly objectionCap: bigint;
  readonly settlementToken: SettlementToken;
  /** Round 0 opens then. */
  readonly firstRoundAtMs: number;
  /** Time from the opening of a round to the opening of the next. */
  readonly roundPeriodMs: number;
  /** Time for which a round is open. */
  readonly roundWindowMs: number;
  /** Time that the operator has to fulfil an order. */
  readonly orderDeadlineMs: number;
  /** Block of its creation, where the indexer starts. */
  readonly createdAtBlock: number;
  /** Time of that block. Unix milliseconds. */
  readonly createdAtMs: number;
  /** Transaction that created it. */
  readonly createdBy: Hex;
  /** Ascending versions. */
  readonly ruleSets: readonly RuleSet[];
  /** Ascending versions. */
  readonly buybackTerms: readonly BuybackTermsVersion[];
}

/** Makes the id of a program, the same in every database, so that registering it again after a crash adds nothing. */
export function programIdOf({ chainId, address }: Pick<Program, 'chainId' | 'address'>): string {
  return `prg_${chainId}_${address.slice(2).toLowerCase()}`;
}

/** Returns the addresses of a program's four contracts. */
export function contractsOf(
  program: Pick<Program, 'address' | 'charter' | 'buyback' | 'catalogue'>,
): ProgramContracts {
  const { address, charter, buyback, catalogue } = program;
  return { points: address, charter, buyback, catalogue };
}
