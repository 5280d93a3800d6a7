import type { Connection, mongo } from 'mongoose';
import type { ListedMember, MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import { duplicatesOf, isDuplicateKey } from '../mongo/duplicateKeys.ts';
import { memberDocumentOf, memberRecordOf, type MemberDocument } from './memberDocument.ts';
import { createMergeParts, MERGE_INDEXES } from './merges.ts';

/** Comes after every other one, as the database orders texts by their bytes. */
const LAST_CHARACTER = '\u{10FFFF}';

/** Opens the store of members. */
export async function createMemberStore(connection: Connection): Promise<MemberStore> {
  const members = connection.collection<MemberDocument>('members');
  await members.createIndexes([
    { key: { programId: 1, externalId: 1 }, unique: true },
    { key: { programId: 1, account: 1 } },
    { key: { 'links.account': 1 }, sparse: true },
    { key: { erasedAtMs: 1 }, sparse: true },
    ...MERGE_INDEXES,
    // Not of members that were created a moment ago: recording waits for these.
    {
      key: { programId: 1, activeEpoch: 1, _id: 1 },
      partialFilterExpression: { activeEpoch: { $gte: 0 } },
    },
  ]);

  const erasures = connection.collection<MemberDocument>('erasures');
  await erasures.createIndexes([{ key: { programId: 1 } }]);

  /**
   * Replaces the document of a member by the erased one, which is kept beside it until that is done. It is deleted and inserted:
   * an engine that does not forget the old value of a unique index when a document changes would keep the app's id taken.
   */
  const finishErasure = async (erased: MemberDocument): Promise<MemberDocument> => {
    await members.deleteOne({ _id: erased._id, externalId: { $ne: erased.externalId } });
    try {
      await members.insertOne(erased);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    await erasures.deleteOne({ _id: erased._id });
    return erased;
  };

  const findAll = async (
    programId: string,
    externalIds: readonly string[],
  ): Promise<Map<string, MemberRecord>> => {
    if (externalIds.length === 0) return new Map();
    const found = await members
      .find({ programId, externalId: { $in: [...new Set(externalIds)] } })
      .toArray();
    return new Map(found.map((document) => [document.externalId, memberRecordOf(document)]));
  };

  /** Reads one page of what several filters select one after the other. */
  const listFrom = async (
    filters: readonly mongo.Filter<MemberDocument>[],
    sort: Record<string, mongo.SortDirection>,
    limit: number,
  ): Promise<MemberDocument[]> => {
    const rows: MemberDocument[] = [];
    for (const filter of filters) {
      if (rows.length >= limit) break;
      const missing = limit - rows.length;
      rows.push(...(await members.find(filter).sort(sort).limit(missing).toArray()));
    }
    return rows;
  };
  const listById = (
    programId: string,
    prefix: string | null,
    after: ListedMember | null,
    limit: number,
  ): Promise<MemberDocument[]> => {
    const range = {
      ...(after !== null && { $gt: after.member.externalId }),
      ...(after === null && prefix !== null && { $gte: prefix }),
      ...(prefix !== null && { $lt: `${prefix}${LAST_CHARACTER}` }),
    };
    const of = {
      programId,
      erasedAtMs: { $exists: false },
      ...(Object.keys(range).length > 0 && { externalId: range }),
    };
    return listFrom([of], { externalId: 1 }, limit);
  };
  const listByActivity = (
    programId: string,
    after: ListedMember | null,
    limit: number,
  ): Promise<MemberDocument[]> => {
    const sort = { activeEpoch: -1, _id: -1 } as const;
    if (after === null) return listFrom([{ programId, activeEpoch: { $gte: 0 } }], sort, limit);
    const { activeEpoch, member } = after;
    const sameEpoch = { programId, activeEpoch, _id: { $lt: member.id } };
    const older = { programId, activeEpoch: { $gte: 0, $lt: activeEpoch } };
    return listFrom([sameEpoch, older], sort, limit);
  };

  return {
    ...createMergeParts(members),
    noteActive: async (programId, marks) => {
      const updates = [...new Set(marks.map(({ epoch }) => epoch))].map((epoch) => {
        const ids = marks.filter((mark) => mark.epoch === epoch).map(({ memberId }) => memberId);
        const filter = { _id: { $in: ids }, programId };
        return { updateMany: { filter, update: { $max: { activeEpoch: epoch } } } };
      });
      if (updates.length > 0) await members.bulkWrite(updates, { ordered: false });
    },
    list: async (programId, { order, prefix, after, limit }) => {
      const found =
        order === 'MEMBER_ID'
          ? await listById(programId, prefix, after, limit)
          : await listByActivity(programId, after, limit);
      return found.map((document) => ({
        member: memberRecordOf(document),
        activeEpoch: document.activeEpoch ?? 0,
      }));
    },
    findByAccounts: async (programId, accounts) => {
      const wanted = { $in: [...new Set(accounts)] };
      const [linked, gasless] = await Promise.all([
        members.find({ programId, 'links.account': wanted }).toArray(),
        members.find({ programId, account: wanted }).toArray(),
      ]);
      return new Map([
        ...linked.flatMap((document) =>
          (document.links ?? []).map(({ account }) => [account, memberRecordOf(document)] as const),
        ),
        ...gasless.map((document) => [document.account, memberRecordOf(document)] as const),
      ]);
    },
    findByAnyAccount: async (programId, account) => {
      const gasless = await members.findOne({ programId, account });
      const found = gasless ?? (await members.findOne({ programId, 'links.account': account }));
      return found === null ? null : memberRecordOf(found);
    },
    erase: async (programId, externalId, name, erasedAtMs) => {
      const found = await members.findOneAndUpdate(
        { programId, externalId },
        { $set: { isBeingErased: true } },
        { returnDocument: 'after' },
      );
      if (found === null) {
        const left = await erasures.findOne({ programId, externalId: name });
        const done = left ?? (await members.findOne({ programId, externalId: name }));
        return done === null ? null : memberRecordOf(await finishErasure(done));
      }
      // Lists show who did something: an erased member is in none.
      const { activeEpoch: _, isBeingErased: __, mergingSinceMs: ___, mergedInto, ...kept } = found;
      // Points of a merged member still move on; a merge that does not hold yet never will.
      const merge = mergedInto?.fromEpoch == null ? {} : { mergedInto };
      const erased = { ...kept, ...merge, externalId: name, erasedAtMs };
      await erasures.replaceOne({ _id: found._id }, erased, { upsert: true });
      return memberRecordOf(await finishErasure(erased));
    },
    resumeErasures: async (programId) => {
      for (const left of await erasures.find({ programId }).toArray()) await finishErasure(left);
    },
    erasedSince: async (programId, sinceMs) =>
      (await members.find({ programId, erasedAtMs: { $gte: sinceMs } }).toArray()).map(
        memberRecordOf,
      ),
    ensure: async ({ programId, externalIds, create }) => {
      const wanted = [...new Set(externalIds)];
      const known = await findAll(programId, wanted);
      const missing = wanted.filter((externalId) => !known.has(externalId)).map(create);
      if (missing.length === 0) return known;
      let lost: readonly number[] = [];
      try {
        await members.insertMany(missing.map(memberDocumentOf), { ordered: false });
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
      return found === null ? null : memberRecordOf(found);
    },
    findByExternalIds: findAll,
    findById: async (programId, memberId) => {
      const found = await members.findOne({ _id: memberId });
      return found?.programId === programId ? memberRecordOf(found) : null;
    },
    findByIds: async (programId, memberIds) => {
      if (memberIds.length === 0) return new Map();
      const found = await members.find({ _id: { $in: [...new Set(memberIds)] } }).toArray();
      return new Map(
        found
          .filter((one) => one.programId === programId)
          .map((one) => [one._id, memberRecordOf(one)]),
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
      return found === null ? null : memberRecordOf(found);
    },
    findByLink: async (programId, account) => {
      const found = await members.findOne({ programId, 'links.account': account });
      return found === null ? null : memberRecordOf(found);
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
