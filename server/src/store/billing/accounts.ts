import type { Connection } from 'mongoose';
import { newAccount, type BillingAccount } from '../../domain/billing/subscription.ts';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface AccountDocument extends Omit<BillingAccount, 'organisationId'> {
  /** Id of the organisation. */
  readonly _id: string;
  readonly version: number;
}

const toAccount = ({ _id, version: _, ...account }: AccountDocument): BillingAccount => ({
  organisationId: _id,
  ...account,
});

/** Opens the store of what organisations pay. */
export async function createBillingAccountStore(
  connection: Connection,
): Promise<BillingAccountStore> {
  const accounts = connection.collection<AccountDocument>('billingAccounts');
  await accounts.createIndexes([
    { key: { customerId: 1 } },
    { key: { syncedAtMs: 1 } },
    { key: { graceSinceMs: 1 } },
  ]);
  return {
    read: async (organisationId) => {
      const found = await accounts.findOne({ _id: organisationId });
      if (found === null) return { account: newAccount(organisationId), version: 0 };
      return { account: toAccount(found), version: found.version };
    },
    findByCustomer: async (customerId) => {
      const found = await accounts.findOne({ customerId });
      return found === null ? null : toAccount(found);
    },
    save: async ({ organisationId, ...account }, version) => {
      const document = { ...account, version: version + 1 };
      if (version > 0) {
        const { matchedCount } = await accounts.replaceOne(
          { _id: organisationId, version },
          document,
        );
        return matchedCount === 1;
      }
      try {
        await accounts.insertOne({ _id: organisationId, ...document });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    listStale: async (beforeMs, limit) => {
      const stale = { syncedAtMs: { $lt: beforeMs }, customerId: { $ne: null } };
      const found = await accounts.find(stale).sort({ syncedAtMs: 1 }).limit(limit).toArray();
      return found.map(toAccount);
    },
    listInGrace: async (afterMs, limit) => {
      const found = await accounts
        .find({ graceSinceMs: { $gt: afterMs } })
        .sort({ graceSinceMs: 1 })
        .limit(limit)
        .toArray();
      return found.map(toAccount);
    },
    countInGraceSince: (beforeMs) =>
      accounts.countDocuments({ graceSinceMs: { $gt: 0, $lte: beforeMs } }),
  };
}
