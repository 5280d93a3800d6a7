import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDatabase } from '../database/database.ts';
import { freePort } from '../processes/ports.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of the one database that all test files of a run share. */
    sharedDatabasePort: number;
  }
}

/**
 * vitest's global set-up: one real database for all test files, since each start of one takes a second. It starts beside the first
 * tests; a client that comes too early waits for it.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'dewpoint-tests-'));
  const environment = { ...process.env, MONGODB_URI: '' };
  const starting = startDatabase({ dir, port, environment, isThrowaway: true });
  // Told when it is used: the tear-down awaits the same promise.
  starting.catch(() => undefined);
  project.provide('sharedDatabasePort', port);
  return async () => {
    const database = await starting;
    database.kill();
    await database.exited;
    await rm(dir, { recursive: true, force: true });
  };
};
