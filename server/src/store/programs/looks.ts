import type { Connection, mongo } from 'mongoose';
import { NO_LOOK, type ProgramLook } from '../../domain/programs/look.ts';
import type { LookStore } from '../../ports/stores/programs.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

type LookDocument = ProgramLook & { readonly _id: string };
interface ImageDocument {
  /** Hash. */
  readonly _id: string;
  readonly bytes: mongo.Binary;
}

const lookOf = (found: LookDocument | null): ProgramLook | null => {
  if (found === null) return null;
  const { _id, ...look } = found;
  return look;
};

/** Opens the store of looks and of the images in them. */
export function createLookStore(connection: Connection): LookStore {
  const looks = connection.collection<LookDocument>('looks');
  const images = connection.collection<ImageDocument>('images');
  return {
    find: async (programId) => lookOf(await looks.findOne({ _id: programId })),
    change: async (programId, change) => {
      const left = Object.entries(NO_LOOK).filter(([field]) => !(field in change));
      const update = {
        ...(Object.keys(change).length > 0 && { $set: change }),
        $setOnInsert: Object.fromEntries(left),
      };
      const before = (): Promise<LookDocument | null> =>
        looks.findOneAndUpdate({ _id: programId }, update, {
          ...{ upsert: true, returnDocument: 'before' },
        });
      try {
        return lookOf(await before());
      } catch (error) {
        // Two were the first at once: it is there now.
        if (!isDuplicateKey(error)) throw error;
        return lookOf(await before());
      }
    },
    saveImage: async (hash, bytes) => {
      const image = { $setOnInsert: { bytes: bytes as unknown as mongo.Binary } };
      await images.updateOne({ _id: hash }, image, { upsert: true });
    },
    findImage: async (hash) => {
      const found = await images.findOne({ _id: hash });
      return found === null ? null : Buffer.from(found.bytes.buffer);
    },
    removeImage: async (hash) => {
      await images.deleteOne({ _id: hash });
    },
  };
}
