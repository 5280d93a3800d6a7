import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Connection } from 'mongoose';
import type { AccountLink } from '../../domain/members/accounts.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';

interface MemberDocument {
  readonly _id: string;
  readonly programId: string;
  readonly externalId: string;
  readonly account: Address;
  /** Left out until there is one: nearly all members have none. */
  readonly links?: readonly AccountLink[];
  readonly createdAtMs: number;
}

const toRecord = ({ _id, ...member }: MemberDocument): MemberRecord => ({
  links: [],
  ...member,
  id: _id,
});
const toDocument = ({ id, links, ...member }: MemberRecord): MemberDocument => ({
  _id: id,
  ...member,
  ...(links.length > 0 && { links }),
});

/** Opens the store of members. */
export async function createMemberStore(connection: Connection): Promise<MemberStore> {
  const members = connection.collection<MemberDocument>('members');
  await members.createIndexes([
    { key: { programId: 1, externalId: 1 }, unique: true },
    { key: { programId: 1, account: 1 } },
    { key: { 'links.account': 1 }, sparse: true },
  ]);

  const findAll = async (
    programId: string,
    externalIds: readonly string[],
  ): Promise<Map<string, MemberRecord>> => {
    if (externalIds.length === 0) return new Map();
    const found = await members
      .find({ programId, externalId: { $in: [...new Set(externalIds)] } })
      .toArray();
    return new Map(found.map((document) => [document.externalId, toRecord(document)]));
  };

  return {
    ensure: async ({ programId, externalIds, create }) => {
      const wanted = [...new Set(externalIds)];
      const known = await findAll(programId, wanted);
      const missing = wanted.filter((externalId) => !known.has(externalId)).map(create);
      if (missing.length === 0) return known;
      let lost: readonly number[] = [];
      try {
        await members.insertMany(missing.map(toDocument), { ordered: false });
      } catch (error) {
        lost = duplicatesOf(error);
      }
      missing.forEach((member) => known.set(member.externalId, member));
      // Another process created these at the same time: its documents stay.
      const theirs = await findAll(
        programId,
        lost.flatMap((index) => missing[index]?.externalId ?? []),
      );
      theirs.forEach((member, externalId) => known.set(externalId, member));
      return known;
    },
    findByExternalId: async (programId, externalId) => {
      const found = await members.findOne({ programId, externalId });
      return found === null ? null : toRecord(found);
    },
    findByExternalIds: findAll,
    findById: async (programId, memberId) => {
      const found = await members.findOne({ _id: memberId });
      return found?.programId === programId ? toRecord(found) : null;
    },
    findByIds: async (programId, memberIds) => {
      if (memberIds.length === 0) return new Map();
      const found = await members.find({ _id: { $in: [...new Set(memberIds)] } }).toArray();
      return new Map(
        found.filter((one) => one.programId === programId).map((one) => [one._id, toRecord(one)]),
      );
    },
    gaslessAmong: async (programId, accounts) => {
      if (accounts.length === 0) return new Set();
      const found = await members
        .find({ programId, account: { $in: [...accounts] } }, { projection: { account: 1 } })
        .toArray();
      return new Set(found.map(({ account }) => account));
    },
    findByAccount: async (programId, account) => {
      const found = await members.findOne({ programId, account });
      return found === null ? null : toRecord(found);
    },
    isLinked: async (programId, account, exceptMemberId) => {
      const others = { programId, _id: { $ne: exceptMemberId } };
      const [gasless, linked] = await Promise.all([
        members.findOne({ ...others, account }),
        members.findOne({ ...others, 'links.account': account }),
      ]);
      return gasless !== null || linked !== null;
    },
    saveLinks: async (programId, memberId, links) => {
      await members.updateOne({ _id: memberId, programId }, { $set: { links: [...links] } });
    },
  };
}
