import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Connection, mongo } from 'mongoose';
import type { RuleSet } from '../domain/program.ts';
import type { PointsEvent } from '../ports/chain.ts';
import type { ChainEventStore, StoredEvent } from '../ports/settlingStores.ts';
import { duplicatesOf } from './duplicateKeys.ts';

/** BSON has no integers above 64 bits: bigints are written as decimal strings. */
type Stored<T> = T extends bigint
  ? string
  : T extends object
    ? { [K in keyof T]: Stored<T[K]> }
    : T;

interface EventDocument {
  /** `${chainId}:${transactionHash}:${logIndex}` */
  _id: string;
  chainId: number;
  programId: string;
  points: Address;
  blockNumber: number;
  logIndex: number;
  transactionHash: Hex;
  blockHash: Hex;
  /** Account of a statement; absent for other events. */
  account?: Address;
  event: Stored<PointsEvent>;
}

/** Amounts among the fields of events, wherever they are. */
const BIGINT_FIELDS: ReadonlySet<string> = new Set([
  'points',
  'amount',
  'budgetPerEpoch',
  'perAction',
  'perUnit',
  'maxCount',
  'maxPoints',
]);

const toStored = (value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(toStored);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, toStored(of)]));
};
const fromStored = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fromStored);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [
      name,
      BIGINT_FIELDS.has(name) ? BigInt(of as string) : fromStored(of),
    ]),
  );
};

const toDocument = ({
  chainId,
  programId,
  points,
  at,
  blockHash,
  event,
}: StoredEvent): EventDocument => ({
  _id: `${chainId}:${at.transactionHash}:${at.logIndex}`,
  chainId,
  programId,
  points,
  ...at,
  blockHash,
  ...('account' in event && { account: event.account }),
  event: toStored(event) as Stored<PointsEvent>,
});

const fromDocument = (document: EventDocument): StoredEvent => ({
  chainId: document.chainId,
  programId: document.programId,
  points: document.points,
  at: {
    blockNumber: document.blockNumber,
    logIndex: document.logIndex,
    transactionHash: document.transactionHash,
  },
  blockHash: document.blockHash,
  event: fromStored(document.event) as PointsEvent,
});

/** Oldest first. */
const CHAIN_ORDER: Record<string, mongo.SortDirection> = { blockNumber: 1, logIndex: 1 };

/** Creates the indexes and opens the store of events. */
export async function createChainEventStore(connection: Connection): Promise<ChainEventStore> {
  const events = connection.collection<EventDocument>('chainEvents');
  await events.createIndexes([
    { key: { chainId: 1, blockNumber: 1, logIndex: 1 } },
    { key: { programId: 1, account: 1 }, sparse: true },
    { key: { programId: 1, 'event.kind': 1, blockNumber: 1 } },
  ]);

  return {
    upsert: async (added) => {
      if (added.length === 0) return;
      const documents = added.map(toDocument);
      try {
        // Nearly always they are new, and inserting is several times as fast as upserting.
        await events.insertMany(documents, { ordered: false });
      } catch (error) {
        const repeated = duplicatesOf(error).flatMap((index) => documents[index] ?? []);
        const replacements: mongo.AnyBulkWriteOperation<EventDocument>[] = repeated.map(
          ({ _id, ...replacement }) => ({ replaceOne: { filter: { _id }, replacement } }),
        );
        await events.bulkWrite(replacements, { ordered: false });
      }
    },
    listAbove: async (chainId, blockNumber) => {
      const found = await events
        .find({ chainId, blockNumber: { $gt: blockNumber } })
        .sort(CHAIN_ORDER)
        .toArray();
      return found.map(fromDocument);
    },
    deleteAbove: async (chainId, blockNumber) => {
      await events.deleteMany({ chainId, blockNumber: { $gt: blockNumber } });
    },
    statementEvents: async (programId, accounts, throughBlock) => {
      const found = await events
        .find({
          programId,
          account: { $in: [...accounts] },
          blockNumber: { $lte: throughBlock },
        })
        .sort(CHAIN_ORDER)
        .toArray();
      return found.map(fromDocument);
    },
    ruleSets: async (programId, throughBlock) => {
      const found = await events
        .find({
          programId,
          'event.kind': 'RuleSetPublished',
          blockNumber: { $lte: throughBlock },
        })
        .sort(CHAIN_ORDER)
        .toArray();
      return found.map(fromDocument).flatMap(({ event, at }): RuleSet[] => {
        if (event.kind !== 'RuleSetPublished') return [];
        const { blockNumber, transactionHash } = at;
        return [{ ...event.ruleSet, blockNumber, transactionHash }];
      });
    },
  };
}
