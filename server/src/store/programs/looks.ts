import type { Connection, mongo } from 'mongoose';
import type { ProgramLook } from '../../domain/programs/look.ts';
import type { LookStore } from '../../ports/stores/programs.ts';

type LookDocument = ProgramLook & { readonly _id: string };
interface ImageDocument {
  /** Hash. */
  readonly _id: string;
  readonly bytes: mongo.Binary;
}

/** Opens the store of looks and of the images in them. */
export function createLookStore(connection: Connection): LookStore {
  const looks = connection.collection<LookDocument>('looks');
  const images = connection.collection<ImageDocument>('images');
  return {
    find: async (programId) => {
      const found = await looks.findOne({ _id: programId });
      if (found === null) return null;
      const { _id, ...look } = found;
      return look;
    },
    save: async (programId, look) => {
      await looks.replaceOne({ _id: programId }, { ...look }, { upsert: true });
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
