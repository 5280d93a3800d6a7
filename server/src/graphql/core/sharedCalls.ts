import type { Caller } from '../../services/access/callers.ts';

/** Calls of mutations that are under way in this process. */
export interface SharedCalls {
  /**
   * Runs a call, or waits for the same one that is under way: a client that repeats a call before it has the answer, or sends it
   * many times at once, costs the database and the chain one.
   *
   * @param name Says who calls what with which input, see {@link nameOfCall}; null for a call that stands for itself.
   * @throws what `work` throws, to all who wait for it
   */
  run<Result>(name: string | null, work: () => Promise<Result>): Promise<Result>;
}

const whoIs = (caller: Caller): readonly string[] => {
  switch (caller.kind) {
    case 'KEY':
      return ['KEY', caller.key.id];
    case 'PERSON':
      return ['PERSON', caller.person.id, caller.sessionId];
    case 'MEMBER':
      return ['MEMBER', caller.sessionId];
  }
};

const hasIdempotencyKey = (input: unknown): boolean =>
  typeof input === 'object' &&
  input !== null &&
  'idempotencyKey' in input &&
  typeof input.idempotencyKey === 'string';

/** JSON has no bigint. */
const withBigints = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? { bigint: `${value}` } : value;

/**
 * Names a call by everything that its result depends on. Calls of different callers are never one, whatever they have in common.
 *
 * @returns null for a call without an idempotency key: two of those are two
 */
export function nameOfCall(mutation: string, caller: Caller | null, input: unknown): string | null {
  if (caller === null || !hasIdempotencyKey(input)) return null;
  const { environment, organisationId, program } = caller;
  const by = [...whoIs(caller), environment, organisationId, program?.id ?? null];
  return JSON.stringify([mutation, by, input], withBigints);
}

export function createSharedCalls(): SharedCalls {
  const underWay = new Map<string, Promise<unknown>>();
  return {
    run: async <Result>(name: string | null, work: () => Promise<Result>): Promise<Result> => {
      if (name === null) return work();
      // One name is one mutation, so what is under way has the type of its results.
      const same = underWay.get(name) as Promise<Result> | undefined;
      if (same !== undefined) return same;
      const call = work().finally(() => underWay.delete(name));
      underWay.set(name, call);
      return call;
    },
  };
}
