import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Connection, mongo } from 'mongoose';
import {
  mentionsOf,
  nameOf,
  NEWEST_DECIDES,
  type ProjectionKind,
  type ProjectionName,
} from '../../domain/projections/project.ts';
import { happeningOf } from '../../domain/members/activity.ts';
import type { BuybackTermsVersion, RuleSet } from '../../domain/program.ts';
import type { ReadEvent } from '../../domain/events.ts';
import { positionKey } from '../../domain/statements/statementRecord.ts';
import { statementKey } from '../../domain/statements/outcomes.ts';
import type { ChainEventStore, StoredEvent } from '../../ports/stores/indexer.ts';
import { fromStored, toStored, type Stored } from '../mongo/bigints.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';

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
  blockTimeMs: number | null;
  /** Statement of which it is an outcome, `${account}:${epoch}`; absent for other events. */
  statement?: string;
  /** Account that it happened to, for its member's activity; absent for other events. */
  holder?: Address;
  /** Projections that this event mentions, `${programId}:${kind}:${id}`; absent when it mentions none. */
  mentions?: string[];
  event: Stored<ReadEvent>;
}

const projectionKey = (programId: string, name: ProjectionName): string =>
  `${programId}:${nameOf(name)}`;

const toDocument = (stored: StoredEvent): EventDocument => {
  const { chainId, programId, points, at, blockHash, blockTimeMs, event } = stored;
  const holder = happeningOf(event)?.account ?? null;
  const whole = mentionsOf(event).filter(({ newestDecides }) => !newestDecides);
  return {
    _id: `${chainId}:${positionKey(at)}`,
    chainId,
    programId,
    points,
    ...at,
    blockHash,
    blockTimeMs,
    ...('account' in event && { statement: statementKey(event.account, event.epoch) }),
    ...(holder !== null && { holder }),
    ...(whole.length > 0 && {
      mentions: whole.map((mention) => projectionKey(programId, mention)),
    }),
    event: toStored(event),
  };
};

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
  blockTimeMs: document.blockTimeMs,
  event: fromStored<ReadEvent>(document.event),
});

/** Statements in one query: a range of blocks can name thousands. */
const KEYS_PER_QUERY = 500;

/** Oldest first. */
const CHAIN_ORDER: Record<string, mongo.SortDirection> = { blockNumber: 1, logIndex: 1 };
const NEWEST_FIRST: Record<string, mongo.SortDirection> = { blockNumber: -1, logIndex: -1 };

const inChainOrder = (a: EventDocument, b: EventDocument): number =>
  a.blockNumber - b.blockNumber || a.logIndex - b.logIndex;
const isNumberedKind = (kind: ProjectionKind): kind is keyof typeof NEWEST_DECIDES =>
  kind in NEWEST_DECIDES;

/** Creates the indexes and opens the store of events. */
export async function createChainEventStore(connection: Connection): Promise<ChainEventStore> {
  const events = connection.collection<EventDocument>('chainEvents');
  await events.createIndexes([
    { key: { chainId: 1, blockNumber: 1, logIndex: 1 } },
    { key: { programId: 1, statement: 1 }, sparse: true },
    // It ends with the field that has a range: some engines leave out the upper bound where another field follows.
    { key: { programId: 1, 'event.kind': 1, blockNumber: 1 } },
    { key: { mentions: 1 }, sparse: true },
    {
      key: { programId: 1, holder: 1, blockNumber: 1, logIndex: 1 },
      partialFilterExpression: { holder: { $gte: '0x' } },
    },
  ]);

  const ofKind = (
    programId: string,
    kind: ReadEvent['kind'],
    throughBlock: number,
  ): Promise<EventDocument[]> =>
    events
      .find({ programId, 'event.kind': kind, blockNumber: { $lte: throughBlock } })
      .sort(CHAIN_ORDER)
      .toArray();

  /** The newest event of each kind of which the newest decides this projection. */
  const newestOf = async (
    programId: string,
    { kind, id }: ProjectionName,
    blocks: mongo.Filter<EventDocument>,
  ): Promise<EventDocument[]> => {
    if (!isNumberedKind(kind)) return [];
    const { field, kinds } = NEWEST_DECIDES[kind];
    const found = await Promise.all(
      kinds.map((eventKind) =>
        events.findOne(
          { programId, 'event.kind': eventKind, [`event.${field}`]: Number(id), ...blocks },
          { sort: NEWEST_FIRST },
        ),
      ),
    );
    return found.filter((document) => document !== null);
  };

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
    statementEvents: async (programId, statements, throughBlock) => {
      const keys = statements.map(({ account, epoch }) => statementKey(account, epoch));
      const found: EventDocument[] = [];
      for (let at = 0; at < keys.length; at += KEYS_PER_QUERY) {
        const statement = { $in: keys.slice(at, at + KEYS_PER_QUERY) };
        const blockNumber = { $lte: throughBlock };
        found.push(...(await events.find({ programId, statement, blockNumber }).toArray()));
      }
      return found.sort(inChainOrder).map(fromDocument);
    },
    ofHolders: async (programId, holders, kinds, { below, limit, to }) => {
      if (kinds.length === 0) return [];
      const moves = to === undefined ? {} : { 'event.to': to };
      // A question for each account: each of them ends after as many events as are wanted.
      const of = (holder: Address, rest: mongo.Filter<EventDocument>): Promise<EventDocument[]> =>
        events
          .find({ programId, holder, 'event.kind': { $in: [...kinds] }, ...rest, ...moves })
          .sort(NEWEST_FIRST)
          .limit(limit)
          .toArray();
      const found = await Promise.all(
        holders.flatMap((holder) => {
          if (below === null) return [of(holder, {})];
          const { blockNumber, logIndex } = below;
          return [
            of(holder, { blockNumber, logIndex: { $lt: logIndex } }),
            of(holder, { blockNumber: { $lt: blockNumber } }),
          ];
        }),
      );
      return found
        .flat()
        .sort((a, b) => inChainOrder(b, a))
        .slice(0, limit)
        .map(fromDocument);
    },
    momentsOf: async (chainId, positions) => {
      if (positions.length === 0) return new Map();
      const ids = [...new Set(positions.map((at) => `${chainId}:${positionKey(at)}`))];
      const found = await events
        .find({ _id: { $in: ids } }, { projection: { event: 0 } })
        .toArray();
      return new Map(
        found.flatMap(({ blockTimeMs, blockNumber, transactionHash, logIndex }) =>
          blockTimeMs === null
            ? []
            : [
                [
                  positionKey({ transactionHash, logIndex }),
                  { atMs: blockTimeMs, blockNumber, transactionHash },
                ] as const,
              ],
        ),
      );
    },
    objectionsByStep: async (programId, change, { fromMs, stepMs }) => {
      const steps = await events
        .aggregate<{ _id: number; event: Stored<ReadEvent> }>([
          {
            $match: {
              ...{ programId, 'event.kind': 'Objected', 'event.change': change },
              blockTimeMs: { $gte: fromMs },
            },
          },
          { $sort: CHAIN_ORDER },
          {
            $group: {
              _id: { $floor: { $divide: [{ $subtract: ['$blockTimeMs', fromMs] }, stepMs] } },
              event: { $last: '$event' },
            },
          },
          { $sort: { _id: 1 } },
        ])
        .toArray();
      return steps.flatMap(({ _id: step, event: stored }) => {
        const event = fromStored<ReadEvent>(stored);
        return event.kind === 'Objected' ? [{ step, objections: event.objections }] : [];
      });
    },
    nextBlock: async (programId, kinds, { above, through }) => {
      const found = await events.findOne(
        {
          ...{ programId, 'event.kind': { $in: [...kinds] } },
          blockNumber: { $gt: above, $lte: through },
        },
        { sort: { blockNumber: 1 }, projection: { blockNumber: 1 } },
      );
      return found?.blockNumber ?? null;
    },
    listRange: async (programId, kinds, { above, through }) => {
      const found = await events
        .find({
          ...{ programId, 'event.kind': { $in: [...kinds] } },
          blockNumber: { $gt: above, $lte: through },
        })
        .toArray();
      return found.sort(inChainOrder).map(fromDocument);
    },
    addedToReserve: async (programId, sinceMs) => {
      const kinds: ReadEvent['kind'][] = ['Deposited', 'Synced', 'Withdrawn'];
      const found = await events
        .find({ programId, 'event.kind': { $in: kinds }, blockTimeMs: { $gte: sinceMs } })
        .toArray();
      return found.map(fromDocument).reduce((sum, { event }) => {
        if (event.kind === 'Withdrawn') return sum - event.amount;
        return event.kind === 'Deposited' || event.kind === 'Synced' ? sum + event.amount : sum;
      }, 0n);
    },
    ruleSets: async (programId, throughBlock) => {
      const found = await ofKind(programId, 'RuleSetPublished', throughBlock);
      return found.map(fromDocument).flatMap(({ event, at }): RuleSet[] => {
        if (event.kind !== 'RuleSetPublished') return [];
        const { blockNumber, transactionHash } = at;
        return [{ ...event.ruleSet, blockNumber, transactionHash }];
      });
    },
    buybackTerms: async (programId, throughBlock) => {
      const found = await ofKind(programId, 'TermsPublished', throughBlock);
      return found.map(fromDocument).flatMap(({ event, at }): BuybackTermsVersion[] => {
        if (event.kind !== 'TermsPublished') return [];
        const { blockNumber, transactionHash } = at;
        return [{ ...event.terms, blockNumber, transactionHash }];
      });
    },
    projectionEvents: async (programId, names, throughBlock) => {
      const blocks = throughBlock === null ? {} : { blockNumber: { $lte: throughBlock } };
      const byKey = new Map(
        names.map((name) => [projectionKey(programId, name), [] as EventDocument[]] as const),
      );
      const mentioning = await events
        .find({ mentions: { $in: [...byKey.keys()] }, ...blocks })
        .toArray();
      for (const document of mentioning) {
        for (const key of document.mentions ?? []) byKey.get(key)?.push(document);
      }
      for (const name of names) {
        const newest = await newestOf(programId, name, blocks);
        byKey.get(projectionKey(programId, name))?.push(...newest);
      }
      return new Map(
        names.map((name) => {
          const found = byKey.get(projectionKey(programId, name)) ?? [];
          return [nameOf(name), found.sort(inChainOrder).map(fromDocument)];
        }),
      );
    },
  };
}
