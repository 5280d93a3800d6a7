import { Schema, type Connection } from 'mongoose';
import type { ApiKeyRecord, ApiKeyStore, KeyHome } from '../../ports/stores/access.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface ApiKeyDocument extends Omit<ApiKeyRecord, 'id'> {
  readonly _id: string;
}

const required = { type: String, required: true } as const;

const apiKeySchema = new Schema(
  {
    _id: required,
    organisationId: required,
    environment: required,
    programId: { type: String, default: null },
    name: required,
    hash: required,
    scopes: [String],
    createdAtMs: { type: Number, required: true },
    expiresAtMs: { type: Number, default: null },
    revokedAtMs: { type: Number, default: null },
    lastUsedAtMs: { type: Number, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'apiKeys' },
);
apiKeySchema.index({ hash: 1 }, { unique: true });
apiKeySchema.index({ organisationId: 1, environment: 1, createdAtMs: 1 });

/** Keys that were stored before they could end or were looked at have no such fields. */
const toRecord = ({ _id, ...key }: ApiKeyDocument): ApiKeyRecord => ({
  id: _id,
  ...key,
  expiresAtMs: key.expiresAtMs ?? null,
  revokedAtMs: key.revokedAtMs ?? null,
  lastUsedAtMs: key.lastUsedAtMs ?? null,
});

const ofHome = ({ organisationId, environment }: KeyHome): KeyHome => ({
  organisationId,
  environment,
});
/** A field that is null, or was not stored yet. */
const NONE = { $eq: null };

/** Opens the store of API keys. */
export async function createApiKeyStore(connection: Connection): Promise<ApiKeyStore> {
  const apiKeys = connection.model<ApiKeyDocument>('ApiKey', apiKeySchema);
  await apiKeys.createIndexes();

  return {
    insert: async ({ id, ...key }) => {
      try {
        await apiKeys.create({ _id: id, ...key });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    findByHash: async (hash) => {
      const found = await apiKeys.findOne({ hash }).lean<ApiKeyDocument>();
      return found === null ? null : toRecord(found);
    },
    find: async (home, id) => {
      const found = await apiKeys.findOne({ _id: id, ...ofHome(home) }).lean<ApiKeyDocument>();
      return found === null ? null : toRecord(found);
    },
    countGood: (home, nowMs) =>
      apiKeys.countDocuments({
        ...ofHome(home),
        revokedAtMs: NONE,
        $or: [{ expiresAtMs: NONE }, { expiresAtMs: { $gt: nowMs } }],
      }),
    list: async (home) =>
      (
        await apiKeys.find(ofHome(home)).sort({ createdAtMs: 1, _id: 1 }).lean<ApiKeyDocument[]>()
      ).map(toRecord),
    page: async (home, { after, limit }) => {
      const older = after && {
        $or: [
          { createdAtMs: { $lt: after.createdAtMs } },
          { createdAtMs: after.createdAtMs, _id: { $lt: after.id } },
        ],
      };
      const found = await apiKeys
        .find({ ...ofHome(home), ...older })
        .sort({ createdAtMs: -1, _id: -1 })
        .limit(limit)
        .lean<ApiKeyDocument[]>();
      return found.map(toRecord);
    },
    revoke: async (home, id, revokedAtMs) => {
      const { matchedCount } = await apiKeys.updateOne(
        { _id: id, ...ofHome(home), revokedAtMs: NONE },
        { $set: { revokedAtMs } },
      );
      return matchedCount === 1;
    },
    expire: async (home, id, expiresAtMs) => {
      await apiKeys.updateOne(
        {
          _id: id,
          ...ofHome(home),
          $or: [{ expiresAtMs: NONE }, { expiresAtMs: { $gt: expiresAtMs } }],
        },
        { $set: { expiresAtMs } },
      );
    },
    touch: async (id, lastUsedAtMs) => {
      await apiKeys.updateOne({ _id: id }, { $max: { lastUsedAtMs } });
    },
  };
}
