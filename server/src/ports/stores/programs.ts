/** Programs and the terms that the chain publishes for them. Implemented in `server/src/store/programs`. */
import type { BuybackTermsVersion, Program, RuleSet } from '../../domain/program.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

export interface ProgramStore {
  /** False when a program with this id or contract is there already. */
  insert(program: Program): Promise<boolean>;
  find(programId: string): Promise<Program | null>;
  findByAddress(chainId: number, address: Address): Promise<Program | null>;
  list(): Promise<Program[]>;
  /** The reader's: rule sets as seen on chain, replaced as a whole. */
  saveRuleSets(programId: string, ruleSets: readonly RuleSet[]): Promise<void>;
  /** The reader's: versions of the buyback terms as seen on chain, replaced as a whole. */
  saveBuybackTerms(programId: string, terms: readonly BuybackTermsVersion[]): Promise<void>;
  /** Epochs up to which every statement was aggregated again after recording closed / before the window closes. */
  sweeps(programId: string): Promise<{ closedThrough: number; windowThrough: number }>;
  saveSweeps(
    programId: string,
    sweeps: { closedThrough: number; windowThrough: number },
  ): Promise<void>;
}
