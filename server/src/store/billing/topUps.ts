import type { Connection } from 'mongoose';
import type { TopUp, TopUpState } from '../../domain/billing/topUp.ts';
import type { StoredTopUp, TopUpStore } from '../../ports/stores/billing/topUps.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

/** Amounts are decimal strings: BSON has no integers above 64 bits. */
interface TopUpDocument extends Omit<TopUp, 'id' | 'amount' | 'charge' | 'gasLimit' | 'debt'> {
  readonly _id: string;
  readonly amount: string;
  readonly charge: string;
  readonly gasLimit: string | null;
  readonly debt: string;
  readonly version: number;
}

const OPEN: readonly TopUpState[] = ['PAID', 'CLEARED', 'SENDING'];
const NO_DEBT = '0';

const toDocument = (
  { id: _, amount, charge, gasLimit, debt, ...rest }: TopUp,
  version: number,
): Omit<TopUpDocument, '_id'> => ({
  ...rest,
  ...{ amount: String(amount), charge: String(charge), debt: String(debt), version },
  gasLimit: gasLimit === null ? null : String(gasLimit),
});

const toTopUp = ({
  _id,
  version,
  amount,
  charge,
  gasLimit,
  debt,
  ...rest
}: TopUpDocument): StoredTopUp => ({
  version,
  topUp: {
    ...rest,
    ...{ id: _id, amount: BigInt(amount), charge: BigInt(charge), debt: BigInt(debt) },
    gasLimit: gasLimit === null ? null : BigInt(gasLimit),
  },
});

/** Opens the ledger of top-ups. Its documents are never deleted. */
export async function createTopUpStore(connection: Connection): Promise<TopUpStore> {
  const topUps = connection.collection<TopUpDocument>('topUps');
  await topUps.createIndexes([
    { key: { programId: 1, startedAtMs: -1 } },
    { key: { organisationId: 1, debt: 1 } },
    { key: { state: 1, dueAtMs: 1 } },
    { key: { paymentId: 1 } },
    { key: { customerId: 1, state: 1 } },
    { key: { state: 1, clearedAtMs: 1 } },
    { key: { debt: 1, toldAtMs: 1 } },
  ]);
  const find = async (id: string): Promise<StoredTopUp | null> => {
    const found = await topUps.findOne({ _id: id });
    return found === null ? null : toTopUp(found);
  };
  const owes = { debt: { $ne: NO_DEBT } };
  return {
    find,
    insert: async (topUp) => {
      try {
        await topUps.insertOne({ _id: topUp.id, ...toDocument(topUp, 1) });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const stands = await find(topUp.id);
      if (stands === null) throw new Error(`The top-up ${topUp.id} is gone.`);
      return stands;
    },
    save: async (topUp, version) => {
      const { matchedCount } = await topUps.replaceOne(
        { _id: topUp.id, version },
        toDocument(topUp, version + 1),
      );
      return matchedCount === 1;
    },
    noteCheckout: async (_id, { customerId, checkoutId }, dueAtMs) => {
      const noted = { customerId, checkoutId, dueAtMs };
      await topUps.updateOne({ _id }, { $set: noted, $inc: { version: 1 } });
    },
    hint: async ({ customerId, paymentId }, dueAtMs) => {
      // The version goes up: what is being saved meanwhile was asked for before the message.
      const now = { $set: { dueAtMs }, $inc: { version: 1 } };
      if (paymentId !== null) await topUps.updateMany({ paymentId }, now);
      if (customerId !== null) await topUps.updateMany({ customerId, state: 'STARTED' }, now);
    },
    listDue: async (states, nowMs, limit) => {
      const due = { state: { $in: [...states] }, dueAtMs: { $gt: 0, $lte: nowMs } };
      const found = await topUps.find(due).sort({ dueAtMs: 1 }).limit(limit).toArray();
      return found.map(toTopUp);
    },
    listOf: async (programId, limit) => {
      const found = await topUps
        .find({ programId })
        .sort({ startedAtMs: -1 })
        .limit(limit)
        .toArray();
      return found.map((one) => toTopUp(one).topUp);
    },
    hasDebt: async (organisationId) =>
      (await topUps.findOne({ organisationId, ...owes }, { projection: { _id: 1 } })) !== null,
    listUntold: async (limit) => {
      const found = await topUps
        .find({ ...owes, toldAtMs: null })
        .limit(limit)
        .toArray();
      return found.map(toTopUp);
    },
    sums: async () => {
      const [open, debts, [oldest]] = await Promise.all([
        topUps.countDocuments({ state: { $in: [...OPEN] } }),
        topUps.countDocuments(owes),
        topUps
          .find({ state: { $in: ['CLEARED', 'SENDING'] } })
          .sort({ clearedAtMs: 1 })
          .limit(1)
          .toArray(),
      ]);
      return { open, debts, oldestClearedMs: oldest?.clearedAtMs ?? null };
    },
  };
}
