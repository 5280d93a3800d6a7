import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { AccountLink } from '../../domain/members/accounts.ts';
import type { ActionEntry, LogEntry, VoidEntry } from '../../domain/actions/action.ts';
import type { BuybackTermsVersion, Program, RuleSet } from '../../domain/program.ts';
import type {
  ChainPosition,
  Skip,
  StatementRecord,
} from '../../domain/statements/statementRecord.ts';

/** The app's id of a member and what the program derived from it. */
export interface MemberRecord {
  /** UUIDv7. */
  readonly id: string;
  readonly programId: string;
  /** The app's own id. */
  readonly externalId: string;
  /** The gasless account, derived from `id`: the same for ever. */
  readonly account: Address;
  /** Own wallets that it moved to; see `domain/accounts.ts`. */
  readonly links: readonly AccountLink[];
  readonly createdAtMs: number;
}

export interface MemberStore {
  /** Finds or creates; race-free by the unique index on {programId, externalId}. Result in input order. */
  ensure(args: {
    programId: string;
    externalIds: readonly string[];
    create: (externalId: string) => MemberRecord;
  }): Promise<ReadonlyMap<string, MemberRecord>>;
  findByExternalId(programId: string, externalId: string): Promise<MemberRecord | null>;
  /** Those that exist, by external id. */
  findByExternalIds(
    programId: string,
    externalIds: readonly string[],
  ): Promise<ReadonlyMap<string, MemberRecord>>;
  findById(programId: string, memberId: string): Promise<MemberRecord | null>;
  /** Those of these accounts that are gasless accounts of members. */
  gaslessAmong(programId: string, accounts: readonly Address[]): Promise<ReadonlySet<Address>>;
  /** The member whose gasless account this is. */
  findByAccount(programId: string, account: Address): Promise<MemberRecord | null>;
  /** Whether another member has this account, gasless or linked. */
  isLinked(programId: string, account: Address, exceptMemberId: string): Promise<boolean>;
  /** The reader's: links as seen on chain, replaced as a whole. */
  saveLinks(programId: string, memberId: string, links: readonly AccountLink[]): Promise<void>;
}

/** Names one statement. */
export interface StatementKey {
  readonly memberId: string;
  readonly epoch: number;
}

/** Names one action of a member, or its void. */
export interface EntryKey {
  readonly memberId: string;
  readonly eventId: string;
}

export interface ActionLog {
  /** Inserts first, never checks first. Per entry: null when inserted, or the entry that stands there already under
   *  the same {programId, memberId, kind, eventId}. */
  insert<Entry extends LogEntry>(entries: readonly Entry[]): Promise<readonly (Entry | null)[]>;
  /** Everything the log holds for these statements, keyed by statement id `${memberId}:${epoch}`. */
  entriesOf(
    programId: string,
    keys: readonly StatementKey[],
  ): Promise<ReadonlyMap<string, readonly LogEntry[]>>;
  /** Per key: the action that stands there, or null. In input order. */
  findActions(
    programId: string,
    keys: readonly EntryKey[],
  ): Promise<readonly (ActionEntry | null)[]>;
  /** Per key: the void that stands there, or null. In input order. */
  findVoids(programId: string, keys: readonly EntryKey[]): Promise<readonly (VoidEntry | null)[]>;
}

/** What one aggregation of the log found. */
export interface Aggregate {
  readonly id: string;
  /** `marks` as read BEFORE the log was read. */
  readonly seen: number;
  readonly asOfMs: number;
  readonly lines: Hex;
  readonly points: bigint;
  readonly expectedLines: Hex;
  readonly expectedPoints: bigint;
  readonly nextMaturesAtMs: number | null;
}

/** What the chain says about one statement, from its newest `Settled` / `Skipped` events; null fields for none. */
export interface ChainState {
  readonly id: string;
  readonly settledLines: Hex;
  readonly settledPoints: bigint;
  readonly settledAt: ChainPosition | null;
  readonly skipped: Skip | null;
  /** When set, the statement is not handed in before this moment (budget used up: start of the next clock epoch). */
  readonly notBeforeMs: number | null;
}

/** A touch of one statement's log. */
export interface Mark {
  readonly memberId: string;
  readonly epoch: number;
  readonly account: Address;
  /** When its recording closes: from then on it is handed in without anybody asking. */
  readonly settleAfterMs: number;
  /** Actions inserted since the last mark: counted for the soft limit a member and epoch. */
  readonly inserted: number;
}

export interface StatementStore {
  /**
   * Before an insert: increments `marks`, creating statements where there are none. Gives the number of actions
   * recorded so far per statement id, for the soft limit.
   */
  open(programId: string, marks: readonly Mark[]): Promise<ReadonlyMap<string, number>>;
  /** After an insert: increments `marks` of statements that are there. */
  mark(programId: string, marks: readonly Mark[]): Promise<void>;
  /** Increments `marks` of every statement of these epochs (both included): all are aggregated again. */
  markEpochs(programId: string, fromEpoch: number, toEpoch: number): Promise<void>;
  /** Statements whose log was touched since the last aggregation, or in which something matured. Oldest epoch first. */
  findToAggregate(programId: string, nowMs: number, limit: number): Promise<StatementRecord[]>;
  /** Stores aggregates; one that is older than what is stored (`seen`, `asOfMs`) changes nothing. Keeps `due` right. */
  saveAggregates(programId: string, aggregates: readonly Aggregate[]): Promise<void>;
  /** Notes that these were aggregated and nothing had changed, unless they were marked again since `marks` was read. */
  confirm(
    programId: string,
    unchanged: readonly { readonly id: string; readonly marks: number }[],
  ): Promise<void>;
  /**
   * Stores what the chain says; called by the reader only, in chain order, also to undo. Keeps `due` right. Once nothing
   * is due any more, a statement that was hastened waits for the close of its recording again.
   */
  saveChainStates(programId: string, states: readonly ChainState[]): Promise<void>;
  /** Asks for statements to be handed in now: lowers `settleAfterMs`. */
  hasten(programId: string, ids: readonly string[], settleAfterMs: number): Promise<void>;
  /**
   * Due statements with `settleAfterMs` <= nowMs and epoch within [minEpoch, maxEpoch]; those that wait longest first,
   * all epochs of one member next to each other. Due ones below minEpoch have lapsed: they are never due again.
   */
  findDue(args: {
    programId: string;
    nowMs: number;
    minEpoch: number;
    maxEpoch: number;
    limit: number;
    excludeIds: ReadonlySet<string>;
  }): Promise<StatementRecord[]>;
  /** Statements for (account, epoch) pairs named by chain events. */
  findByAccounts(
    programId: string,
    pairs: readonly { account: Address; epoch: number }[],
  ): Promise<StatementRecord[]>;
  findById(programId: string, id: string): Promise<StatementRecord | null>;
  /** Newest epoch first; `beforeEpoch` for the next page. */
  listOfMember(args: {
    programId: string;
    memberId: string;
    beforeEpoch: number | null;
    limit: number;
  }): Promise<StatementRecord[]>;
  /** All statements of a member from an epoch on, oldest epoch first. */
  listOfMemberSince(
    programId: string,
    memberId: string,
    minEpoch: number,
  ): Promise<StatementRecord[]>;
  /**
   * How far settling is: statements not aggregated since they were touched or since something matured in them, or due;
   * and the oldest epoch among them.
   */
  progress(
    programId: string,
    minEpoch: number,
    nowMs: number,
  ): Promise<{ readonly open: number; readonly oldestOpenEpoch: number | null }>;
}

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

/** What an API key may do. */
export const SCOPES = [
  'actions:write',
  'members:read',
  'members:write',
  'program:read',
  'program:write',
] as const;
/** What an app needs; `program:write` acts with the operator's key and belongs to the operator alone. */
export const APP_SCOPES = [
  'actions:write',
  'members:read',
  'members:write',
  'program:read',
] as const satisfies readonly Scope[];
export type Scope = (typeof SCOPES)[number];

export interface ApiKeyRecord {
  /** Public part, `key_` and 16 hex digits. */
  readonly id: string;
  readonly programId: string;
  readonly name: string;
  /** SHA-256 of the key, hex. The key itself is shown once and never stored. */
  readonly hash: string;
  readonly scopes: readonly Scope[];
  readonly createdAtMs: number;
  readonly revokedAtMs: number | null;
}

export interface ApiKeyStore {
  insert(key: ApiKeyRecord): Promise<void>;
  findByHash(hash: string): Promise<ApiKeyRecord | null>;
  list(programId: string): Promise<ApiKeyRecord[]>;
  revoke(programId: string, id: string, revokedAtMs: number): Promise<boolean>;
}
