import { setImmediate } from 'node:timers/promises';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { LogEntry } from '../../domain/actions/action.ts';
import {
  anchoredEntry,
  epochsRecordedIn,
  logEpochOf,
  type AnchoredEntry,
  type AnchoredLog,
  type LogLeaf,
} from '../../domain/actions/anchoredEntry.ts';
import type { Anchor } from '../../domain/actions/anchor.ts';
import { NO_DECISIONS } from '../../domain/actions/reviewRules.ts';
import { epochStartMs } from '../../domain/epochs.ts';
import { statementId } from '../../domain/ids.ts';
import { accountAt } from '../../domain/members/accounts.ts';
import type { Program } from '../../domain/program.ts';
import type { LogTrees } from '../../ports/chain/logTrees.ts';
import type {
  ActionLog,
  AnchoredLogStore,
  AnchorStore,
  EntryKey,
} from '../../ports/stores/actions.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import { createLeafBuffer, type LeafBuffer } from './leafBuffer.ts';

/** Shows that an action, or a decision on one, stood in the log that was anchored. */
export interface ActionProofView {
  readonly anchor: Anchor;
  /** What anybody checks without the service: JSON. */
  readonly file: string;
}

/** The log of each epoch under one root, and proofs of single entries. */
export interface AnchoredLogs {
  /**
   * Returns the log of what was recorded in an epoch; builds and keeps it when it is asked for first. Call it when nothing is on
   * its way into the log of that epoch any more. Null when the log is too long for one call: the next one goes on.
   *
   * @throws RangeError for a log of more than `MAX_LOG_ENTRIES` of leafBuffer.ts
   */
  logOf(program: Program, epoch: number): Promise<AnchoredLog | null>;
  /** Makes the leaves of entries, in their order. */
  leavesOf(program: Program, entries: readonly LogEntry[]): Promise<Hex[]>;
  /** Finds what is anchored of an epoch; null for nothing (yet). */
  anchorOf(program: Pick<Program, 'id'>, epoch: number): Promise<Anchor | null>;
  /** Proves an action, or a decision on it; null for one that is unknown, or whose log is not anchored (yet). */
  proofOf(
    program: Program,
    member: Pick<MemberRecord, 'id'>,
    entry: { readonly kind: LogEntry['kind']; readonly eventId: string },
  ): Promise<ActionProofView | null>;
}

/** Entries whose accounts are looked up in one go. */
const ENTRIES_PER_PAGE = 500;
/** Parts of a long log in one call, so that the worker does its other work in between: about a second's worth of each. */
const PAGES_PER_CALL = 20;
const CHUNKS_PER_CALL = 8;

/** A log on its way from the entries to the roots of its chunks. */
interface Cut {
  readonly epoch: number;
  readonly entries: AsyncIterator<LogEntry>;
  readonly leaves: LeafBuffer;
  /** Null while entries are read. */
  chunks: Generator<LogLeaf[], void> | null;
  readonly chunkRoots: Hex[];
}

export function createAnchoredLogs(deps: {
  actionLog: Pick<ActionLog, 'recordedWithin' | 'findActions' | 'findDecisions'>;
  statements: Pick<StatementStore, 'findByIds'>;
  members: Pick<MemberStore, 'findByIds'>;
  anchoredLogs: AnchoredLogStore;
  anchors: AnchorStore;
  logTrees: LogTrees;
  pagesPerCall?: number;
}): AnchoredLogs {
  const { actionLog, statements, members, anchoredLogs, anchors, logTrees } = deps;
  const { pagesPerCall = PAGES_PER_CALL } = deps;

  /** The account of an entry is that of its statement, which never changes it, or the one that it is going to have. */
  const withAccounts = async (
    program: Program,
    entries: readonly LogEntry[],
  ): Promise<AnchoredEntry[]> => {
    const idOf = ({ memberId, epoch }: LogEntry): string => statementId(memberId, epoch);
    const stored = await statements.findByIds(program.id, [...new Set(entries.map(idOf))]);
    const rest = entries.filter((entry) => !stored.has(idOf(entry)));
    const known = await members.findByIds(program.id, [
      ...new Set(rest.map(({ memberId }) => memberId)),
    ]);
    return entries.map((entry) => {
      const member = known.get(entry.memberId);
      const account: Address | undefined =
        stored.get(idOf(entry))?.account ??
        (member === undefined ? undefined : accountAt(member, entry.epoch));
      if (account === undefined) throw new Error('An entry of the log has no member.');
      return anchoredEntry(program, entry, account);
    });
  };

  /** A log that is being cut, by program: it may be too long for one call. Lost in a restart, which then begins again. */
  const cuts = new Map<string, Cut>();

  const beginCut = (program: Program, epoch: number): Cut => {
    const fromMs = epochStartMs(program, epoch);
    const range = {
      fromMs,
      beforeMs: epochStartMs(program, epoch + 1),
      epochs: epochsRecordedIn(program, epoch),
    };
    const entries = actionLog.recordedWithin(program.id, range)[Symbol.asyncIterator]();
    return { epoch, entries, leaves: createLeafBuffer(fromMs), chunks: null, chunkRoots: [] };
  };

  /** Reads a part of the entries. @returns whether there are more */
  const readSome = async (program: Program, { entries, leaves }: Cut): Promise<boolean> => {
    for (let page = 0; page < pagesPerCall; page += 1) {
      const waiting: LogEntry[] = [];
      let isEnd = false;
      while (!isEnd && waiting.length < ENTRIES_PER_PAGE) {
        const next = await entries.next();
        if (next.done === true) isEnd = true;
        else waiting.push(next.value);
      }
      const anchored = await withAccounts(program, waiting);
      anchored.forEach((entry, index) => {
        // Of what was erased, the leaf alone is left.
        const leaf = waiting[index]?.leaf ?? logTrees.leafOf(entry);
        leaves.add({ recordedAtMs: entry.recordedAtMs, leaf });
      });
      if (isEnd) return false;
      await setImmediate();
    }
    return true;
  };

  /** Hashes a part of the chunks. @returns whether there are more */
  const hashSome = async (cut: Cut): Promise<boolean> => {
    cut.chunks ??= cut.leaves.chunks(logTrees.chunkLeaves);
    for (let chunk = 0; chunk < CHUNKS_PER_CALL; chunk += 1) {
      const next = cut.chunks.next();
      if (next.done === true) return false;
      cut.chunkRoots.push(logTrees.chunkRootOf(next.value));
      await setImmediate();
    }
    return true;
  };

  /** Goes on with a log as far as one call goes; null when that is not its end. */
  const cutSome = async (program: Program, cut: Cut): Promise<AnchoredLog | null> => {
    if (cut.chunks === null && (await readSome(program, cut))) return null;
    if (await hashSome(cut)) return null;
    const { epoch, leaves, chunkRoots } = cut;
    const root = logTrees.rootOf(chunkRoots);
    const log = { programId: program.id, epoch, root, count: leaves.count, chunkRoots };
    return anchoredLogs.save(log, leaves.chunks(logTrees.chunkLeaves));
  };

  /** The chunk that a leaf is in, if it is in the log. */
  const chunkWith = async (log: AnchoredLog, leaf: LogLeaf): Promise<readonly Hex[]> => {
    const starts = await anchoredLogs.chunkStarts(log);
    const index = starts.findLastIndex((start) => logTrees.isAtOrBefore(start, leaf));
    return index < 0 ? [] : anchoredLogs.chunk(log, index);
  };

  const standingOf = async (
    { id }: Program,
    kind: LogEntry['kind'],
    key: EntryKey,
  ): Promise<LogEntry | null> => {
    if (kind === 'action') return (await actionLog.findActions(id, [key]))[0] ?? null;
    const [{ hold, end } = NO_DECISIONS] = await actionLog.findDecisions(id, [key]);
    return [hold, end].find((decision) => decision?.kind === kind) ?? null;
  };

  return {
    leavesOf: async (program, entries) =>
      (await withAccounts(program, entries)).map((entry) => logTrees.leafOf(entry)),
    logOf: async (program, epoch) => {
      const stored = await anchoredLogs.find(program.id, epoch);
      if (stored !== null) return stored;
      const under = cuts.get(program.id);
      const cut = under?.epoch === epoch ? under : beginCut(program, epoch);
      if (under !== cut) await under?.entries.return?.();
      // One that fails begins again with the next call.
      cuts.delete(program.id);
      const log = await cutSome(program, cut);
      if (log === null) cuts.set(program.id, cut);
      return log;
    },
    anchorOf: (program, epoch) => anchors.find(program.id, epoch),
    proofOf: async (program, { id: memberId }, { kind, eventId }) => {
      const key = { memberId, eventId };
      const stands = await standingOf(program, kind, key);
      if (stands === null || stands.leaf !== undefined) return null;
      const epoch = logEpochOf(program, stands);
      const [log, anchor] = await Promise.all([
        anchoredLogs.find(program.id, epoch),
        anchors.find(program.id, epoch),
      ]);
      if (log === null || anchor === null || anchor.root !== log.root) return null;
      const [entry] = await withAccounts(program, [stands]);
      if (entry === undefined) return null;
      const leaf = { recordedAtMs: entry.recordedAtMs, leaf: logTrees.leafOf(entry) };
      const chunk = await chunkWith(log, leaf);
      if (!chunk.includes(leaf.leaf)) return null; // it came when the log was closed already
      const file = logTrees.proofFile(entry, { epoch, chunk, chunkRoots: log.chunkRoots });
      return { anchor, file };
    },
  };
}
