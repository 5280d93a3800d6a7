/** Ways for a process to die in the middle of something. */
import { expect } from 'vitest';
import type { TransactionRequest } from '../ports/chain/submitter.ts';
import type { Store } from '../store/connect.ts';
import type { Harness } from './harness.ts';

/** Which calls of which stores count: these methods, or all of them. */
export type MortalParts = {
  readonly [Part in keyof Store]?: readonly (keyof Store[Part])[] | 'all';
};

/** What a call of a process that died comes to, whether it is waited for or read row by row. */
function death(): Promise<never> & AsyncIterable<never> {
  const rejected = Promise.reject(new Error('The process died.'));
  return Object.assign(rejected, {
    [Symbol.asyncIterator]: () => ({ next: () => rejected }),
  });
}

/**
 * The same stores, which die in the middle of it: after so many calls of the mortal parts, none of those goes through any more. What
 * was under way is done; what was not begun never is.
 */
export function dyingStore(
  store: Store,
  calls: number,
  mortal: MortalParts,
): { readonly store: Store; readonly died: () => boolean } {
  let left = calls;
  let died = false;
  const dying = <T extends object>(part: T, names: readonly PropertyKey[] | 'all'): T =>
    new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        const counts = names === 'all' || names.includes(name);
        if (typeof value !== 'function' || !counts) return value;
        return (...args: unknown[]): unknown => {
          left -= 1;
          died ||= left < 0;
          if (died) return death();
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  const parts = Object.fromEntries(
    Object.entries(mortal).map(([name, methods]) => [
      name,
      dying(store[name as keyof Store], methods),
    ]),
  );
  return { store: { ...store, ...parts }, died: () => died };
}

/** Dies at each call to the database in turn; each time the same request is submitted again, by another process. */
export async function submitAndDie(harness: Harness, request: TransactionRequest): Promise<void> {
  for (let calls = 0; ; calls += 1) {
    const mortal = { transactions: 'all', idempotency: 'all', leases: 'all' } as const;
    const { store, died } = dyingStore(harness.store, calls, mortal);
    const attempt = harness.process({ store }).submitter.submit(request);
    await attempt.catch((error: unknown) => expect(String(error)).toContain('died'));
    if (!died()) return;
  }
}

/** Everything that a process does with a queued request, in steps after each of which it may die. */
export const SENDING_STEPS: readonly (readonly [string, (harness: Harness) => Promise<unknown>])[] =
  [
    ['signed and saved', (harness: Harness): Promise<unknown> => harness.process().sender.sign()],
    [
      'sent, and nobody knows',
      async ({ chain, store }: Harness): Promise<void> => {
        for (const from of await store.transactions.listSending(chain.chainId)) {
          for (const { attempts } of await store.transactions.listOpen(chain.chainId, from, 10)) {
            const raw = attempts.at(-1)?.raw ?? null;
            if (raw !== null) await chain.gateway.broadcast(raw);
          }
        }
      },
    ],
    ['noted as sent', (harness: Harness): Promise<unknown> => harness.process().sender.send()],
    [
      'mined',
      async (harness: Harness): Promise<void> => {
        const { indexer, sender } = harness.process();
        const { throughBlock } = await indexer.step();
        await sender.reconcile(throughBlock ?? 0);
      },
    ],
  ];
