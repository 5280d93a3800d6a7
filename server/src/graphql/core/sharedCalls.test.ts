import { describe, expect, it } from 'vitest';
import type { Caller } from '../../services/access/callers.ts';
import { createSharedCalls, nameOfCall } from './sharedCalls.ts';

const KEYED = { idempotencyKey: 'one', amount: 1n };
const common = {
  ...{ scopes: new Set(), environment: 'test', organisationId: 'org_1', program: null },
};
const withKey = (id: string): Caller =>
  ({ ...common, kind: 'KEY', key: { id } }) as unknown as Caller;
const member = (sessionId: string): Caller =>
  ({ ...common, kind: 'MEMBER', sessionId, program: { id: 'p' } }) as unknown as Caller;
const person = (id: string, organisationId: string): Caller =>
  ({
    ...{ ...common, kind: 'PERSON', person: { id }, sessionId: 's', organisationId },
  }) as unknown as Caller;

/** Work that ends when it is told to. */
function heldWork(): { work: () => Promise<string>; end: () => void; runs: () => number } {
  let [runs, end] = [0, (): void => undefined];
  const held = new Promise<void>((resolve) => (end = resolve));
  return {
    work: async () => {
      const run = (runs += 1);
      await held;
      return `run ${run}`;
    },
    end: () => end(),
    runs: () => runs,
  };
}

describe('the same call', () => {
  it('is done once while it is under way, and all get its result', async () => {
    const shared = createSharedCalls();
    const { work, end, runs } = heldWork();
    const calls = Array.from({ length: 50 }, () => shared.run('a', work));
    end();
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['run 1']));
    expect(runs()).toBe(1);
  });

  it('is done again when it is repeated later', async () => {
    const shared = createSharedCalls();
    const { work, end } = heldWork();
    end();
    expect(await shared.run('a', work)).toBe('run 1');
    expect(await shared.run('a', work)).toBe('run 2');
  });

  it('fails for all who wait, and is tried again by who comes later', async () => {
    const shared = createSharedCalls();
    const fail = (): Promise<never> => Promise.reject(new Error('away'));
    const calls = [shared.run('a', fail), shared.run('a', fail)];
    for (const call of calls) await expect(call).rejects.toThrow('away');
    expect(await shared.run('a', () => Promise.resolve('there'))).toBe('there');
  });

  it('is no other call, and two without a name are two', async () => {
    const shared = createSharedCalls();
    const { work, end, runs } = heldWork();
    const calls = ['a', 'b', null, null].map((name) => shared.run(name, work));
    end();
    await Promise.all(calls);
    expect(runs()).toBe(4);
  });
});

describe('the name of a call', () => {
  it('is the same for the same call', () => {
    expect(nameOfCall('m', withKey('k'), KEYED)).toBe(nameOfCall('m', withKey('k'), { ...KEYED }));
  });

  it('is another one for another mutation, caller, organisation or input', () => {
    const names = [
      nameOfCall('m', withKey('k'), KEYED),
      nameOfCall('n', withKey('k'), KEYED),
      nameOfCall('m', withKey('l'), KEYED),
      nameOfCall('m', member('k'), KEYED),
      nameOfCall('m', person('k', 'org_1'), KEYED),
      nameOfCall('m', person('k', 'org_2'), KEYED),
      nameOfCall('m', withKey('k'), { ...KEYED, amount: 2n }),
      nameOfCall('m', withKey('k'), { ...KEYED, amount: '1n' }),
      nameOfCall('m', withKey('k'), { ...KEYED, idempotencyKey: 'two' }),
    ];
    expect(new Set(names)).toHaveLength(names.length);
  });

  it('is none without an idempotency key, or without a caller', () => {
    expect(nameOfCall('m', withKey('k'), { amount: 1n })).toBeNull();
    expect(nameOfCall('m', null, KEYED)).toBeNull();
  });
});
