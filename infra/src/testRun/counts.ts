import { readFile } from 'node:fs/promises';
import { readJunit } from './junit.ts';

/** What a suite says of itself. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

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

export interface ForgeFailure {
  test: string;
  reason: string;
}

export interface ForgeContract extends Counts {
  name: string;
}

export interface ForgeReport extends Counts {
  contracts: ForgeContract[];
  failures: ForgeFailure[];
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

export const readVitestReport = async (path: string): Promise<Counts> =>
  countVitest(JSON.parse(await readFile(path, 'utf8')));

/**
 * A suite that ended badly without a failed test to show for it, or that ran nothing, has failed all the same: silence is not success.
 */
export const countingCrashes = (counts: Counts, exitCode: number | null): Counts => {
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
