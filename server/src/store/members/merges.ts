import type { mongo } from 'mongoose';
import type { MemberStore } from '../../ports/stores/members.ts';
import { memberRecordOf, type MemberDocument } from './memberDocument.ts';

/** Of the few members that were merged. */
export const MERGE_INDEXES: readonly mongo.IndexDescription[] = [
  { key: { 'mergedInto.memberId': 1 }, sparse: true },
  { key: { mergingSinceMs: 1 }, sparse: true },
  { key: { mergedAtMs: 1 }, sparse: true },
  {
    key: { programId: 1, _id: 1 },
    partialFilterExpression: { 'mergedInto.fromEpoch': { $gte: 0 } },
  },
];

const STANDING = { erasedAtMs: { $exists: false }, isBeingErased: { $exists: false } } as const;

type MergeParts = Pick<
  MemberStore,
  | 'announceMerge'
  | 'beginMerge'
  | 'mergedSince'
  | 'withdrawMerge'
  | 'listMerging'
  | 'listMergedInto'
  | 'listMerged'
>;

/** Creates the part of the store of members that is about merges. Each write changes one document, on a condition. */
export function createMergeParts(members: mongo.Collection<MemberDocument>): MergeParts {
  return {
    announceMerge: async (programId, memberId, merge, atMs) => {
      const member = { _id: memberId, programId, ...STANDING };
      const unmerged = { ...member, mergedInto: { $exists: false } };
      const mergedInto = { memberId: merge.memberId, fromEpoch: null, by: merge.by };
      await members.updateOne(unmerged, { $set: { mergedInto, mergingSinceMs: atMs } });
      const found = await members.findOne(member);
      return found === null ? null : memberRecordOf(found);
    },
    beginMerge: async (programId, memberId, { by, fromEpoch, atMs }) => {
      const announced = { _id: memberId, programId, ...STANDING, 'mergedInto.by': by };
      await members.updateOne(
        { ...announced, 'mergedInto.fromEpoch': null },
        {
          $set: { 'mergedInto.fromEpoch': fromEpoch, mergedAtMs: atMs },
          $unset: { mergingSinceMs: '' },
        },
      );
      const found = await members.findOne(announced);
      return found === null ? null : memberRecordOf(found);
    },
    mergedSince: async (programId, sinceMs) => {
      const found = await members.find({ mergedAtMs: { $gte: sinceMs }, programId }).toArray();
      return found.map(memberRecordOf);
    },
    withdrawMerge: async (programId, memberId, by) => {
      await members.updateOne(
        { _id: memberId, programId, 'mergedInto.by': by, 'mergedInto.fromEpoch': null },
        { $unset: { mergedInto: '', mergingSinceMs: '' } },
      );
    },
    listMerging: async (programId, untilMs) => {
      const found = await members.find({ mergingSinceMs: { $lte: untilMs }, programId }).toArray();
      return found.map(memberRecordOf);
    },
    listMergedInto: async (programId, memberIds) => {
      if (memberIds.length === 0) return [];
      const found = await members
        .find({ 'mergedInto.memberId': { $in: [...new Set(memberIds)] } })
        .toArray();
      return found.filter((one) => one.programId === programId).map(memberRecordOf);
    },
    listMerged: async (programId, { afterId, limit }) => {
      const found = await members
        .find({
          programId,
          'mergedInto.fromEpoch': { $gte: 0 },
          ...(afterId !== null && { _id: { $gt: afterId } }),
        })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(memberRecordOf);
    },
  };
}
