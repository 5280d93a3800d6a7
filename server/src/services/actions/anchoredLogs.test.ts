import {
  CHUNK_LEAVES,
  compareLeaves,
  EMPTY_LOG_ROOT,
  rootOf,
} from '@dewpoint/contracts/actionLog.ts';
import { checkProof, proofIn } from '@dewpoint/contracts/actionProof.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { describe, expect, it } from 'vitest';
import { logTrees } from '../../chain/programs/logTrees.ts';
import type { ActionEntry, LogEntry, VoidEntry } from '../../domain/actions/action.ts';
import { anchoredEntry, type AnchoredLog } from '../../domain/actions/anchoredEntry.ts';
import type { Program } from '../../domain/program.ts';
import type { LogChunk } from '../../ports/stores/actions.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { entry, voidEntry } from '../../testing/builders/log.ts';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
import { DAY_MS } from '../../testing/builders/time.ts';
import { createAnchoredLogs } from './anchoredLogs.ts';

const program = INVENTED_PROGRAM;
const ACCOUNT: Address = '0x000000000000000000000000000000000000dEaD';
const MEMBER: MemberRecord = {
  ...{ id: 'm', programId: program.id, externalId: 'mei', account: ACCOUNT },
  ...{ links: [], createdAtMs: 0 },
};
const saltOf = (index: number): Hex => `0x${index.toString(16).padStart(64, '0')}`;

const ofAction = (eventId: string) => ({ kind: 'action', eventId }) as const;

/** Many entries share a moment. */
const action = (index: number, of: Partial<ActionEntry> = {}): ActionEntry =>
  entry({
    ...{ eventId: `e${index}`, recordedAtMs: DAY_MS + Math.floor(index / 100) },
    ...{ epoch: 1, salt: saltOf(index), ...of },
  });

/** A log with an anchor of each epoch that was cut. */
function logsOf(entries: readonly LogEntry[], pagesPerCall = 20) {
  const logs = new Map<number, AnchoredLog>();
  const chunks = new Map<string, readonly LogChunk[]>();
  const found = (kind: LogEntry['kind'], eventId: string): LogEntry | null =>
    entries.find((one) => one.eventId === eventId && one.kind === kind) ?? null;
  const services = createAnchoredLogs({
    actionLog: {
      // eslint-disable-next-line @typescript-eslint/require-await -- The list is at hand.
      recordedWithin: async function* () {
        yield* entries;
      },
      findActions: (_programId, keys) =>
        Promise.resolve(keys.map(({ eventId }) => found('action', eventId) as ActionEntry | null)),
      findDecisions: (_programId, keys) =>
        Promise.resolve(
          keys.map(({ eventId }) => ({
            hold: null,
            end: found('void', eventId) as VoidEntry | null,
          })),
        ),
    },
    statements: { findByIds: () => Promise.resolve(new Map()) },
    members: { findByIds: () => Promise.resolve(new Map([[MEMBER.id, MEMBER]])) },
    anchoredLogs: {
      save: (log, parts) => {
        logs.set(log.epoch, log);
        chunks.set(log.root, [...parts]);
        return Promise.resolve(log);
      },
      find: (_programId, epoch) => Promise.resolve(logs.get(epoch) ?? null),
      chunkStarts: ({ root }) =>
        Promise.resolve((chunks.get(root) ?? []).flatMap((leaves) => leaves.slice(0, 1))),
      chunk: ({ root }, index) =>
        Promise.resolve((chunks.get(root)?.[index] ?? []).map(({ leaf }) => leaf)),
    },
    anchors: {
      find: (programId, epoch) => {
        const log = logs.get(epoch);
        if (log === undefined) return Promise.resolve(null);
        const { root, count } = log;
        return Promise.resolve({
          ...{ programId, epoch, root, count, blockNumber: 1, transactionHash: '0x01' as const },
        });
      },
    },
    logTrees,
    pagesPerCall,
  });
  /** However many calls it takes. */
  const logOf = async (of: Program, epoch: number): Promise<AnchoredLog> => {
    for (;;) {
      const log = await services.logOf(of, epoch);
      if (log !== null) return log;
    }
  };
  return { ...services, logOf, someOf: services.logOf };
}

describe('the log of an epoch', () => {
  it('proves every entry of it, in whatever chunk it is', async () => {
    const entries = Array.from({ length: CHUNK_LEAVES + 900 }, (_, index) => action(index));
    const logs = logsOf(entries);
    const { root, count, chunkRoots } = await logs.logOf(program, 1);
    expect([count, chunkRoots.length]).toEqual([entries.length, 2]);
    for (const index of [0, 1, 99, 100, CHUNK_LEAVES - 1, CHUNK_LEAVES, entries.length - 1]) {
      const proof = await logs.proofOf(program, MEMBER, ofAction(`e${index}`));
      const read = proofIn(proof?.file ?? '');
      expect(read.entry).toMatchObject({ eventId: `e${index}`, account: ACCOUNT });
      expect(checkProof(read, root)).toBe(true);
    }
  });

  it('is the same in whatever order it is read, and another one when anything in it is', async () => {
    const entries = Array.from({ length: 300 }, (_, index) => action(index));
    const readRoot = async (log: readonly LogEntry[]): Promise<Hex> =>
      (await logsOf(log).logOf(program, 1)).root;
    const root = await readRoot(entries);
    expect(await readRoot(entries.toReversed())).toBe(root);
    const evidenceHash = saltOf(7);
    for (const of of [{ count: 2 }, { evidenceHash }, { salt: evidenceHash }]) {
      expect(await readRoot(entries.with(5, action(5, of)))).not.toBe(root);
    }
    expect(await readRoot(entries.slice(1))).not.toBe(root);
    expect(await readRoot([...entries, voidEntry('e5', DAY_MS)])).not.toBe(root);
  });

  it('is cut in parts when it is long, and the same as in one', async () => {
    const entries = Array.from({ length: 700 }, (_, index) => action(index));
    const logs = logsOf(entries, 1);
    expect(await logs.someOf(program, 1)).toBeNull();
    const { root, count, chunkRoots } = await logs.logOf(program, 1);
    expect([count, chunkRoots.length]).toEqual([entries.length, 1]);
    const leaves = entries
      .map((one) => anchoredEntry(program, one, ACCOUNT))
      .map((one) => ({ recordedAtMs: one.recordedAtMs, leaf: logTrees.leafOf(one) }))
      .sort(compareLeaves);
    expect(root).toBe(rootOf(leaves.map(({ leaf }) => leaf)));
  });

  it('begins again when the reading of it fails', async () => {
    const entries = Array.from({ length: 700 }, (_, index) => action(index));
    const logs = logsOf(entries, 1);
    expect(await logs.someOf(program, 1)).toBeNull();
    entries[600] = action(1, { memberId: 'nobody' });
    await expect(logs.someOf(program, 1)).rejects.toThrow('no member');
    entries[600] = action(600);
    expect((await logs.logOf(program, 1)).count).toBe(entries.length);
  });

  it('proves a void as the entry that it is, in the log of its own day', async () => {
    const kind = 'void';
    const voided = voidEntry('e5', 2 * DAY_MS, { epoch: 1 });
    const logs = logsOf([action(5), action(6), voided]);
    expect(await logs.proofOf(program, MEMBER, { kind, eventId: 'e5' })).toBeNull();
    const { root } = await logs.logOf(program, 2);
    const read = proofIn(
      (await logs.proofOf(program, MEMBER, { kind, eventId: 'e5' }))?.file ?? '',
    );
    expect(read).toMatchObject({
      epoch: 2,
      entry: { kind, eventId: 'e5', recordedAtMs: 2 * DAY_MS, occurredAtMs: null },
    });
    expect(checkProof(read, root)).toBe(true);
    expect(checkProof({ ...read, entry: { ...read.entry, kind: 'action' } }, root)).toBe(false);
    expect(await logs.proofOf(program, MEMBER, { kind, eventId: 'e6' })).toBeNull();
  });

  it('without entries is a published empty log', async () => {
    expect(await logsOf([]).logOf(program, 1)).toMatchObject({
      ...{ root: EMPTY_LOG_ROOT, count: 0, chunkRoots: [] },
    });
  });

  it('stays as it was cut, and proves nothing that came later or was changed since', async () => {
    const entries = [action(1), action(2)];
    const logs = logsOf(entries);
    const { root } = await logs.logOf(program, 1);
    entries.push(action(3));
    entries[0] = action(1, { count: 9 });
    expect((await logs.logOf(program, 1)).root).toBe(root);
    expect(await logs.proofOf(program, MEMBER, ofAction('e1'))).toBeNull();
    expect(await logs.proofOf(program, MEMBER, ofAction('e2'))).not.toBeNull();
    expect(await logs.proofOf(program, MEMBER, ofAction('e3'))).toBeNull();
    expect(await logs.proofOf(program, MEMBER, ofAction('unknown'))).toBeNull();
  });
});
