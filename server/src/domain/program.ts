import type { RuleTerms } from '@dewpoint/contracts/formula.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

/** A rule with the words that members read; the terms are what the contract computes with. */
export interface Rule extends RuleTerms {
  /** The name under which an app reports actions; never changes for an id. */
  readonly name: string;
  readonly text: string;
}

/** One version of a program's rule set, as published on chain. Never changes. */
export interface RuleSet {
  readonly version: number;
  /** First epoch that it governs. */
  readonly fromEpoch: number;
  /** Base units that may be minted during one epoch of the clock. */
  readonly budgetPerEpoch: bigint;
  readonly rules: readonly Rule[];
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** A program: its contract, what never changes about it, and its rule sets as the reader has seen them on chain. */
export interface Program {
  /** See {@link programIdOf}. */
  readonly id: string;
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
  /** Block of its creation: the reader starts here. */
  readonly createdAtBlock: number;
  /** Ascending versions. */
  readonly ruleSets: readonly RuleSet[];
}

/** A contract has one id in every database, so that taking it in again after a crash adds nothing. */
export function programIdOf({ chainId, address }: Pick<Program, 'chainId' | 'address'>): string {
  return `prg_${chainId}_${address.slice(2).toLowerCase()}`;
}
