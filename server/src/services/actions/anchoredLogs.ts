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
import { epochStartMs } from '../../domain/epochs.ts';
import { statementId } from '../../domain/ids.ts';
import { accountAt } from '../../domain/members/accounts.ts';
import type { Program } from '../../domain/program.ts';
import type { LogTrees } from '../../ports/chain/logTrees.ts';
import type { ActionLog, AnchoredLogStore, AnchorStore } from '../../ports/stores/actions.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';

/** Shows that an action stood in the log that was anchored. */
export interface ActionProofView {
  readonly anchor: Anchor;
  /** What anybody checks without the service: JSON. */
  readonly file: string;
}

/** The log of each epoch under one root, and proofs of single actions. */
export interface AnchoredLogs {
  /**
   * Returns the log of what was recorded in an epoch; builds and keeps it when it is asked for first. Call it when nothing is on
   * its way into the log of that epoch any more.
   */
  logOf(program: Program, epoch: number): Promise<AnchoredLog>;
  /** Finds what is anchored of an epoch; null for nothing (yet). */
  anchorOf(program: Pick<Program, 'id'>, epoch: number): Promise<Anchor | null>;
  /** Proves an action; null for one that is unknown, or whose log is not anchored (yet). */
  proofOf(
    program: Program,
    member: Pick<MemberRecord, 'id'>,
    eventId: string,
  ): Promise<ActionProofView | null>;
}

/** Entries whose accounts are looked up in one go. */
const ENTRIES_PER_STEP = 500;

export function createAnchoredLogs(deps: {
  actionLog: Pick<ActionLog, 'recordedWithin' | 'findActions'>;
  statements: Pick<StatementStore, 'findByIds'>;
  members: Pick<MemberStore, 'findByIds'>;
  anchoredLogs: AnchoredLogStore;
  anchors: AnchorStore;
  logTrees: LogTrees;
}): AnchoredLogs {
  const { actionLog, statements, members, anchoredLogs, anchors, logTrees } = deps;

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

  const leavesOf = async (program: Program, epoch: number): Promise<LogLeaf[]> => {
    const leaves: LogLeaf[] = [];
    let waiting: LogEntry[] = [];
    const flush = async (): Promise<void> => {
      for (const entry of await withAccounts(program, waiting)) {
        leaves.push({ recordedAtMs: entry.recordedAtMs, leaf: logTrees.leafOf(entry) });
      }
      waiting = [];
    };
    const range = {
      fromMs: epochStartMs(program, epoch),
      beforeMs: epochStartMs(program, epoch + 1),
      epochs: epochsRecordedIn(program, epoch),
    };
    for await (const entry of actionLog.recordedWithin(program.id, range)) {
      waiting.push(entry);
      if (waiting.length >= ENTRIES_PER_STEP) await flush();
    }
    await flush();
    return leaves;
  };

  /** The chunk that a leaf is in, if it is in the log. */
  const chunkWith = async (log: AnchoredLog, leaf: LogLeaf): Promise<readonly Hex[]> => {
    const starts = await anchoredLogs.chunkStarts(log);
    const index = starts.findLastIndex((start) => logTrees.isAtOrBefore(start, leaf));
    return index < 0 ? [] : anchoredLogs.chunk(log, index);
  };

  return {
    logOf: async (program, epoch) => {
      const stored = await anchoredLogs.find(program.id, epoch);
      if (stored !== null) return stored;
      const leaves = await leavesOf(program, epoch);
      const chunks = logTrees
        .chunksOf(leaves)
        .map((chunk) => ({ root: logTrees.chunkRootOf(chunk), leaves: chunk }));
      const chunkRoots = chunks.map(({ root }) => root);
      const root = logTrees.rootOf(chunkRoots);
      const log = { programId: program.id, epoch, root, count: leaves.length, chunkRoots };
      return anchoredLogs.save(log, chunks);
    },
    anchorOf: (program, epoch) => anchors.find(program.id, epoch),
    proofOf: async (program, member, eventId) => {
      const [action = null] = await actionLog.findActions(program.id, [
        { memberId: member.id, eventId },
      ]);
      if (action === null) return null;
      const epoch = logEpochOf(program, action);
      const [log, anchor] = await Promise.all([
        anchoredLogs.find(program.id, epoch),
        anchors.find(program.id, epoch),
      ]);
      if (log === null || anchor === null || anchor.root !== log.root) return null;
      const [entry] = await withAccounts(program, [action]);
      if (entry === undefined) return null;
      const leaf = { recordedAtMs: entry.recordedAtMs, leaf: logTrees.leafOf(entry) };
      const chunk = await chunkWith(log, leaf);
      if (!chunk.includes(leaf.leaf)) return null; // it came when the log was closed already
      const file = logTrees.proofFile(entry, { epoch, chunk, chunkRoots: log.chunkRoots });
      return { anchor, file };
    },
  };
}
