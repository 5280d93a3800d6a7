import type { Connection } from 'mongoose';
import { OPEN_STATUSES, type TransactionStatus } from '../../domain/transactions/transaction.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';
import { updateEach } from '../mongo/updateEach.ts';
import {
  fromDocument,
  rawsOf,
  toDocument,
  toStoredAttempt,
  toStoredCall,
  toStoredFailure,
  type StoredCall,
  type TransactionDocument,
} from './transactionDocument.ts';

const NOOP: StoredCall = { kind: 'noop' };
const OPEN: TransactionStatus[] = [...OPEN_STATUSES];

/** Sorts after every character of a request's id. */
const AFTER_ASCII = '\u{7f}';

/** Creates the indexes and opens the store of transactions. */
export async function createTransactionStore(connection: Connection): Promise<TransactionStore> {
  const transactions = connection.collection<TransactionDocument>('transactions');
  await transactions.createIndexes([
    { key: { chainId: 1, from: 1, nonce: 1 }, unique: true },
    { key: { chainId: 1, status: 1, 'mined.blockNumber': 1 } },
    { key: { programId: 1, status: 1 } },
    { key: { requestId: 1 }, unique: true, sparse: true },
    { key: { requestKind: 1 }, sparse: true },
    { key: { memberId: 1 }, sparse: true },
    { key: { servedMemberId: 1 }, sparse: true },
    { key: { account: 1 }, sparse: true },
  ]);

  return {
    insert: async (transaction) => {
      try {
        await transactions.insertOne(toDocument(transaction));
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    find: async (id) => {
      const found = await transactions.findOne({ _id: id });
      return found === null ? null : fromDocument(found);
    },
    findByRequest: async (requestId) => {
      const found = await transactions.findOne({ requestId });
      return found === null ? null : fromDocument(found);
    },
    listByRequestPrefix: async (prefix) => {
      const found = await transactions
        .find({ requestId: { $gte: prefix, $lt: `${prefix}${AFTER_ASCII}` } })
        .sort({ queuedAtMs: 1 })
        .toArray();
      return found.map(fromDocument);
    },
    listMinedOfKind: async (chainId, requestKind) => {
      const mined: TransactionStatus[] = ['mined', 'final'];
      const found = await transactions
        .find({ requestKind, chainId, status: { $in: mined }, 'mined.succeeded': true })
        .toArray();
      return found.map(fromDocument);
    },
    listOfMember: async (memberId, queuedSinceMs) => {
      const found = await transactions
        .find({
          memberId,
          $or: [{ queuedAtMs: { $gt: queuedSinceMs } }, { status: { $in: OPEN } }],
        })
        .toArray();
      return found.map(fromDocument);
    },
    listOpenFor: async (memberId, limit) => {
      const open = await transactions
        .find({ $or: [{ memberId }, { servedMemberId: memberId }], status: { $in: OPEN } })
        .sort({ queuedAtMs: 1, nonce: 1 })
        .limit(limit)
        .toArray();
      return open.map(fromDocument);
    },
    highestNonce: async (chainId, from) => {
      const [highest] = await transactions
        .find({ chainId, from }, { projection: { nonce: 1 } })
        .sort({ nonce: -1 })
        .limit(1)
        .toArray();
      return highest?.nonce ?? null;
    },
    listOpen: async (chainId, from, limit) => {
      const open = await transactions
        .find({ chainId, from, status: { $in: OPEN } })
        .sort({ nonce: 1 })
        .limit(limit)
        .toArray();
      return open.map(fromDocument);
    },
    noncesWithin: async ({ chainId, from, lowest, highest }) => {
      const found = await transactions
        .find(
          { chainId, from, nonce: { $gte: lowest, $lte: highest } },
          { projection: { nonce: 1 } },
        )
        .toArray();
      return new Set(found.map(({ nonce }) => nonce));
    },
    countOpen: (chainId, from, kind) =>
      transactions.countDocuments({
        ...{ chainId, from, status: { $in: OPEN } },
        ...(kind !== undefined && { 'call.kind': kind }),
      }),
    listSending: (chainId) => transactions.distinct('from', { chainId, status: { $in: OPEN } }),
    listOpenOfKind: async (programId, requestKind) => {
      const open = await transactions
        .find({ programId, requestKind, status: { $in: OPEN } })
        .toArray();
      return open.map(fromDocument);
    },
    listOpenRequests: async (forwarder, account) => {
      const open = await transactions
        .find({ account, status: { $in: OPEN }, 'call.kind': 'call', 'call.to': forwarder })
        .toArray();
      return open.map(fromDocument);
    },
    openStatementIds: async (programId) => {
      const open = await transactions
        .find({ programId, status: { $in: OPEN } }, { projection: { statementIds: 1 } })
        .toArray();
      return new Set(open.flatMap(({ statementIds }) => statementIds));
    },
    addAttempts: async (added) => {
      if (added.length === 0) return 0;
      const saved = await transactions.bulkWrite(
        added.map(({ id, attemptsBefore, attempt }) => ({
          updateOne: {
            filter: { _id: id, status: { $in: OPEN }, attempts: { $size: attemptsBefore } },
            update: {
              $push: { attempts: toStoredAttempt(attempt), raws: { $each: rawsOf([attempt]) } },
              $set: { status: 'signed', gasLimit: attempt.gasLimit.toString() },
            },
          },
        })),
        { ordered: false },
      );
      return saved.modifiedCount;
    },
    markBroadcast: async (ids, sentAtMs) => {
      if (ids.length === 0) return;
      await transactions.updateMany(
        { _id: { $in: [...ids] }, status: { $in: ['signed', 'broadcast'] } },
        { $set: { status: 'broadcast', sentAtMs } },
      );
    },
    replaceCall: async (id, call, why) => {
      await transactions.updateOne(
        { _id: id, status: { $in: OPEN } },
        {
          $set: {
            call: toStoredCall(call),
            statementIds: [],
            status: 'queued',
            sentAtMs: null,
            failure: toStoredFailure(why),
          },
        },
      );
    },
    retire: async (id) => {
      await transactions.updateOne({ _id: id, status: 'final' }, { $set: { call: NOOP } });
    },
    hasForwarded: async (forwarder, account, forwardNonce) => {
      const mined: TransactionStatus[] = ['mined', 'final'];
      const done = {
        status: { $in: mined },
        'mined.succeeded': true,
        'call.kind': 'call' as const,
        'call.to': forwarder,
      };
      const found = await transactions.findOne({
        ...{ account, forwardNonce: forwardNonce.toString() },
        ...done,
      });
      return found !== null;
    },
    markMined: async (outcomes) => {
      const rows = outcomes.map(({ id, receipt, blockNumber, failure }) => {
        const mined = {
          hash: receipt?.hash ?? null,
          blockNumber,
          gasUsed: (receipt?.gasUsed ?? 0n).toString(),
          succeeded: receipt?.succeeded ?? false,
        };
        const why = failure !== null && { failure: toStoredFailure(failure) };
        return { _id: id, set: { status: 'mined' as const, mined, ...why } };
      });
      await updateEach(transactions, rows, { onlyIf: { $in: ['$status', OPEN] } });
    },
    finalise: async (chainId, throughBlock) => {
      const finalised = await transactions.updateMany(
        { chainId, status: 'mined', 'mined.blockNumber': { $lte: throughBlock } },
        { $set: { status: 'final', raws: [] } },
      );
      return finalised.modifiedCount;
    },
    reopenAbove: async (chainId, blockNumber) => {
      const lost = { chainId, 'mined.blockNumber': { $gt: blockNumber } };
      // Final ones have no bytes left and are signed again; the others are sent as they are.
      const final = await transactions.updateMany(
        { ...lost, status: 'final' },
        { $set: { status: 'queued', mined: null, sentAtMs: null } },
      );
      const mined = await transactions.updateMany(
        { ...lost, status: 'mined' },
        { $set: { status: 'signed', mined: null, sentAtMs: null } },
      );
      return final.modifiedCount + mined.modifiedCount;
    },
    gasUsed: async (programId) => {
      const mined = await transactions
        .find(
          { programId, status: { $in: ['mined', 'final'] }, 'call.kind': 'settle' },
          { projection: { mined: 1 } },
        )
        .toArray();
      const inBlocks = mined.filter((transaction) => (transaction.mined?.hash ?? null) !== null);
      return {
        transactions: inBlocks.length,
        gasUsed: inBlocks.reduce((sum, { mined }) => sum + BigInt(mined?.gasUsed ?? 0), 0n),
      };
    },
  };
}
