import { expect, it } from 'vitest';
import { ServiceError } from '../../domain/errors.ts';
import { createLogger } from '../../lib/logger.ts';
import { createWorker } from './worker.ts';

const away = new ServiceError({ code: 'CHAIN_UNAVAILABLE', message: 'gone', retryAfterMs: 1 });

it('tells once of what is away, and once that it is back', async () => {
  const lines: { msg: string; step: string; tries?: number }[] = [];
  const logger = createLogger({
    level: 'info',
    pretty: false,
    destination: { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[number]) },
  });
  let reads = 0;
  const nothing = { step: () => Promise.resolve(0), sweep: () => Promise.resolve() };
  const worker = createWorker({
    chainId: 1,
    programs: { list: () => Promise.resolve([]) } as never,
    indexer: {
      step: () => {
        reads += 1;
        if (reads <= 3) return Promise.reject(away);
        return Promise.resolve({ throughBlock: null, moved: false, atHead: true });
      },
      release: () => undefined,
    },
    aggregator: nothing,
    settler: nothing,
    keeper: nothing,
    registerCreated: nothing,
    sender: { step: () => Promise.resolve(false) },
    leases: { acquire: () => Promise.resolve(true), release: () => Promise.resolve() },
    holder: 'test',
    pollMs: 1,
    logger,
  });
  worker.start();
  await expect.poll(() => reads, { timeout: 15_000 }).toBeGreaterThan(4);
  await worker.stop();
  expect(lines.map(({ msg, step, tries }) => [msg, step, tries])).toEqual([
    ['a step is tried again', 'read', 1],
    ['a step works again', 'read', 3],
  ]);
});
