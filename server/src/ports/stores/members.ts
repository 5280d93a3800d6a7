/** Members and their accounts. Implemented in `server/src/store/members`. */
import type { AccountLink } from '../../domain/members/accounts.ts';
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
  /** Selects those of these accounts that are gasless accounts of members. */
  gaslessAmong(programId: string, accounts: readonly Address[]): Promise<ReadonlySet<Address>>;
  /** Finds the member with this gasless account. */
  findByAccount(programId: string, account: Address): Promise<MemberRecord | null>;
  /** Tells whether another member has this account, gasless or linked. */
  isLinked(programId: string, account: Address, exceptMemberId: string): Promise<boolean>;
  /** Replaces the links of a member by those on chain. Only the indexer calls it. */
  saveLinks(programId: string, memberId: string, links: readonly AccountLink[]): Promise<void>;
}
