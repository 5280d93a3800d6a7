/** Members and their accounts. Implemented in `server/src/store/members`. */
import type { StatementKey } from './statements.ts';
import type { AccountLink } from '../../domain/members/accounts.ts';
import type { MergedInto } from '../../domain/members/merges.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

/** A member: the app's id and the accounts of the member. */
export interface MemberRecord {
  /** UUIDv7. */
  readonly id: string;
  readonly programId: string;
  /** The app's own id. */
  readonly externalId: string;
  /** The gasless account, derived from `id`: the same for ever. */
  readonly account: Address;
  /** Own wallets that it moved to; see `domain/members/accounts.ts`. */
  readonly links: readonly AccountLink[];
  readonly createdAtMs: number;
  /** Left out unless its profile was erased. Unix milliseconds, on the wall. */
  readonly erasedAtMs?: number;
  /** When its merge was made to hold; left out unless it was. Unix milliseconds, on the wall. */
  readonly mergedAtMs?: number;
  /** Left out unless it was merged into another member, or is being merged; see `domain/members/merges.ts`. */
  readonly mergedInto?: MergedInto;
}

/** The last time that a member's key was exported. */
export interface KeyExport {
  readonly memberId: string;
  /** Name of the effect that exported it. */
  readonly effectId: string;
  /** Unix milliseconds, on the wall. */
  readonly atMs: number;
}

export interface KeyExportStore {
  /** Notes an export, unless the last one of the member is later than `throughMs`. @returns the one that stands, for all who ask at the same time */
  claim(record: KeyExport, throughMs: number): Promise<KeyExport>;
  find(memberId: string): Promise<KeyExport | null>;
}

/** Orders of a list of members: by the app's id, or those who did something newest first, by epoch. */
export type MemberOrder = 'MEMBER_ID' | 'NEWEST_ACTIVITY';

/** A member in a list. */
export interface ListedMember {
  readonly member: MemberRecord;
  /** Newest epoch in which it did something. */
  readonly activeEpoch: number;
}

export interface MemberStore {
  /** Finds or creates members, in the order of the input; race-free by the unique index on {programId, externalId}. */
  ensure(args: {
    programId: string;
    externalIds: readonly string[];
    create: (externalId: string) => MemberRecord;
  }): Promise<ReadonlyMap<string, MemberRecord>>;
  findByExternalId(programId: string, externalId: string): Promise<MemberRecord | null>;
  /** Finds the members that exist, by external id. */
  findByExternalIds(
    programId: string,
    externalIds: readonly string[],
  ): Promise<ReadonlyMap<string, MemberRecord>>;
  findById(programId: string, memberId: string): Promise<MemberRecord | null>;
  /** Finds the members that exist, by id. */
  findByIds(
    programId: string,
    memberIds: readonly string[],
  ): Promise<ReadonlyMap<string, MemberRecord>>;
  /**
   * Puts another name in the place of the app's id, so that nothing leads from the app's member to this one any more. What was
   * broken off is gone on with under the same name.
   *
   * @returns the member as it is then; null when there is none with this id
   */
  erase(
    programId: string,
    externalId: string,
    name: string,
    erasedAtMs: number,
  ): Promise<MemberRecord | null>;
  /** Ends erasures that were broken off. */
  resumeErasures(programId: string): Promise<void>;
  /** Lists members that were erased since a moment. */
  erasedSince(programId: string, sinceMs: number): Promise<readonly MemberRecord[]>;
  /**
   * Announces that a member is to be merged, unless it is merged, being merged or erased: what its id stands for is not remembered
   * from then on.
   *
   * @param atMs Unix milliseconds, on the wall.
   * @returns the member as it is then; null when it is not there or is being erased
   */
  announceMerge(
    programId: string,
    memberId: string,
    merge: Pick<MergedInto, 'memberId' | 'by'>,
    atMs: number,
  ): Promise<MemberRecord | null>;
  /**
   * Makes an announced merge hold from an epoch on; one that holds already stays as it is.
   *
   * @param merge.atMs When it was made to hold: unix milliseconds, on the wall.
   * @returns the member as it is then; null when that merge was taken back, or the member is being erased
   */
  beginMerge(
    programId: string,
    memberId: string,
    merge: { readonly by: string; readonly fromEpoch: number; readonly atMs: number },
  ): Promise<MemberRecord | null>;
  /** Lists members whose merge was made to hold since a moment; those that were merged before this was noted are not among them. */
  mergedSince(programId: string, sinceMs: number): Promise<readonly MemberRecord[]>;
  /** Takes back an announced merge that does not hold yet. */
  withdrawMerge(programId: string, memberId: string, by: string): Promise<void>;
  /** Lists members of which a merge was announced up to a moment, and does not hold yet. */
  listMerging(programId: string, untilMs: number): Promise<readonly MemberRecord[]>;
  /** Lists members that were merged, or are being merged, into one of these; erased ones too. */
  listMergedInto(programId: string, memberIds: readonly string[]): Promise<readonly MemberRecord[]>;
  /** Lists members whose merge holds by id, after one id or from the first on; erased ones too. */
  listMerged(
    programId: string,
    page: { readonly afterId: string | null; readonly limit: number },
  ): Promise<readonly MemberRecord[]>;
  /** Selects those of these accounts that are gasless accounts of members. */
  gaslessAmong(programId: string, accounts: readonly Address[]): Promise<ReadonlySet<Address>>;
  /** Notes epochs in which members did something; the newest of each stays. */
  noteActive(programId: string, marks: readonly StatementKey[]): Promise<void>;
  /**
   * Lists members who did something.
   *
   * @param page `limit` members after the one of `after`, or from the first on.
   * @param prefix Of the app's ids, in the form in which they are kept; null for all. It is for the order MEMBER_ID.
   */
  list(
    programId: string,
    page: {
      readonly order: MemberOrder;
      readonly prefix: string | null;
      readonly after: ListedMember | null;
      readonly limit: number;
    },
  ): Promise<ListedMember[]>;
  /** Finds the members with these accounts, gasless or own wallets, by account. */
  findByAccounts(
    programId: string,
    accounts: readonly Address[],
  ): Promise<ReadonlyMap<Address, MemberRecord>>;
  /** Finds the member with this account, gasless or an own wallet. */
  findByAnyAccount(programId: string, account: Address): Promise<MemberRecord | null>;
  /** Finds the member with this gasless account. */
  findByAccount(programId: string, account: Address): Promise<MemberRecord | null>;
  /** Finds the member that an own wallet is, or was, linked to. */
  findByLink(programId: string, account: Address): Promise<MemberRecord | null>;
  /** Tells whether another member has this account, gasless or linked. */
  isLinked(programId: string, account: Address, exceptMemberId: string): Promise<boolean>;
  /** Replaces the links of a member by those on chain. Only the indexer calls it. */
  saveLinks(programId: string, memberId: string, links: readonly AccountLink[]): Promise<void>;
}
