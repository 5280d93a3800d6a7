import { CHUNK_LEAVES, EMPTY_LOG_ROOT } from '@dewpoint/contracts/actionLog.ts';
import { checkProof, proofIn } from '@dewpoint/contracts/actionProof.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { describe, expect, it } from 'vitest';
import { logTrees } from '../../chain/programs/logTrees.ts';
import type { ActionEntry, LogEntry } from '../../domain/actions/action.ts';
import type { AnchoredLog } from '../../domain/actions/anchoredEntry.ts';
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

/** Many entries share a moment. */
const action = (index: number, of: Partial<ActionEntry> = {}): ActionEntry =>
  entry({
    ...{ eventId: `e${index}`, recordedAtMs: DAY_MS + Math.floor(index / 100) },
    ...{ epoch: 1, salt: saltOf(index), ...of },
  });

/** A log with an anchor of each epoch that was cut. */
function logsOf(entries: readonly LogEntry[]) {
  const logs = new Map<number, AnchoredLog>();
  const chunks = new Map<string, readonly LogChunk[]>();
  const services = createAnchoredLogs({
    actionLog: {
      // eslint-disable-next-line @typescript-eslint/require-await -- The list is at hand.
      recordedWithin: async function* () {
        yield* entries;
      },
      findActions: (_programId, keys) =>
        Promise.resolve(
          keys.map(({ eventId }) => {
            const found = entries.find((one) => one.eventId === eventId && one.kind === 'action');
            return (found ?? null) as ActionEntry | null;
          }),
        ),
    },
    statements: { findByIds: () => Promise.resolve(new Map()) },
    members: { findByIds: () => Promise.resolve(new Map([[MEMBER.id, MEMBER]])) },
    anchoredLogs: {
      save: (log, parts) => {
        logs.set(log.epoch, log);
        chunks.set(log.root, parts);
        return Promise.resolve(log);
      },
      find: (_programId, epoch) => Promise.resolve(logs.get(epoch) ?? null),
      chunkStarts: ({ root }) =>
        Promise.resolve((chunks.get(root) ?? []).flatMap(({ leaves }) => leaves.slice(0, 1))),
      chunk: ({ root }, index) =>
        Promise.resolve((chunks.get(root)?.[index]?.leaves ?? []).map(({ leaf }) => leaf)),
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
  });
  return services;
}

describe('the log of an epoch', () => {
  it('proves every entry of it, in whatever chunk it is', async () => {
    const entries = Array.from({ length: CHUNK_LEAVES + 900 }, (_, index) => action(index));
    const logs = logsOf(entries);
    const { root, count, chunkRoots } = await logs.logOf(program, 1);
    expect([count, chunkRoots.length]).toEqual([entries.length, 2]);
    for (const index of [0, 1, 99, 100, CHUNK_LEAVES - 1, CHUNK_LEAVES, entries.length - 1]) {
      const proof = await logs.proofOf(program, MEMBER, `e${index}`);
      const read = proofIn(proof?.file ?? '');
      expect(read.entry).toMatchObject({ eventId: `e${index}`, account: ACCOUNT });
      expect(checkProof(read, root)).toBe(true);
    }
  });

  it('is the same in whatever order it is read, and another one when anything in it is', async () => {
    const entries = Array.from({ length: 300 }, (_, index) => action(index));
    const rootOf = async (log: readonly LogEntry[]): Promise<Hex> =>
      (await logsOf(log).logOf(program, 1)).root;
    const root = await rootOf(entries);
    expect(await rootOf(entries.toReversed())).toBe(root);
    const evidenceHash = saltOf(7);
    for (const of of [{ count: 2 }, { evidenceHash }, { salt: evidenceHash }]) {
      expect(await rootOf(entries.with(5, action(5, of)))).not.toBe(root);
    }
    expect(await rootOf(entries.slice(1))).not.toBe(root);
    expect(await rootOf([...entries, voidEntry('e5', DAY_MS)])).not.toBe(root);
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
    expect(await logs.proofOf(program, MEMBER, 'e1')).toBeNull();
    expect(await logs.proofOf(program, MEMBER, 'e2')).not.toBeNull();
    expect(await logs.proofOf(program, MEMBER, 'e3')).toBeNull();
    expect(await logs.proofOf(program, MEMBER, 'unknown')).toBeNull();
  });
});
