/** What a program's contracts answer, and how programs are created. Implemented in `server/src/chain/programs`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program, SettlementToken } from '../../domain/program.ts';
import type { ProgramChoices } from '../../domain/programs/programSettings.ts';
import type { NewTerms } from './contractCodec.ts';
import type { ContractCall, Revert } from './submitter.ts';

/** Whom terms would hurt, or why the target would not take them. */
export type Impact =
  | { readonly hurtsMembers: boolean; readonly hurtsHolders: boolean; readonly revert?: never }
  | { readonly revert: Revert | null; readonly detail: string };

/** What contracts answer now. */
export interface ProgramViews {
  /** Whom `terms` would hurt if they were announced now. */
  impact(program: Program, terms: NewTerms): Promise<Impact>;
  /** Null where there is no contract that answers like an ERC-20 with its decimals. */
  token(address: Address): Promise<SettlementToken | null>;
}

/** How programs come into being. */
export interface ProgramFactory {
  /** Who runs every program that is created here. */
  readonly operator: Address;
  /**
   * Says how a program is created, and whether it is there already. The same settings and discriminator give the same
   * program.
   */
  prepare(args: {
    readonly choices: ProgramChoices;
    readonly settlementToken: Address;
    /** Tells programs with the same settings apart. */
    readonly discriminator: string;
  }): Promise<{ readonly call: ContractCall; readonly points: Address; readonly exists: boolean }>;
  /** The program that a transaction created; null when it created none of this factory. */
  createdIn(transactionHash: Hex): Promise<Address | null>;
  /** A program without its terms, which the reader finds on chain. */
  read(points: Address): Promise<Program>;
}
