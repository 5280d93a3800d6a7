import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { ROOT_DIR } from '../paths.ts';
import { readJunit } from './junit.ts';

/** What a suite says of itself. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A test that failed, or a file of tests that could not be run, and why. */
export interface Failure {
  test: string;
  reason: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const listIn = (value: unknown, name: string): Record<string, unknown>[] => {
  const list = isRecord(value) ? value[name] : undefined;
  return Array.isArray(list) ? list.filter(isRecord) : [];
};

/** Names what failed in a report of `vitest --reporter=json`: tests, and files that have no failed test to show for it. */
export const readVitestFailures = (report: unknown): Failure[] =>
  listIn(report, 'testResults').flatMap((file) => {
    const name = relative(ROOT_DIR, String(file.name));
    const failed = listIn(file, 'assertionResults').filter(({ status }) => status === 'failed');
    if (failed.length === 0 && file.status === 'failed') {
      return [{ test: name, reason: String(file.message) }];
    }
    return failed.map(({ fullName, failureMessages }) => ({
      test: `${name} > ${String(fullName)}`,
      reason: Array.isArray(failureMessages) ? failureMessages.join('\n') : '',
    }));
  });

/** Counts of `vitest --reporter=json`: its own totals, plus one failure for each file that could not even be read. */
export const countVitest = (report: unknown): Counts => {
  if (!isRecord(report) || !Array.isArray(report.testResults)) {
    throw new Error('This is no report of vitest.');
  }
  const files: unknown[] = report.testResults;
  const broken = files.filter(
    (file) =>
      isRecord(file) &&
      file.status === 'failed' &&
      Array.isArray(file.assertionResults) &&
      !file.assertionResults.some((result) => isRecord(result) && result.status === 'failed'),
  );
  return {
    passed: Number(report.numPassedTests),
    failed: Number(report.numFailedTests) + broken.length,
    skipped: Number(report.numPendingTests) + Number(report.numTodoTests),
  };
};

export interface ForgeContract extends Counts {
  name: string;
}

export interface ForgeReport extends Counts {
  contracts: ForgeContract[];
  failures: Failure[];
}

/**
 * Reads what `forge test --junit` prints. (Its JSON has every event of every test in it, which is more than a string of
 * Node can hold.)
 */
export const readForgeReport = (text: string): ForgeReport => {
  const report: ForgeReport = { passed: 0, failed: 0, skipped: 0, contracts: [], failures: [] };
  for (const suite of readJunit(text, 'forge')) {
    const name = String(suite.name);
    const contract: ForgeContract = { name, passed: 0, failed: 0, skipped: 0 };
    for (const test of suite.cases) {
      if ('failure' in test) {
        contract.failed += 1;
        const reason = typeof test['system-out'] === 'string' ? test['system-out'] : 'no reason';
        report.failures.push({ test: `${name} ${String(test.name)}`, reason });
      } else if ('skipped' in test) contract.skipped += 1;
      else contract.passed += 1;
    }
    report.contracts.push(contract);
    report.passed += contract.passed;
    report.failed += contract.failed;
    report.skipped += contract.skipped;
  }
  return report;
};

export const readVitestReport = async (path: string): Promise<Counts & { failures: Failure[] }> => {
  const report: unknown = JSON.parse(await readFile(path, 'utf8'));
  return { ...countVitest(report), failures: readVitestFailures(report) };
};

/**
 * A suite that ended badly without a failed test to show for it, or that ran nothing, has failed all the same: silence is not success.
 */
export const countingCrashes = <C extends Counts>(counts: C, exitCode: number | null): C => {
  const ranNothing = counts.passed + counts.failed === 0;
  const crashed = exitCode !== 0 && counts.failed === 0;
  return ranNothing || crashed ? { ...counts, failed: counts.failed + 1 } : counts;
};

export const addCounts = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

/** The line at the very end, for people and for programs. */
export const describeCounts = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

const REASON_LINES = 12;

/** @returns lines that name each failure and say how its reason begins: for the end of a long run, whose beginning may be out of sight */
export const describeFailures = (failures: readonly Failure[]): string[] =>
  failures.flatMap(({ test, reason }) => [
    test,
    ...reason
      .trim()
      .split('\n')
      .slice(0, REASON_LINES)
      .map((line) => `  ${line}`),
  ]);
