import { setTimeout as delay } from 'node:timers/promises';
import { ServiceError, UserError, refuseIfAny } from '../../domain/errors.ts';
import { nameForm } from '../../domain/names.ts';
import { sha256OfJson } from '../sha256.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { OnceStore } from '../../ports/stores/transactions.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import { checkIdempotencyKey } from './contractWriter.ts';

/** What names a write that sends no transaction. */
export interface NamedWrite {
  /** Whom the key belongs to: id of the organisation or the program, and of the member where there is one. */
  readonly owner: readonly string[];
  /** Name of the mutation. */
  readonly kind: string;
  /** As the caller sent it. */
  readonly idempotencyKey: string;
  /** Everything that the key stands for: the same key with another input is refused. */
  readonly input: unknown;
}

/**
 * Runs writes that send no transaction once under their idempotency keys, for a day. All callers under one key get the same result,
 * on every server, at the same time and later.
 */
export interface Once {
  /**
   * Runs a write, or answers with what it came to.
   *
   * @param work Does it. It runs a second time only when a process died in the middle, with the same `effectId`: what it writes has
   *   to be named by that, so that writing it again changes nothing. Its result must survive JSON. What it refuses by a UserError
   *   is not done, and leaves the key free.
   * @throws UserError IDEMPOTENCY_KEY_REUSED for a key of another input, and what `work` throws
   * @throws ServiceError BUSY while another caller under the same key takes too long
   */
  run<Result>(write: NamedWrite, work: (effectId: string) => Promise<Result>): Promise<Result>;
}

const KEY_GOOD_FOR_MS = 86_400_000;
/** Far longer than any of these writes takes. One that outlives its process only delays those who repeat it. */
const TURN_MS = 15_000;
const PATIENCE_MS = 20_000;
const LOOK_MS = 20;
const BUSY_RETRY_MS = 2_000;

/** JSON has no bigint. */
const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? `${inner}` : inner,
  ) ?? 'null';

const busy = (): ServiceError =>
  new ServiceError({
    code: 'BUSY',
    message:
      'The same request is not finished elsewhere; repeat it after "retryAfterMs" under the same key.',
    retryAfterMs: BUSY_RETRY_MS,
  });

const reused = (): UserError =>
  new UserError({
    code: 'IDEMPOTENCY_KEY_REUSED',
    field: 'idempotencyKey',
    message: 'idempotencyKey was used with another input; give every write a key of its own.',
  });

/**
 * Runs a write in two steps: what is to be done is decided and kept, then it is done. A caller that repeats it after a crash in
 * between does what was decided, whatever has changed since, and never both.
 *
 * @param decide Its result must survive JSON. What it refuses leaves the key free.
 * @param act Must change nothing when it is done again.
 */
export async function runDecided<Decision, Result>(
  once: Once,
  write: NamedWrite,
  decide: () => Promise<Decision>,
  act: (decided: Decision) => Promise<Result>,
): Promise<Result> {
  const decided = await once.run({ ...write, kind: `${write.kind} decision` }, decide);
  return once.run(write, () => act(decided));
}

export function createOnce(deps: {
  onceKeys: OnceStore;
  leases: LeaseStore;
  wallNowMs: () => number;
}): Once {
  const { onceKeys, leases, wallNowMs } = deps;

  return {
    run: async <Result>(
      { owner, kind, idempotencyKey, input }: NamedWrite,
      work: (effectId: string) => Promise<Result>,
    ): Promise<Result> => {
      refuseIfAny([checkIdempotencyKey(idempotencyKey)]);
      const id = sha256OfJson([owner, kind, nameForm(idempotencyKey)]);
      const inputHash = sha256OfJson(jsonOf(input));
      const sinceMs = wallNowMs() - KEY_GOOD_FOR_MS;
      /** The result that stands; undefined while there is none. */
      const standing = async (): Promise<{ readonly result: string } | undefined> => {
        const found = await onceKeys.find(id, sinceMs);
        if (found === null || found.result === null) return undefined;
        if (found.inputHash !== inputHash) throw reused();
        return { result: found.result };
      };
      const before = await standing();
      if (before !== undefined) return JSON.parse(before.result) as Result;
      const holder = uuidV7(wallNowMs());
      const lease = `once:${id}`;
      const giveUpAtMs = wallNowMs() + PATIENCE_MS;
      while (!(await leases.acquire(lease, holder, TURN_MS))) {
        if (wallNowMs() >= giveUpAtMs) throw busy();
        await delay(Math.random() * LOOK_MS * 2);
        const done = await standing();
        if (done !== undefined) return JSON.parse(done.result) as Result;
      }
      try {
        const claimed = await onceKeys.claim(
          { id, inputHash, effectId: holder, result: null, createdAtMs: wallNowMs() },
          sinceMs,
        );
        if (claimed.inputHash !== inputHash) throw reused();
        if (claimed.result !== null) return JSON.parse(claimed.result) as Result;
        const { effectId } = claimed;
        try {
          const result = await work(effectId);
          return JSON.parse(await onceKeys.finish(id, effectId, jsonOf(result))) as Result;
        } catch (error) {
          if (error instanceof UserError) await onceKeys.free(id, effectId);
          throw error;
        }
      } finally {
        await leases.release(lease, holder);
      }
    },
  };
}
