import { describe, expect, it, vi } from 'vitest';
import { ANCHOR_AFTER_MS } from '../../domain/actions/anchoredEntry.ts';
import type { Anchor } from '../../domain/actions/anchor.ts';
import { epochStartMs } from '../../domain/epochs.ts';
import type { Logger } from '../../lib/logger.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
import { createAnchorUpkeep } from './anchorUpkeep.ts';
import { createKeeper } from './keeper.ts';
import type { Upkeep } from './upkeeps.ts';

const program = INVENTED_PROGRAM;
const CALL = { to: program.address, data: '0x' } as const;
/** When the log of an epoch is due. */
const dueMs = (epoch: number): number => epochStartMs(program, epoch + 1) + ANCHOR_AFTER_MS;

function start() {
  const warn = vi.fn();
  const anchored = new Set<number>();
  const find = createAnchorUpkeep({
    anchoredLogs: {
      logOf: (_program, epoch) =>
        Promise.resolve({
          ...{ programId: program.id, epoch, root: '0x00' as const, count: 0, chunkRoots: [] },
        }),
    },
    anchors: {
      find: (_programId, epoch) => Promise.resolve(anchored.has(epoch) ? ({} as Anchor) : null),
    },
    signer: { signAnchor: () => Promise.resolve('0x') },
    calls: { anchorLog: () => CALL },
    logger: { warn },
  });
  const names = async (nowMs: number): Promise<string[]> =>
    (await find(program, nowMs, () => false)).map(({ name }) => name);
  return { warn, anchored, names };
}

describe('the log of an epoch that passed without an anchor', () => {
  it('is told once, and not tried again', async () => {
    const { warn, anchored, names } = start();
    expect(await names(dueMs(0))).toEqual(['anchor:0']);
    anchored.add(0);
    expect(await names(dueMs(1))).toEqual(['anchor:1']);
    expect(warn).not.toHaveBeenCalled();
    // The clock jumps over two days.
    expect(await names(dueMs(4))).toEqual(['anchor:4']);
    expect(await names(dueMs(4))).toEqual(['anchor:4']);
    expect(warn.mock.calls).toEqual([
      [{ programId: program.id, epochs: [1, 2, 3] }, expect.stringContaining('gap')],
    ]);
  });

  it('is told of by a worker that starts after it', async () => {
    const { warn, names } = start();
    await names(dueMs(7));
    expect(warn.mock.calls.map(([told]) => told as unknown)).toMatchObject([{ epochs: [6] }]);
  });
});

describe('the keeper', () => {
  /** Steps with one upkeep that its contract refuses. @returns warnings */
  const refused = async (endsAtMs: number): Promise<number> => {
    const warn = vi.fn();
    const nextBlockMs = dueMs(4);
    const time = { nowMs: 0, nextBlockMs, headMs: 0, headBlock: 1, fresh: true };
    const upkeep: Upkeep = { name: 'anchor:1', kind: 'logAnchor', call: CALL, endsAtMs };
    const simulation = { ok: false, reason: 'REVERTED', revert: null, detail: 'refused' } as const;
    const keeper = createKeeper({
      clock: { now: () => Promise.resolve(time), recent: () => Promise.resolve(time) },
      gateway: { simulate: () => Promise.resolve(simulation) } as unknown as TransactionGateway,
      upkeeps: { due: () => Promise.resolve([upkeep]) },
      lanes: {
        freest: () =>
          Promise.resolve({
            from: program.address,
            countOpen: () => Promise.resolve(0),
            row: () => () => Promise.reject(new Error('nothing is queued')),
          }),
      },
      transactions: { listByRequestPrefix: () => Promise.resolve([]) },
      logger: { warn } as unknown as Logger,
      wallNowMs: () => 0,
    });
    expect(await keeper.step(program)).toBe(0);
    return warn.mock.calls.length;
  };

  it('does not warn of what only came too late', async () => {
    expect(await refused(dueMs(4))).toBe(0);
    expect(await refused(dueMs(4) + 1)).toBe(1);
  });
});
