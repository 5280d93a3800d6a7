import type { Address } from '@dewpoint/contracts/statement.ts';
import type { AccountLink } from '../../domain/members/accounts.ts';
import type { MergedInto } from '../../domain/members/merges.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';

/** A member as it is stored. */
export interface MemberDocument {
  readonly _id: string;
  readonly programId: string;
  readonly externalId: string;
  readonly account: Address;
  /** Left out until there is one: nearly all members have none. */
  readonly links?: readonly AccountLink[];
  readonly createdAtMs: number;
  readonly erasedAtMs?: number;
  /** Set before it is replaced by its erased document, which would be without what is written into it meanwhile. */
  readonly isBeingErased?: true;
  readonly mergedInto?: MergedInto;
  readonly mergedAtMs?: number;
  /** Set while that does not hold yet. */
  readonly mergingSinceMs?: number;
  /** Newest epoch with actions; left out until the first of them are aggregated. */
  readonly activeEpoch?: number;
}

export const memberRecordOf = ({
  _id,
  activeEpoch: _,
  isBeingErased: __,
  mergingSinceMs: ___,
  ...member
}: MemberDocument): MemberRecord => ({
  links: [],
  ...member,
  id: _id,
});

export const memberDocumentOf = ({ id, links, ...member }: MemberRecord): MemberDocument => ({
  _id: id,
  ...member,
  ...(links.length > 0 && { links }),
});
