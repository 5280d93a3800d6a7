/** Members and their accounts. Implemented in `server/src/store/members`. */
import type { AccountLink } from '../../domain/members/accounts.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

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
