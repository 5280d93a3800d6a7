/** Reads the contracts of programs and creates programs. Implemented in `server/src/chain/programs`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program, SettlementToken } from '../../domain/program.ts';
import type { ProgramChoices } from '../../domain/programs/programSettings.ts';
import type { Revert } from '../../domain/transactions/transaction.ts';
import type { NewTerms } from './contractCodec.ts';
import type { ContractCall } from './submitter.ts';

/** Whom terms would hurt, or why the contract would refuse them. */
export type Impact =
  | { readonly hurtsMembers: boolean; readonly hurtsHolders: boolean; readonly revert?: never }
  | { readonly revert: Revert | null; readonly detail: string };

/** Base units of a settlement token on their way from one account to another. */
export interface MoneyTransfer {
  readonly from: Address;
  readonly to: Address;
  readonly amount: bigint;
}

/** Reads the present state of contracts. */
export interface ProgramViews {
  /** Asks the contract whom `terms` would hurt if they were announced now. */
  impact(program: Program, terms: NewTerms): Promise<Impact>;
  /** Reads the account that runs a program now. */
  operator(program: Program): Promise<Address>;
  /** Reads the account that the role of the operator is offered to; the zero address for none. */
  offeredOperator(program: Program): Promise<Address>;
  /** Reads a token; null when there is no ERC-20 contract with decimals. */
  token(address: Address): Promise<SettlementToken | null>;
  /** Reads the base units of a program's settlement token that an account has; 0 when it is not told. */
  moneyOf(program: Program, account: Address): Promise<bigint>;
  /** Tells whether a program's settlement token would carry out a transfer of an account now, and does not answer that it did not. */
  wouldTransfer(program: Program, transfer: MoneyTransfer): Promise<boolean>;
  /** Tells whether a program's settlement token logged this very transfer in a transaction; null for one that is in no block. */
  hasTransferred(program: Program, hash: Hex, transfer: MoneyTransfer): Promise<boolean | null>;
  /** Reads what the buyback of a program counts as its reserve, owed money included. Base units of the settlement token. */
  reserveOf(program: Program): Promise<bigint>;
  /** Reads the points that a program's contract counts as outstanding. Base units. */
  supplyOf(program: Program): Promise<bigint>;
  /** Reads how many base units of a program's settlement token its buyback may take from an account; 0 when it is not told. */
  allowance(program: Program, owner: Address): Promise<bigint>;
}

/** Creates programs. */
export interface ProgramFactory {
  /**
   * Makes the call that creates a program and tells whether the program exists. The same settings and discriminator give the
   * same program.
   */
  prepare(args: {
    /** Its operator key runs the program. */
    readonly organisationId: string;
    readonly choices: ProgramChoices;
    readonly settlementToken: Address;
    /** Tells programs with the same settings apart. */
    readonly discriminator: string;
  }): Promise<{ readonly call: ContractCall; readonly points: Address; readonly exists: boolean }>;
  /** Finds the program that a transaction created; null when it created none of this factory. */
  createdIn(transactionHash: Hex): Promise<Address | null>;
  /** Reads a program of an organisation without its terms, which the indexer reads. */
  read(points: Address, organisationId: string): Promise<Program>;
}
