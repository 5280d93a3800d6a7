import type { Hex } from '@dewpoint/contracts/statement.ts';
import { mongo, type Connection } from 'mongoose';
import type { AnchoredLog } from '../../domain/actions/anchoredEntry.ts';
import type { AnchoredLogStore, AnchorStore } from '../../ports/stores/actions.ts';
import { projectionCollection, projectionId, readerOf } from '../indexer/projections.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface LogDocument extends AnchoredLog {
  /** `${programId}:${epoch}` */
  readonly _id: string;
}

interface ChunkDocument {
  /** `${programId}:${epoch}:${root of the log}:${index}` */
  readonly _id: string;
  /** The same without the index. */
  readonly log: string;
  readonly index: number;
  readonly firstRecordedAtMs: number;
  readonly firstLeaf: Hex;
  /** 32 bytes each. */
  readonly leaves: mongo.Binary;
}

const LEAF_BYTES = 32;

const idOf = (programId: string, epoch: number): string => `${programId}:${epoch}`;
/** Two workers may cut the log of one epoch at once, and one of them a moment earlier: their chunks are kept apart by the root. */
const chunksOf = ({ programId, epoch, root }: AnchoredLog): string =>
  `${idOf(programId, epoch)}:${root}`;
const toHex = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`;

/** Creates the indexes and opens the store of anchored logs. */
export async function createAnchoredLogStore(connection: Connection): Promise<AnchoredLogStore> {
  const logs = connection.collection<LogDocument>('anchoredLogs');
  const chunks = connection.collection<ChunkDocument>('anchoredChunks');
  await chunks.createIndexes([{ key: { log: 1, index: 1 } }]);

  const find: AnchoredLogStore['find'] = async (programId, epoch) => {
    const found = await logs.findOne({ _id: idOf(programId, epoch) });
    if (found === null) return null;
    const { _id, ...log } = found;
    return log;
  };

  return {
    find,
    save: async (log, parts) => {
      const name = chunksOf(log);
      let index = 0;
      for (const leaves of parts) {
        const [first] = leaves;
        if (first === undefined) throw new RangeError('a chunk has leaves');
        const bytes = Buffer.concat(leaves.map(({ leaf }) => Buffer.from(leaf.slice(2), 'hex')));
        const start = { firstRecordedAtMs: first.recordedAtMs, firstLeaf: first.leaf };
        const replacement = { log: name, index, ...start, leaves: new mongo.Binary(bytes) };
        await chunks.replaceOne({ _id: `${name}:${index}` }, replacement, { upsert: true });
        index += 1;
      }
      try {
        // Inserted last: a log that is there has all of its chunks.
        await logs.insertOne({ _id: idOf(log.programId, log.epoch), ...log });
        return log;
      } catch (error) {
        const stored = isDuplicateKey(error) ? await find(log.programId, log.epoch) : null;
        if (stored === null) throw error;
        return stored;
      }
    },
    chunkStarts: async (log) => {
      const found = await chunks
        .find({ log: chunksOf(log) }, { projection: { leaves: 0 } })
        .sort({ index: 1 })
        .toArray();
      return found.map(({ firstRecordedAtMs, firstLeaf }) => ({
        recordedAtMs: firstRecordedAtMs,
        leaf: firstLeaf,
      }));
    },
    chunk: async (log, index) => {
      const found = await chunks.findOne({ _id: `${chunksOf(log)}:${index}` });
      const bytes = found?.leaves.value() ?? new Uint8Array();
      return Array.from({ length: bytes.length / LEAF_BYTES }, (_, at) =>
        toHex(bytes.subarray(at * LEAF_BYTES, (at + 1) * LEAF_BYTES)),
      );
    },
  };
}

/** Opens the store of anchors. */
export function createAnchorStore(connection: Connection): AnchorStore {
  const anchors = projectionCollection(connection, 'anchor');
  const toAnchor = readerOf('anchor');
  return {
    find: async (programId, epoch) => {
      const found = await anchors.findOne({ _id: projectionId(programId, epoch) });
      return found === null ? null : toAnchor(found);
    },
  };
}
