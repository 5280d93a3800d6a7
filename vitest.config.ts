import { defineConfig } from 'vitest/config';

/** A first start of the embedded chain and database may have to fetch the database first. */
const E2E_TIMEOUT_MS = 180_000;
/**
 * Unit tests of the store and of the chain adapter run on a real database and a real chain too. They take seconds; on a
 * machine that is busy with other things, or with the slowest database, minutes must do no harm.
 */
const UNIT_TIMEOUT_MS = 120_000;
/** The reference machine has two cores, and the chain and the database want their share. */
const MAX_WORKERS = 2;

/** Node gives libraries the CommonJS build; vite would give our own files the other one, and GraphQL wants to be there once. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

export default defineConfig({
  test: {
    maxWorkers: MAX_WORKERS,
    // Here and not in the projects, which would start one database each.
    globalSetup: ['infra/src/testing/sharedDatabase.ts', 'contracts/ts/testing/deployOnce.ts'],
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          pool: 'forks',
          include: [
            'contracts/ts/**/*.test.ts',
            'server/src/**/*.test.ts',
            'infra/**/*.test.ts',
            'web/**/*.test.{ts,tsx}',
          ],
          testTimeout: UNIT_TIMEOUT_MS,
          hookTimeout: E2E_TIMEOUT_MS,
        },
      },
      {
        resolve,
        test: {
          name: 'e2e',
          pool: 'forks',
          include: ['test/**/*.test.ts'],
          testTimeout: E2E_TIMEOUT_MS,
          hookTimeout: E2E_TIMEOUT_MS,
          fileParallelism: false,
        },
      },
    ],
  },
});
