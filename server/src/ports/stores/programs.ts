/** Programs and the terms that the chain publishes for them. Implemented in `server/src/store/programs`. */
import type { BuybackTermsVersion, Program, RuleSet } from '../../domain/program.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

/** Moments up to which the log of actions was read for the first and for the second time. Unix milliseconds. */
export interface LogPosition {
  readonly readToMs: number;
  readonly readAgainToMs: number;
}

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
  /** Reads how far the log was read: up to these moments, on the wall, both included; see `services/statements/logReader.ts`. */
  logPosition(programId: string): Promise<LogPosition>;
  /** Saves how far the log was read; neither goes back. */
  saveLogPosition(programId: string, position: Partial<LogPosition>): Promise<void>;
  /** Reads the epochs up to which all statements were proven after recording closed, and before the window closes. */
  sweeps(programId: string): Promise<{ closedThrough: number; windowThrough: number }>;
  saveSweeps(
    programId: string,
    sweeps: { closedThrough: number; windowThrough: number },
  ): Promise<void>;
}
