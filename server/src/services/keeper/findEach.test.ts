import { describe, expect, it, vi } from 'vitest';
import { ServiceError } from '../../domain/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { createFindEach } from './findEach.ts';
import type { Upkeep } from './upkeeps.ts';

const upkeep = (name: string): Upkeep => ({
  ...{ name, kind: name },
  call: { to: `0x${'00'.repeat(20)}`, data: '0x' },
});
const working = (name: string) => () => Promise.resolve([upkeep(name)]);
const broken = (error: Error) => (): Promise<never> => Promise.reject(error);

function start() {
  const [error, warn] = [vi.fn(), vi.fn()];
  let nowMs = 1_000;
  const logger = { error, warn } as unknown as Logger;
  const findEach = createFindEach({ logger, wallNowMs: () => nowMs });
  const names = async (finders: Parameters<typeof findEach>[1]): Promise<string[]> =>
    (await findEach('program', finders)).map(({ name }) => name);
  return { error, warn, names, pass: (ms: number) => void (nowMs += ms) };
}

describe('what is due', () => {
  it('is found also where one finder fails, which is named in the log', async () => {
    const { names, error } = start();
    const finders = {
      first: working('a'),
      second: broken(new Error('bad row')),
      third: working('b'),
    };
    expect(await names(finders)).toEqual(['a', 'b']);
    expect(error.mock.calls[0]?.[0]).toMatchObject({ programId: 'program', upkeep: 'second' });
  });

  it('is looked for again after a rest that doubles, and told as often', async () => {
    const { names, error, pass } = start();
    let tries = 0;
    const second = (): Promise<never> => {
      tries += 1;
      return Promise.reject(new Error('bad row'));
    };
    const finders = { first: working('a'), second };
    for (const [restMs, tried] of [
      [0, 1],
      [9_999, 1],
      [1, 2],
      [10_000, 2],
      [10_000, 3],
    ] as const) {
      pass(restMs);
      expect(await names(finders)).toEqual(['a']);
      expect(tries).toBe(tried);
    }
    expect(error).toHaveBeenCalledTimes(3);
    pass(600_000);
    expect(await names({ ...finders, second: working('b') })).toEqual(['a', 'b']);
  });

  it('is a failure of all when every finder fails: the database is away, and that is told once', async () => {
    const { names, error, warn } = start();
    const away = new ServiceError({
      ...{ code: 'DATABASE_UNAVAILABLE', message: 'away', retryAfterMs: 1 },
    });
    await expect(names({ first: broken(away), second: broken(away) })).rejects.toBe(away);
    expect([error.mock.calls, warn.mock.calls]).toEqual([[], []]);
    // And nothing rests for it.
    expect(await names({ first: working('a'), second: working('b') })).toEqual(['a', 'b']);
  });

  it('is warned of where it may work later as it is', async () => {
    const { names, error, warn } = start();
    const busy = new ServiceError({ code: 'BUSY', message: 'busy', retryAfterMs: 1 });
    expect(await names({ first: working('a'), second: broken(busy) })).toEqual(['a']);
    expect([error.mock.calls.length, warn.mock.calls.length]).toEqual([0, 1]);
  });
});
