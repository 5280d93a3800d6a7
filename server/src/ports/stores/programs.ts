/** Programs and the terms that the chain publishes for them. Implemented in `server/src/store/programs`. */
import type { BuybackTermsVersion, Program, RuleSet } from '../../domain/program.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

export interface ProgramStore {
  /** Inserts a program; false when one with this id or contract exists. */
  insert(program: Program): Promise<boolean>;
  find(programId: string): Promise<Program | null>;
  findByAddress(chainId: number, address: Address): Promise<Program | null>;
  list(): Promise<Program[]>;
  /** Replaces the rule sets by those on chain. Only the indexer calls it. */
  saveRuleSets(programId: string, ruleSets: readonly RuleSet[]): Promise<void>;
  /** Replaces the versions of the buyback terms by those on chain. Only the indexer calls it. */
  saveBuybackTerms(programId: string, terms: readonly BuybackTermsVersion[]): Promise<void>;
  /** Reads the epochs up to which all statements were aggregated again after recording closed, and before the window closes. */
  sweeps(programId: string): Promise<{ closedThrough: number; windowThrough: number }>;
  saveSweeps(
    programId: string,
    sweeps: { closedThrough: number; windowThrough: number },
  ): Promise<void>;
}
