import { expect, test } from 'vitest';
import {
  addCounts,
  countVitest,
  countingCrashes,
  describeCounts,
  readForgeReport,
} from './counts.ts';

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

test('a file that vitest could not read counts as a failure', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(countVitest(report)).toEqual({ passed: 5, failed: 2, skipped: 3 });
});

test('each test of forge counts, and a failure comes with its reason', () => {
  const report = readForgeReport(
    JSON.stringify({
      'contracts/test/A.t.sol:A': {
        test_results: {
          'test_Good()': { status: 'Success', reason: null },
          'test_Bad()': { status: 'Failure', reason: 'assertion failed: 1 != 2' },
        },
      },
      'contracts/test/B.t.sol:B': { test_results: { 'test_Later()': { status: 'Skipped' } } },
    }),
  );
  expect(report).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
  expect(report.failures).toEqual([
    { test: 'contracts/test/A.t.sol:A test_Bad()', reason: 'assertion failed: 1 != 2' },
  ]);
});

test('what is no report is not taken for an empty one', () => {
  expect(() => countVitest({})).toThrow();
  expect(() => readForgeReport('Compiler run failed')).toThrow();
});

test('a suite that ran nothing has failed', () => {
  expect(countingCrashes(NOTHING, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countingCrashes({ ...NOTHING, skipped: 3 }, 0).failed).toBe(1);
});

test('a suite that ended badly without a failed test has failed, once', () => {
  expect(countingCrashes({ ...NOTHING, passed: 3 }, 1).failed).toBe(1);
  expect(countingCrashes({ ...NOTHING, passed: 3 }, null).failed).toBe(1);
  expect(countingCrashes({ passed: 3, failed: 2, skipped: 0 }, 1).failed).toBe(2);
  expect(countingCrashes({ ...NOTHING, passed: 3 }, 0).failed).toBe(0);
});

test('the last line is plain, and mentions skipped tests only when there are any', () => {
  const sum = addCounts([
    { passed: 2, failed: 0, skipped: 0 },
    { passed: 3, failed: 1, skipped: 0 },
  ]);
  expect(describeCounts(sum)).toBe('5 passed, 1 failed');
  expect(describeCounts({ ...sum, skipped: 2 })).toBe('5 passed, 1 failed, 2 skipped');
});
