import type { Connection } from 'mongoose';
import type { MemberSessionRecord, MemberSessionStore } from '../../ports/stores/access.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface SessionDocument extends Omit<MemberSessionRecord, 'id'> {
  readonly _id: string;
  /** For the index that deletes documents. */
  readonly createdAt: Date;
}

/** As long as the idempotency keys that they were opened under: a repeated call finds its session. */
const DELETE_AFTER_SECONDS = 2 * 86_400;

const toRecord = ({ _id, createdAt: _, ...session }: SessionDocument): MemberSessionRecord => ({
  id: _id,
  ...session,
});

/** Opens the store of members' sessions. */
export async function createMemberSessionStore(
  connection: Connection,
): Promise<MemberSessionStore> {
  const sessions = connection.collection<SessionDocument>('memberSessions');
  await sessions.createIndexes([
    { key: { hash: 1 }, unique: true },
    { key: { programId: 1, externalId: 1 } },
    { key: { createdAt: 1 }, expireAfterSeconds: DELETE_AFTER_SECONDS },
  ]);

  const find: MemberSessionStore['find'] = async (programId, id) => {
    const found = await sessions.findOne({ _id: id, programId });
    return found === null ? null : toRecord(found);
  };

  return {
    find,
    keep: async (session) => {
      const { id, ...fields } = session;
      try {
        await sessions.insertOne({
          _id: id,
          ...fields,
          createdAt: new Date(session.createdAtMs),
        });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return (await find(session.programId, id)) ?? session;
    },
    findByHash: async (hash) => {
      const found = await sessions.findOne({ hash });
      return found === null ? null : toRecord(found);
    },
    listOpen: async ({ programId, externalId }, nowMs) => {
      const open = await sessions
        .find({ programId, externalId, revokedAtMs: null, expiresAtMs: { $gt: nowMs } })
        .sort({ createdAtMs: -1, _id: -1 })
        .toArray();
      return open.map(toRecord);
    },
    revoke: async (programId, ids, revokedAtMs) => {
      if (ids.length === 0) return;
      await sessions.updateMany(
        { _id: { $in: [...ids] }, programId, revokedAtMs: null },
        { $set: { revokedAtMs } },
      );
    },
    eraseOf: async ({ programId, externalId }) => {
      await sessions.deleteMany({ programId, externalId });
    },
  };
}
