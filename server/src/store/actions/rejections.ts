import type { Connection } from 'mongoose';
import type { ErrorCode } from '../../domain/errors.ts';
import type { RejectionSample, Rejections, RejectionStore } from '../../ports/stores/actions.ts';

interface RejectionDocument {
  /** `${programId}:${day}:${code}` */
  readonly _id: string;
  readonly programId: string;
  readonly day: number;
  readonly code: ErrorCode;
  readonly count: number;
  /** Oldest first. */
  readonly samples: RejectionSample[];
}

/** Samples of one code that are kept a day, and shown. */
const SAMPLES = 5;
const DAYS_KEPT = 7;

const newestFirst = (a: RejectionSample, b: RejectionSample): number => b.atMs - a.atMs;

/** Opens the store of rejections. It holds at most a document for each program, code and day of a week. */
export async function createRejectionStore(connection: Connection): Promise<RejectionStore> {
  const rejections = connection.collection<RejectionDocument>('rejections');
  await rejections.createIndexes([{ key: { programId: 1, day: 1 } }]);
  /** Newest day that was seen, by program: what is too old is deleted once a day. */
  const newest = new Map<string, number>();

  return {
    add: async (programId, day, added) => {
      await rejections.bulkWrite(
        added.map(({ code, count, samples }) => ({
          updateOne: {
            filter: { _id: `${programId}:${day}:${code}` },
            update: {
              $setOnInsert: { programId, day, code },
              $inc: { count },
              $push: { samples: { $each: [...samples].reverse(), $slice: -SAMPLES } },
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
      if ((newest.get(programId) ?? 0) >= day) return;
      newest.set(programId, day);
      await rejections.deleteMany({ programId, day: { $lte: day - DAYS_KEPT } });
    },
    eraseOf: async (programId, memberId) => {
      await rejections.updateMany({ programId }, { $pull: { samples: { memberId } } });
    },
    since: async (programId, day) => {
      const byCode = new Map<ErrorCode, Rejections>();
      for await (const found of rejections.find({ programId, day: { $gte: day } })) {
        const { code } = found;
        const known = byCode.get(code) ?? { code, count: 0, samples: [] };
        const samples = [...known.samples, ...found.samples.toReversed()]
          .sort(newestFirst)
          .slice(0, SAMPLES);
        byCode.set(code, { code, count: known.count + found.count, samples });
      }
      return [...byCode.values()].sort((a, b) => b.count - a.count);
    },
  };
}
