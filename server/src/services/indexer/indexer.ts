import { ServiceError } from '../../domain/errors.ts';
import { contractsOf, type Program } from '../../domain/program.ts';
import {
  ChainError,
  type BlockHeader,
  type ChainLog,
  type ChainReader,
} from '../../ports/chain/chain.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type {
  ChainEventStore,
  CursorStore,
  ProjectionLedger,
  TotalsLedger,
  IndexerCursor,
} from '../../ports/stores/indexer.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import type { WebhookCursorStore } from '../../ports/webhooks.ts';
import type { MemberAccounts } from './memberAccounts.ts';
import type { StatementStates } from './statementStates.ts';
import { createHalts, haltedAt } from './halts.ts';
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
   * @returns the block up to which everything is read (the head while the chain has no program), whether it moved, and
   * whether it is the head
   */
  step(): Promise<{
    readonly throughBlock: number;
    readonly moved: boolean;
    readonly atHead: boolean;
    /** Programs whose events make no sense: what is due for them is not known. */
    readonly haltedIds: readonly string[];
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
  webhookCursors: Pick<WebhookCursorStore, 'rewind'>;
  statementStates: StatementStates;
  memberAccounts: MemberAccounts;
  logger: Logger;
  wallNowMs: () => number;
}): Indexer {
  const { chainId, reader, cursors } = deps;
  const readModel = createReadModel(deps);
  const halts = createHalts(deps);
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
      halted: [],
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
      halted: cursor.halted.map((halt) => ({
        ...halt,
        blockNumber: Math.min(halt.blockNumber, ancestor.number),
      })),
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
    const readable = programs.filter((program) => haltedAt(cursor, program) === null);
    const toBlock = Math.min(head.number, cursor.blockNumber + rangeBlocks);
    const before = toBlock === head.number ? head : await canonicalHeader(toBlock);
    const logs = await readLogs(readable, cursor.blockNumber + 1, toBlock);
    const [start, after] = await Promise.all([
      canonicalHeader(cursor.blockNumber),
      canonicalHeader(toBlock),
    ]);
    if (start.hash !== cursor.blockHash || after.hash !== before.hash) {
      throw raceLost('The chain changed while its events were read.');
    }
    await readModel.apply(readable, logs);
    const checkpoints = [...cursor.checkpoints, { number: after.number, hash: after.hash }];
    return save({
      ...cursor,
      blockNumber: after.number,
      blockHash: after.hash,
      checkpoints: checkpoints.slice(-MAX_CHECKPOINTS),
    });
  };

  /** Reads a range; a program whose events make no sense stays where the cursor was, and the others are read without it. */
  const readNext = async (
    cursor: IndexerCursor,
    programs: readonly Program[],
    head: BlockHeader,
  ): Promise<IndexerCursor> => {
    try {
      return await readRange(cursor, programs, head);
    } catch (error) {
      const program = halts.programOf(error, programs);
      if (program === null) throw error;
      return readNext(halts.halt(cursor, program, cursor.blockNumber, error), programs, head);
    }
  };

  /** One program is read up to the cursor: from its creation, or from where it was halted. */
  const catchUpOne = async (cursor: IndexerCursor, program: Program): Promise<IndexerCursor> => {
    const known = { ...cursor, programIds: [...new Set([...cursor.programIds, program.id])] };
    const first = (haltedAt(cursor, program) ?? program.createdAtBlock - 1) + 1;
    for (let from = first; from <= cursor.blockNumber; from += rangeBlocks) {
      const toBlock = Math.min(cursor.blockNumber, from + rangeBlocks - 1);
      try {
        await readModel.apply([program], await readLogs([program], from, toBlock));
      } catch (error) {
        if (halts.programOf(error, [program]) === null) throw error;
        return halts.halt(known, program, from - 1, error);
      }
    }
    return halts.resume(known, program);
  };

  /** Programs that came after the cursor was here, and those that were halted, are read up to it. */
  const catchUp = async (
    cursor: IndexerCursor,
    programs: readonly Program[],
  ): Promise<IndexerCursor> => {
    const behind = programs.filter(
      (program) =>
        !cursor.programIds.includes(program.id) ||
        (haltedAt(cursor, program) !== null && halts.isDue(program)),
    );
    if (behind.length === 0) return cursor;
    let caughtUp = cursor;
    for (const program of behind) caughtUp = await catchUpOne(caughtUp, program);
    const end = await canonicalHeader(cursor.blockNumber);
    if (end.hash !== cursor.blockHash) throw raceLost('The chain changed while it was read.');
    return save(caughtUp);
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
    let cursor = began;
    const same = head.number === cursor.blockNumber && head.hash === cursor.blockHash;
    const next = head.number === cursor.blockNumber + 1 && head.parentHash === cursor.blockHash;
    if (!same && !next) {
      const here = await reader.header(cursor.blockNumber);
      if (here?.hash !== cursor.blockHash) cursor = await rewind(cursor, programs);
    }
    // Only now: up to a block that the chain has lost nothing can be read.
    cursor = await catchUp(cursor, programs);
    for (
      let ranges = 0;
      ranges < MAX_RANGES_PER_STEP && cursor.blockNumber < head.number;
      ranges += 1
    ) {
      cursor = await readNext(cursor, programs, head);
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
      if (programs.length === 0) {
        // There is nothing to read, so all of it is read: the creation of the first program must not wait for a program.
        const { number: throughBlock } = await reader.head();
        return { throughBlock, moved: false, atHead: true, haltedIds: [] };
      }
      try {
        const { cursor, ...progress } = await advance(programs);
        await noteAnswer();
        const haltedIds = cursor.halted.map(({ programId }) => programId);
        return { throughBlock: cursor.blockNumber, haltedIds, ...progress };
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
