import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT_DIR } from '../paths.ts';
import {
  addCounts,
  countVitest,
  countingCrashes,
  describeCounts,
  describeFailures,
  readForgeReport,
  readVitestFailures,
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

test('what failed is named at the end, with the beginning of its reason', () => {
  const failures = readVitestFailures({
    testResults: [
      {
        name: join(ROOT_DIR, 'server/src/a.live.test.ts'),
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'is good' },
          {
            status: 'failed',
            fullName: 'adds up',
            failureMessages: [`1 is not 2\n${'at\n'.repeat(50)}`],
          },
        ],
      },
      {
        name: join(ROOT_DIR, 'web/b.test.ts'),
        ...{ status: 'failed', message: 'No such module', assertionResults: [] },
      },
    ],
  });
  const lines = describeFailures(failures);
  expect(lines.slice(0, 2)).toEqual(['server/src/a.live.test.ts > adds up', '  1 is not 2']);
  expect(lines.slice(-2)).toEqual(['web/b.test.ts', '  No such module']);
  expect(lines).toHaveLength(15);
});

test('each test of forge counts, and a failure comes with its reason', () => {
  const report = readForgeReport(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Test run" tests="3" failures="1">
    <testsuite name="contracts/test/A.t.sol:A" tests="2" disabled="0" failures="1">
        <testcase name="test_Good()" time="0.000">
            <system-out>[PASS] test_Good() (gas: 166)</system-out>
        </testcase>
        <testcase name="test_Bad()" time="0.000">
            <failure message="a &lt; b: 1 != 2"/>
            <system-out>[FAIL: a &lt; b: 1 != 2] test_Bad() (gas: 3695)</system-out>
        </testcase>
    </testsuite>
    <testsuite name="contracts/test/B.t.sol:B" tests="1" disabled="1" failures="0">
        <testcase name="test_Later()" time="0.000">
            <skipped/>
        </testcase>
    </testsuite>
</testsuites>`);
  expect(report).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
  expect(report.failures).toEqual([
    {
      test: 'contracts/test/A.t.sol:A test_Bad()',
      reason: '[FAIL: a < b: 1 != 2] test_Bad() (gas: 3695)',
    },
  ]);
});

test('what is no report is not taken for an empty one', () => {
  expect(() => countVitest({})).toThrow();
  expect(() => readForgeReport('Compiler run failed')).toThrow();
  expect(() => readForgeReport('')).toThrow();
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
