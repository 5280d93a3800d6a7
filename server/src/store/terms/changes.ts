import type { Connection, mongo } from 'mongoose';
import type { ChangeStore } from '../../ports/stores/terms.ts';
import { projectionCollection, projectionId, readerOf, rowsAfter } from '../indexer/projections.ts';

const toChange = readerOf('change');
const toObjection = readerOf('objection');

const NEWEST_FIRST: Record<string, mongo.SortDirection> = { number: -1 };

/** Creates the indexes and opens the store of changes and objections. */
export async function createChangeStore(connection: Connection): Promise<ChangeStore> {
  const changes = projectionCollection(connection, 'change');
  const objections = projectionCollection(connection, 'objection');
  await Promise.all([
    changes.createIndexes([{ key: { programId: 1, number: 1 } }]),
    objections.createIndexes([
      { key: { programId: 1, holder: 1, change: 1 } },
      { key: { programId: 1, change: 1, holder: 1 } },
    ]),
  ]);

  return {
    find: async (programId, number) => {
      const found = await changes.findOne({ _id: projectionId(programId, number) });
      return found === null ? null : toChange(found);
    },
    findByTransaction: async (programId, transactionHash) => {
      const found = await changes
        .find({ programId, transactionHash })
        .sort({ number: 1 })
        .toArray();
      return found.map(toChange);
    },
    findPending: async (programId) => {
      const found = await changes.findOne({ programId, state: 'PENDING' }, { sort: NEWEST_FIRST });
      return found === null ? null : toChange(found);
    },
    list: async (programId, { below, limit }) => {
      const found = await changes
        .find({ programId, ...(below !== null && { number: { $lt: below } }) })
        .sort(NEWEST_FIRST)
        .limit(limit)
        .toArray();
      return found.map(toChange);
    },
    listHurtful: async (programId) => {
      const found = await changes
        .find({ programId, $or: [{ hurtsMembers: true }, { hurtsHolders: true }] })
        .sort({ number: 1 })
        .toArray();
      return found.map(toChange);
    },
    findObjection: async (programId, change, holder) => {
      const found = await objections.findOne({
        _id: projectionId(programId, `${change}:${holder}`),
      });
      return found === null ? null : toObjection(found);
    },
    listObjectionsOf: async (programId, holders, { after, limit }) => {
      const found = await objections
        .find({ programId, holder: { $in: [...holders] }, ...rowsAfter('change', after) })
        .sort({ change: -1, holder: 1 })
        .limit(limit)
        .toArray();
      return found.map(toObjection);
    },
    listLockedObjections: async (programId, change, { afterHolder, limit }) => {
      const found = await objections
        .find({
          programId,
          change,
          locked: { $ne: '0' },
          ...(afterHolder !== null && { holder: { $gt: afterHolder } }),
        })
        .sort({ holder: 1 })
        .limit(limit)
        .toArray();
      return found.map(toObjection);
    },
  };
}
