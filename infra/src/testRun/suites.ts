import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { KEPT_DIR } from '../paths.ts';
import { countingCrashes, readForgeReport, readVitestReport, type Counts } from './counts.ts';
import { runNode } from './nodeRun.ts';

export interface Suite {
  /** What one types to run it alone: `npm test -- unit`. */
  name: string;
  heading: string;
  run(): Promise<Counts>;
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

const vitest = async (project: string): Promise<Counts> => {
  const report = `${KEPT_DIR}cache/vitest-${project}.json`;
  await mkdir(dirname(report), { recursive: true });
  await rm(report, { force: true });
  const { code } = await runNode([
    packageProgram('vitest', 'vitest.mjs'),
    ...['run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]);
  try {
    return countingCrashes(await readVitestReport(report), code);
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
  { name: 'unit', heading: 'Unit tests: vitest', run: () => vitest('unit') },
  { name: 'e2e', heading: 'End to end: vitest', run: () => vitest('e2e') },
];
