import { Schema, type Connection } from 'mongoose';
import type { ApiKeyRecord, ApiKeyStore } from '../../ports/stores/access.ts';

interface ApiKeyDocument extends Omit<ApiKeyRecord, 'id'> {
  readonly _id: string;
}

const required = { type: String, required: true } as const;

const apiKeySchema = new Schema(
  {
    _id: required,
    programId: required,
    name: required,
    hash: required,
    scopes: [String],
    createdAtMs: { type: Number, required: true },
    revokedAtMs: Number,
  },
  { strict: 'throw', versionKey: false, collection: 'apiKeys' },
);
apiKeySchema.index({ hash: 1 }, { unique: true });
apiKeySchema.index({ programId: 1 });

const toRecord = ({ _id, ...key }: ApiKeyDocument): ApiKeyRecord => ({ id: _id, ...key });

/** Opens the store of API keys. */
export async function createApiKeyStore(connection: Connection): Promise<ApiKeyStore> {
  const apiKeys = connection.model<ApiKeyDocument>('ApiKey', apiKeySchema);
  await apiKeys.createIndexes();

  return {
    insert: async ({ id, ...key }) => {
      await apiKeys.create({ _id: id, ...key });
    },
    findByHash: async (hash) => {
      const found = await apiKeys.findOne({ hash }).lean<ApiKeyDocument>();
      return found === null ? null : toRecord(found);
    },
    list: async (programId) =>
      (await apiKeys.find({ programId }).sort({ createdAtMs: 1 }).lean<ApiKeyDocument[]>()).map(
        toRecord,
      ),
    revoke: async (programId, id, revokedAtMs) => {
      const { matchedCount } = await apiKeys.updateOne(
        { _id: id, programId, revokedAtMs: null },
        { $set: { revokedAtMs } },
      );
      return matchedCount === 1;
    },
  };
}
