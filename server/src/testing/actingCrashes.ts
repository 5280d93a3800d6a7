/** Ways for a process that acts on chain to die. */
import { expect } from 'vitest';
import type { TransactionRequest } from '../ports/chain/submitter.ts';
import type { Store } from '../store/connect.ts';
import type { ActingWorld } from './actingWorld.ts';

type AnyStore = Readonly<Record<string, (...all: unknown[]) => unknown>>;

/** The stores that acting writes to, which die after so many calls. */
function dying(store: Store, calls: number): { store: Store; died: () => boolean } {
  let left = calls;
  let died = false;
  const of = (part: unknown): unknown =>
    Object.fromEntries(
      Object.entries(part as AnyStore).map(([name, method]) => [
        name,
        (...args: unknown[]): unknown => {
          left -= 1;
          died ||= left < 0;
          return died ? Promise.reject(new Error('The process died.')) : method(...args);
        },
      ]),
    );
  const { transactions, idempotency, leases } = store;
  const parts = {
    transactions: of(transactions),
    idempotency: of(idempotency),
    leases: of(leases),
  };
  return { store: { ...store, ...parts } as Store, died: () => died };
}

/** Dies at each call to the database in turn; each time the same act is submitted again, by another process. */
export async function submitAndDie(
  acting: ActingWorld,
  request: TransactionRequest,
): Promise<void> {
  for (let calls = 0; ; calls += 1) {
    const { store, died } = dying(acting.world.store, calls);
    const attempt = acting.process({ store }).submitter.submit(request);
    await attempt.catch((error: unknown) => expect(String(error)).toContain('died'));
    if (!died()) return;
  }
}

/** Everything that a process does with a queued act, in steps after each of which it may die. */
export const SENDING_STEPS: readonly (readonly [
  string,
  (acting: ActingWorld) => Promise<unknown>,
])[] = [
  [
    'signed and saved',
    async (acting: ActingWorld): Promise<void> => {
      for (const sender of Object.values(acting.process().senders)) await sender.sign();
    },
  ],
  [
    'sent, and nobody knows',
    async (acting: ActingWorld): Promise<void> => {
      const { chain, keystore, store } = acting.world;
      for (const by of ['operator', 'relayer'] as const) {
        const from = keystore.signer.addressOf(by);
        for (const { attempts } of await store.transactions.listOpen(chain.chainId, from, 10)) {
          const raw = attempts.at(-1)?.raw ?? null;
          if (raw !== null) await chain.gateway.broadcast(raw);
        }
      }
    },
  ],
  [
    'noted as sent',
    async (acting: ActingWorld): Promise<void> => {
      for (const sender of Object.values(acting.process().senders)) await sender.send();
    },
  ],
  [
    'mined',
    async (acting: ActingWorld): Promise<void> => {
      const { indexer, senders } = acting.process();
      const { throughBlock } = await indexer.step();
      for (const sender of Object.values(senders)) await sender.reconcile(throughBlock ?? 0);
    },
  ],
];
