/** Programs and the terms that the chain publishes for them. Implemented in `server/src/store/programs`. */
import type { ProgramLook } from '../../domain/programs/look.ts';
import type { BuybackTermsVersion, Program, RuleSet } from '../../domain/program.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

/** Moments up to which the log of actions was read for the first and for the second time. Unix milliseconds. */
export interface LogPosition {
  readonly readToMs: number;
  readonly readAgainToMs: number;
}

/** Stores how programs are shown, and their images. */
export interface LookStore {
  find(programId: string): Promise<ProgramLook | null>;
  /** Sets what is given of a look, and leaves the rest as it is then. @returns the look before; null for the first */
  change(programId: string, change: Partial<ProgramLook>): Promise<ProgramLook | null>;
  /** Saves an image under its hash; one that is there stays. */
  saveImage(hash: string, bytes: Buffer): Promise<void>;
  findImage(hash: string): Promise<Buffer | null>;
  removeImage(hash: string): Promise<void>;
}

export interface ProgramStore {
  /** Inserts a program; false when one with this id or contract exists. */
  insert(program: Program): Promise<boolean>;
  find(programId: string): Promise<Program | null>;
  findByAddress(chainId: number, address: Address): Promise<Program | null>;
  list(): Promise<Program[]>;
  /** Lists the programs of an organisation in all environments, by their ids. @param limit most of them */
  listOf(organisationId: string, limit: number): Promise<Program[]>;
  /** Tells whether an organisation has a program in live. */
  hasLive(organisationId: string): Promise<boolean>;
  /** Replaces the rule sets by those on chain. Only the indexer calls it. */
  saveRuleSets(programId: string, ruleSets: readonly RuleSet[]): Promise<void>;
  /** Replaces the versions of the buyback terms by those on chain. Only the indexer calls it. */
  saveBuybackTerms(programId: string, terms: readonly BuybackTermsVersion[]): Promise<void>;
  /** Tells all servers that an id of the app stands for another member now: they see it with the program. */
  changeMemberIds(programId: string): Promise<void>;
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
