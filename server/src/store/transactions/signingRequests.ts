import { Schema, type Connection } from 'mongoose';
import type { SigningRecord } from '../../domain/transactions/signingRecord.ts';
import type { SigningStore } from '../../ports/stores/transactions.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface SigningDocument extends Omit<SigningRecord, 'id' | 'gas' | 'nonce' | 'createdAtMs'> {
  readonly _id: string;
  /** Decimal strings. */
  readonly gas: string;
  readonly nonce: string;
  readonly createdAt: Date;
}

const KEPT_SECONDS = 86_400;

const required = { type: String, required: true } as const;

const signingSchema = new Schema(
  {
    _id: required,
    programId: required,
    organisationId: required,
    kind: required,
    idempotencyKey: { type: String, default: null },
    input: { type: String, default: null },
    call: { to: required, data: required },
    account: required,
    forwarder: required,
    gas: required,
    nonce: required,
    deadline: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'signingRequests' },
);
signingSchema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

/** Opens the store of what wallets were asked to sign. */
export async function createSigningStore(connection: Connection): Promise<SigningStore> {
  const requests = connection.model<SigningDocument>('SigningRequest', signingSchema);
  await requests.createIndexes();

  const find: SigningStore['find'] = async (id) => {
    const found = await requests.findById(id).lean<SigningDocument>();
    if (found === null) return null;
    const { _id, gas, nonce, createdAt, call, ...record } = found;
    return {
      id: _id,
      ...record,
      call: { to: call.to, data: call.data },
      gas: BigInt(gas),
      nonce: BigInt(nonce),
      createdAtMs: createdAt.getTime(),
    };
  };

  return {
    find,
    keep: async (record) => {
      const { id, gas, nonce, createdAtMs, ...fields } = record;
      try {
        await requests.create({
          _id: id,
          ...fields,
          gas: gas.toString(),
          nonce: nonce.toString(),
          createdAt: new Date(createdAtMs),
        });
        return record;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return (await find(id)) ?? record;
      }
    },
  };
}
