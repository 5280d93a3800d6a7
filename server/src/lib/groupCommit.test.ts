import { describe, expect, it } from 'vitest';
import { createGroupCommit, type GroupCommitOptions } from './groupCommit.ts';

type Options = GroupCommitOptions<number, number>;

/** A group commit whose writes end when the test says so. */
function held(overrides: Partial<Options> = {}): {
  groups: number[][];
  submit: (...items: number[]) => Promise<number[] | null>;
  release: () => void;
  close: () => Promise<void>;
} {
  const groups: number[][] = [];
  const waiting: (() => void)[] = [];
  const commits = createGroupCommit<number, number>({
    commit: async (_key, items) => {
      groups.push([...items]);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return items.map((item) => item * 10);
    },
    maxWaitMs: 1,
    maxItemsPerGroup: 4,
    maxQueuedItems: 8,
    maxConcurrentGroups: 1,
    ...overrides,
  });
  return {
    groups,
    submit: (...items) => commits.submit('key', items),
    release: () => waiting.splice(0).forEach((resolve) => resolve()),
    close: () => commits.close(),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('group commit', () => {
  it('writes what comes together at once, and gives each caller its own results in order', async () => {
    const { submit, groups, release } = held();
    const results = Promise.all([submit(1), submit(2, 3), submit(4)]);
    while (groups.length === 0) await turn();
    release();
    expect(await results).toEqual([[10], [20, 30], [40]]);
    expect(groups).toEqual([[1, 2, 3, 4]]);
  });

  it('gathers what comes during a write into the next one', async () => {
    const { submit, groups, release } = held();
    const first = submit(1);
    while (groups.length === 0) await turn();
    const others = Promise.all([submit(2), submit(3)]);
    await turn();
    expect(groups).toEqual([[1]]);
    release();
    await first;
    while (groups.length === 1) await turn();
    release();
    expect(await others).toEqual([[20], [30]]);
    expect(groups).toEqual([[1], [2, 3]]);
  });

  it('never splits a call and never mixes keys', async () => {
    const groups: [string, number[]][] = [];
    const commits = createGroupCommit<number, number>({
      commit: (key, items) => {
        groups.push([key, [...items]]);
        return Promise.resolve(items);
      },
      maxWaitMs: 1,
      maxItemsPerGroup: 4,
      maxQueuedItems: 100,
      maxConcurrentGroups: 2,
    });
    await Promise.all([
      commits.submit('a', [1, 2, 3]),
      commits.submit('b', [9]),
      commits.submit('a', [4, 5]),
      commits.submit('a', [6, 7, 8, 9, 10, 11]),
    ]);
    expect(groups.filter(([key]) => key === 'a').map(([, items]) => items)).toEqual([
      [1, 2, 3],
      [4, 5],
      [6, 7, 8, 9, 10, 11],
    ]);
    expect(groups.filter(([key]) => key === 'b')).toEqual([['b', [9]]]);
  });

  it('takes nothing beyond its queue, and takes again what fits once it is written', async () => {
    const { submit, groups, release } = held();
    const taken = [submit(1, 2, 3, 4), submit(5, 6, 7, 8)];
    expect(await submit(9)).toBeNull();
    while (groups.length === 0) await turn();
    release();
    await taken[0];
    const again = submit(9);
    while (groups.length < 2) await turn();
    release();
    await taken[1];
    while (groups.length < 3) await turn();
    release();
    expect(await again).toEqual([90]);
  });

  it('tells every caller of a group that its write failed, and goes on', async () => {
    let fails = true;
    const commits = createGroupCommit<number, number>({
      commit: (_key, items) =>
        fails ? Promise.reject(new Error('disk full')) : Promise.resolve(items),
      maxWaitMs: 1,
      maxItemsPerGroup: 4,
      maxQueuedItems: 8,
      maxConcurrentGroups: 1,
    });
    const outcomes = await Promise.allSettled([
      commits.submit('key', [1]),
      commits.submit('key', [2]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await commits.submit('key', [3, 4, 5, 6, 7, 8])).toHaveLength(6);
  });

  it('closes when all that was taken is written, and takes nothing then', async () => {
    const { submit, groups, release, close } = held();
    const last = submit(1);
    const closed = close();
    await expect(submit(2)).rejects.toThrow('closing');
    while (groups.length === 0) await turn();
    release();
    await closed;
    expect(await last).toEqual([10]);
  });
});
