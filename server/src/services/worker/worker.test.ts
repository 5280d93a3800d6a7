import { expect, it } from 'vitest';
import { ServiceError } from '../../domain/errors.ts';
import { createLogger } from '../../lib/logger.ts';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
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
    memberEraser: { step: () => Promise.resolve() },
    memberMerger: { step: () => Promise.resolve() },
    mergedPoints: { step: () => Promise.resolve(0) },
    teller: { step: () => Promise.resolve(0) },
    chainId: 1,
    programs: { list: () => Promise.resolve([]) } as never,
    indexer: {
      step: () => {
        reads += 1;
        if (reads <= 3) return Promise.reject(away);
        return Promise.resolve({ throughBlock: 0, moved: false, atHead: true, haltedIds: [] });
      },
      release: () => undefined,
    },
    aggregator: nothing,
    settler: nothing,
    keeper: nothing,
    registerCreated: nothing,
    sender: { step: () => Promise.resolve(false) },
    gasAlert: { step: () => Promise.resolve() },
    leases: { acquire: () => Promise.resolve(true), release: () => Promise.resolve() },
    holder: 'test',
    pollMs: 1,
    logger,
  });
  worker.start();
  await expect.poll(() => reads).toBeGreaterThan(4);
  await worker.stop();
  expect(lines.map(({ msg, step, tries }) => [msg, step, tries])).toEqual([
    ['a step is tried again', 'read', 1],
    ['a step works again', 'read', 3],
  ]);
});

it('settles nothing for a program that is not read: what looks due may be settled already', async () => {
  const programs = ['read', 'halted'].map((id) => ({ ...INVENTED_PROGRAM, id, chainId: 1 }));
  const did: string[] = [];
  const note = (step: string) => (program: { id: string }) => {
    did.push(`${step} ${program.id}`);
    return Promise.resolve(0);
  };
  let reads = 0;
  const worker = createWorker({
    memberEraser: { step: () => Promise.resolve() },
    memberMerger: { step: () => Promise.resolve() },
    mergedPoints: { step: () => Promise.resolve(0) },
    teller: { step: () => Promise.resolve(0) },
    chainId: 1,
    programs: { list: () => Promise.resolve(programs) } as never,
    indexer: {
      step: () => {
        reads += 1;
        const progress = { throughBlock: 0, moved: false, atHead: true };
        return Promise.resolve({ ...progress, haltedIds: ['halted'] });
      },
      release: () => undefined,
    },
    aggregator: { step: note('aggregate'), sweep: () => Promise.resolve() },
    settler: { step: note('settle') },
    keeper: { step: note('keep') },
    registerCreated: { step: () => Promise.resolve(0) },
    sender: { step: () => Promise.resolve(false) },
    gasAlert: { step: () => Promise.resolve() },
    leases: { acquire: () => Promise.resolve(true), release: () => Promise.resolve() },
    ...{ holder: 'test', pollMs: 1 },
    logger: createLogger({ level: 'silent', pretty: false }),
  });
  worker.start();
  await expect.poll(() => reads).toBeGreaterThan(1);
  await worker.stop();
  expect(new Set(did)).toEqual(
    new Set(['aggregate read', 'aggregate halted', 'settle read', 'keep read']),
  );
});
