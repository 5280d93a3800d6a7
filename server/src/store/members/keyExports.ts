import type { Connection } from 'mongoose';
import type { KeyExport, KeyExportStore } from '../../ports/stores/members.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

/** One a member, of its last export. */
interface ExportDocument extends Omit<KeyExport, 'memberId'> {
  readonly _id: string;
}

/** Opens the store of key exports. */
export function createKeyExportStore(connection: Connection): Promise<KeyExportStore> {
  const exports = connection.collection<ExportDocument>('keyExports');

  const find: KeyExportStore['find'] = async (memberId) => {
    const found = await exports.findOne({ _id: memberId });
    if (found === null) return null;
    const { _id, ...rest } = found;
    return { memberId: _id, ...rest };
  };

  return Promise.resolve({
    find,
    claim: async (record, throughMs) => {
      const { memberId, ...fields } = record;
      try {
        // Takes the place of one that is old enough; runs into the _id of one that is not.
        await exports.replaceOne({ _id: memberId, atMs: { $lte: throughMs } }, fields, {
          upsert: true,
        });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return (await find(memberId)) ?? record;
    },
  });
}
