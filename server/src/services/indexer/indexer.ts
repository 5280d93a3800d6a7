import { ServiceError } from '../../domain/errors.ts';
import { contractsOf, type Program } from '../../domain/program.ts';
import {
  ChainError,
  type BlockHeader,
  type ChainLog,
  type ChainReader,
} from '../../ports/chain/chain.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type {
  ChainEventStore,
  CursorStore,
  ProjectionLedger,
  TotalsLedger,
  IndexerCursor,
} from '../../ports/stores/indexer.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import type { MemberAccounts } from './memberAccounts.ts';
import type { StatementStates } from './statementStates.ts';
import { createReadModel } from './readModel.ts';

/**
 * Keeps the read model of one chain: events and all that follows from them.
 *
 * THE ONE INVARIANT: everything up to the cursor is in the read model. Whatever is above it (left by a crash, by a
 * failed step, by another worker or by a reorganisation) is taken back before anything is added. Every write below is
 * guarded so that doing it twice changes nothing, and the cursor moves last.
 */
export interface Indexer {
  /**
   * Reads new blocks into the read model, at most {@link MAX_RANGES_PER_STEP} ranges of them.
   *
   * @returns the block up to which everything is read (null while the chain has no program), whether it moved, and
   * whether it is the head
   */
  step(): Promise<{
    readonly throughBlock: number | null;
    readonly moved: boolean;
    readonly atHead: boolean;
  }>;
  /** Forgets the cursor. Call it when the lease is lost. */
  release(): void;
}

/** Blocks in one range of logs: 200 full batches are 40,000 events, 28 MB of JSON. Halved for nodes that give less. */
const MAX_RANGE_BLOCKS = 200;
/** After so many ranges the worker does its other work before it goes on. */
const MAX_RANGES_PER_STEP = 20;
/** Ends of ranges kept to find the common ancestor after a reorganisation; deeper ones are read again from the start. */
const MAX_CHECKPOINTS = 512;
/** Time between notes that the chain answers, while there are no new blocks. */
const NOTE_ANSWER_MS = 5_000;

const raceLost = (message: string): ChainError =>
  new ChainError({ kind: 'RACE_LOST', message, retryable: true });

export function createIndexer(deps: {
  chainId: number;
  reader: ChainReader;
  programs: ProgramStore;
  cursors: CursorStore;
  chainEvents: ChainEventStore;
  totals: TotalsLedger;
  projections: ProjectionLedger;
  transactions: TransactionStore;
  statementStates: StatementStates;
  memberAccounts: MemberAccounts;
  wallNowMs: () => number;
}): Indexer {
  const { chainId, reader, cursors } = deps;
  const readModel = createReadModel(deps);
  /** Null whenever it is not certain that nothing stands above the cursor. */
  let clean: IndexerCursor | null = null;
  let rangeBlocks = MAX_RANGE_BLOCKS;
  let answeredAtMs = 0;

  const save = async (cursor: IndexerCursor): Promise<IndexerCursor> => {
    if (await cursors.save(cursor)) return cursor;
    throw raceLost('Another worker took over reading this chain.');
  };
  const canonicalHeader = async (blockNumber: number): Promise<BlockHeader> => {
    const header = await reader.header(blockNumber);
    if (header === null) throw raceLost(`Block ${blockNumber} went away while it was read.`);
    return header;
  };
  /** The block before anything of these programs happened. */
  const beforeFirst = (programs: readonly Program[]): Promise<BlockHeader> => {
    const first = Math.min(...programs.map(({ createdAtBlock }) => createdAtBlock));
    return canonicalHeader(Math.max(0, first - 1));
  };
  const firstCursor = async (programs: readonly Program[]): Promise<IndexerCursor> => {
    const before = await beforeFirst(programs);
    const cursor: IndexerCursor = {
      chainId,
      blockNumber: before.number,
      blockHash: before.hash,
      checkpoints: [],
      programIds: programs.map(({ id }) => id),
      version: 1,
    };
    if (await cursors.create(cursor)) return cursor;
    throw raceLost('Another worker began to read this chain.');
  };

  const takeCursor = async (programs: readonly Program[]): Promise<IndexerCursor> => {
    if (clean !== null) return clean;
    const taken = (await cursors.take(chainId)) ?? (await firstCursor(programs));
    await readModel.undoAbove(programs, taken.blockNumber);
    return taken;
  };

  /** The newest known block that the chain still has; deeper than all checkpoints, everything is read again. */
  const findAncestor = async (
    { checkpoints }: IndexerCursor,
    programs: readonly Program[],
  ): Promise<BlockHeader> => {
    for (const known of checkpoints.toReversed()) {
      const header = await reader.header(known.number);
      if (header !== null && header.hash === known.hash) return header;
    }
    return beforeFirst(programs);
  };

  const rewind = async (
    cursor: IndexerCursor,
    programs: readonly Program[],
  ): Promise<IndexerCursor> => {
    const ancestor = await findAncestor(cursor, programs);
    // The cursor goes first, so that a crash from here on finds leftovers above it and takes them back.
    const rewound = await save({
      ...cursor,
      blockNumber: ancestor.number,
      blockHash: ancestor.hash,
      checkpoints: cursor.checkpoints.filter(({ number }) => number <= ancestor.number),
    });
    await readModel.undoAbove(programs, ancestor.number);
    return rewound;
  };

  const readLogs = async (
    programs: readonly Program[],
    fromBlock: number,
    toBlock: number,
  ): Promise<ChainLog[]> => {
    const contracts = programs.map(contractsOf);
    try {
      return await reader.logs({ programs: contracts, fromBlock, toBlock });
    } catch (error) {
      if (error instanceof ChainError && error.kind === 'RANGE_TOO_LARGE') {
        rangeBlocks = Math.max(1, Math.floor((toBlock - fromBlock + 1) / 2));
      }
      throw error;
    }
  };

  /** One range: the logs count only if its two ends were of one chain before and after they were read. */
  const readRange = async (
    cursor: IndexerCursor,
    programs: readonly Program[],
    head: BlockHeader,
  ): Promise<IndexerCursor> => {
    const toBlock = Math.min(head.number, cursor.blockNumber + rangeBlocks);
    const before = toBlock === head.number ? head : await canonicalHeader(toBlock);
    const logs = await readLogs(programs, cursor.blockNumber + 1, toBlock);
    const [start, after] = await Promise.all([
      canonicalHeader(cursor.blockNumber),
      canonicalHeader(toBlock),
    ]);
    if (start.hash !== cursor.blockHash || after.hash !== before.hash) {
      throw raceLost('The chain changed while its events were read.');
    }
    await readModel.apply(programs, logs);
    const checkpoints = [...cursor.checkpoints, { number: after.number, hash: after.hash }];
    return save({
      ...cursor,
      blockNumber: after.number,
      blockHash: after.hash,
      checkpoints: checkpoints.slice(-MAX_CHECKPOINTS),
    });
  };

  /** Programs that came after the cursor was here are read from their creation up to it. */
  const catchUp = async (
    cursor: IndexerCursor,
    programs: readonly Program[],
  ): Promise<IndexerCursor> => {
    const added = programs.filter(({ id }) => !cursor.programIds.includes(id));
    if (added.length === 0) return cursor;
    const first = Math.min(...added.map(({ createdAtBlock }) => createdAtBlock));
    for (let from = first; from <= cursor.blockNumber; from += rangeBlocks) {
      const toBlock = Math.min(cursor.blockNumber, from + rangeBlocks - 1);
      await readModel.apply(added, await readLogs(added, from, toBlock));
    }
    const end = await canonicalHeader(cursor.blockNumber);
    if (end.hash !== cursor.blockHash) throw raceLost('The chain changed while it was read.');
    return save({ ...cursor, programIds: [...cursor.programIds, ...added.map(({ id }) => id)] });
  };

  const noteAnswer = async (): Promise<void> => {
    if (deps.wallNowMs() - answeredAtMs < NOTE_ANSWER_MS) return;
    answeredAtMs = deps.wallNowMs();
    await cursors.noteAnswer(chainId, true);
  };

  const advance = async (
    programs: readonly Program[],
  ): Promise<{ cursor: IndexerCursor; moved: boolean; atHead: boolean }> => {
    const head = await reader.head();
    const began = await takeCursor(programs);
    // Until the step has succeeded nobody knows what stands above the cursor.
    clean = null;
    let cursor = await catchUp(began, programs);
    const same = head.number === cursor.blockNumber && head.hash === cursor.blockHash;
    const next = head.number === cursor.blockNumber + 1 && head.parentHash === cursor.blockHash;
    if (!same && !next) {
      const here = await reader.header(cursor.blockNumber);
      if (here?.hash !== cursor.blockHash) cursor = await rewind(cursor, programs);
    }
    for (
      let ranges = 0;
      ranges < MAX_RANGES_PER_STEP && cursor.blockNumber < head.number;
      ranges += 1
    ) {
      cursor = await readRange(cursor, programs, head);
    }
    clean = cursor;
    return { cursor, moved: cursor !== began, atHead: cursor.blockNumber >= head.number };
  };

  return {
    release: () => {
      clean = null;
    },
    step: async () => {
      const programs = (await deps.programs.list()).filter((p) => p.chainId === chainId);
      if (programs.length === 0) return { throughBlock: null, moved: false, atHead: true };
      try {
        const { cursor, ...progress } = await advance(programs);
        await noteAnswer();
        return { throughBlock: cursor.blockNumber, ...progress };
      } catch (error) {
        const gone = error instanceof ServiceError && error.code === 'CHAIN_UNAVAILABLE';
        if (gone && answeredAtMs !== 0) {
          answeredAtMs = 0;
          await cursors.noteAnswer(chainId, false);
        }
        throw error;
      }
    },
  };
}
