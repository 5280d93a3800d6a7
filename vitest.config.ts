import { configDefaults, defineConfig } from 'vitest/config';

/** A first start of the embedded chain and database may have to fetch the database first. */
const E2E_TIMEOUT_MS = 900_000;
/**
 * Live tests run on a real database and a real chain. They take seconds; on a machine that is busy with other things, or with the
 * slowest database, minutes must do no harm.
 */
const LIVE_TIMEOUT_MS = 300_000;
/** The long forms of tests that `npm test` has in short: minutes each. */
const DEEP_TIMEOUT_MS = 1_800_000;
/** They take milliseconds; those that compute much must not be red on a busy machine. */
const FAST_TIMEOUT_MS = 60_000;
/** What a test waits for comes in moments; whether it came within one of them says how busy the machine is. */
const WAITS = { poll: { timeout: 60_000 } };
/** The reference machine has two cores, of which a worker uses most of one: it waits for the chain and the database a while, too. */
const MAX_WORKERS = 3;

/** Node gives libraries the CommonJS build; vite would give our own files the other one, and GraphQL wants to be there once. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

const TESTS = '**/*.test.{ts,tsx}';
const LIVE_TESTS = '**/*.live.test.ts';
const DEEP_TESTS = '**/*.deep.test.ts';
/** Whole services in processes of their own. */
const E2E_TESTS = ['test/e2e/**/*.test.ts', 'test/chaos/**/*.test.ts'];
/** Pages in a real browser. */
const BROWSER_TESTS = 'test/browser/**/*.test.ts';

/** One database and one deployment for all the test files of a run. */
const liveSetup = [
  'infra/src/testing/sharedDatabase.ts',
  'contracts/ts/testing/chain/deployOnce.ts',
];

/** The name of a file says where it runs: each belongs to one project. */
export default defineConfig({
  test: {
    maxWorkers: MAX_WORKERS,
    projects: [
      {
        resolve,
        test: {
          name: 'fast',
          include: [TESTS],
          exclude: [...configDefaults.exclude, LIVE_TESTS, DEEP_TESTS, ...E2E_TESTS, BROWSER_TESTS],
          setupFiles: ['infra/src/testing/startNothing.ts'],
          testTimeout: FAST_TIMEOUT_MS,
          expect: WAITS,
          // What files import is read once, and not once for each of them.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        resolve,
        test: {
          name: 'live',
          pool: 'forks',
          include: [LIVE_TESTS],
          globalSetup: liveSetup,
          testTimeout: LIVE_TIMEOUT_MS,
          expect: WAITS,
          hookTimeout: E2E_TIMEOUT_MS,
          // What files import is read once a worker: it takes seconds, and all of them import the same.
          isolate: false,
          unstubEnvs: true,
          restoreMocks: true,
        },
      },
      {
        resolve,
        test: {
          name: 'e2e',
          pool: 'forks',
          include: E2E_TESTS,
          exclude: [...configDefaults.exclude, DEEP_TESTS],
          testTimeout: E2E_TIMEOUT_MS,
          expect: WAITS,
          hookTimeout: E2E_TIMEOUT_MS,
          fileParallelism: false,
        },
      },
      {
        resolve,
        test: {
          name: 'browser',
          pool: 'forks',
          include: [BROWSER_TESTS],
          globalSetup: [...liveSetup, 'test/browser/buildPages.ts'],
          setupFiles: ['test/browser/explainFailures.ts'],
          testTimeout: LIVE_TIMEOUT_MS,
          expect: WAITS,
          hookTimeout: E2E_TIMEOUT_MS,
          fileParallelism: false,
        },
      },
      {
        resolve,
        test: {
          name: 'deep',
          pool: 'forks',
          include: [DEEP_TESTS],
          globalSetup: liveSetup,
          testTimeout: DEEP_TIMEOUT_MS,
          expect: WAITS,
          hookTimeout: DEEP_TIMEOUT_MS,
          fileParallelism: false,
        },
      },
    ],
  },
});
