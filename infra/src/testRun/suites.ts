import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { KEPT_DIR } from '../paths.ts';
import { countingCrashes, readForgeReport, readVitestReport, type Counts } from './counts.ts';
import { runNode } from './nodeRun.ts';
import { readFileTimes, type FileTime } from './slowest.ts';

export interface Suite {
  /** What one types to run it alone: `npm test -- fast`. */
  name: string;
  heading: string;
  run(): Promise<SuiteResult>;
}

export interface SuiteResult extends Counts {
  /** Of each file of tests, where it runs any. */
  times?: FileTime[];
}

const require = createRequire(import.meta.url);

/** The program of a package, run by this very Node: no shell, no PATH. */
const packageProgram = (name: string, file: string): string =>
  join(dirname(require.resolve(`${name}/package.json`)), file);

/** A check that counts as one test: it holds or it does not. */
const check = async (args: readonly string[]): Promise<Counts> => {
  const { code } = await runNode(args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
};

const forge = async (): Promise<Counts> => {
  const args = ['contracts/script/forge.mjs', 'test', '--offline', '--junit'];
  const { code, stdout } = await runNode(args, { output: 'keep' });
  try {
    const report = readForgeReport(stdout);
    for (const contract of report.contracts) {
      const { name, passed, failed, skipped } = contract;
      console.log(`${name}: ${passed} good, ${failed} bad, ${skipped} left out`);
    }
    for (const { test, reason } of report.failures) console.log(`FAILED ${test}\n  ${reason}`);
    return countingCrashes(report, code);
  } catch (error) {
    // It did not get as far as a report: what it said instead is what one needs to know.
    console.log(stdout, String(error));
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

/** Runs the tests of one project of vitest.config.ts. */
export const runVitest = async (project: string): Promise<SuiteResult> => {
  const report = `${KEPT_DIR}cache/vitest-${project}.json`;
  const timesReport = `${KEPT_DIR}cache/vitest-${project}.xml`;
  await mkdir(dirname(report), { recursive: true });
  for (const path of [report, timesReport]) await rm(path, { force: true });
  const { code } = await runNode([
    packageProgram('vitest', 'vitest.mjs'),
    ...['run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ...['--reporter=junit', `--outputFile.junit=${timesReport}`],
  ]);
  try {
    const counts = countingCrashes(await readVitestReport(report), code);
    return { ...counts, times: readFileTimes(await readFile(timesReport, 'utf8')) };
  } catch (error) {
    console.log(`vitest left no report: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

/** In the order in which a mistake is found soonest. */
export const SUITES: readonly Suite[] = [
  {
    name: 'lint',
    heading: 'Lint: eslint with the layer rules, and the house',
    run: () => check(['infra/run.mjs', 'infra/lint/main.ts', 'rules', 'house']),
  },
  {
    name: 'format',
    heading: 'Format: prettier',
    run: () => check(['infra/run.mjs', 'infra/lint/main.ts', 'format']),
  },
  {
    name: 'types',
    heading: 'Types: tsc',
    run: () => check([packageProgram('typescript', 'bin/tsc')]),
  },
  { name: 'contracts', heading: 'Contracts: forge', run: forge },
  {
    name: 'artifacts',
    heading: 'Committed artefacts and ABIs are what the contracts compile to',
    run: () => check(['contracts/script/generate.mjs', '--check']),
  },
  {
    name: 'fast',
    heading: 'Tests that need no chain and no database: vitest',
    run: () => runVitest('fast'),
  },
  {
    name: 'live',
    heading: 'Tests on a chain and a database: vitest',
    run: () => runVitest('live'),
  },
  { name: 'e2e', heading: 'End to end: vitest', run: () => runVitest('e2e') },
];
