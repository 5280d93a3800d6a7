import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { KEPT_DIR } from '../paths.ts';
import {
  countingCrashes,
  readForgeReport,
  readVitestReport,
  type Counts,
  type Failure,
} from './counts.ts';
import { runNode } from './nodeRun.ts';
import { readFileTimes, type FileTime } from './slowest.ts';

export interface Suite {
  /** What one types to run it alone: `npm test -- fast`. */
  name: string;
  heading: string;
  /** Suites of one lane run one after the other, beside those of the other: half of them use one core, and wait a lot. */
  lane: 'sources' | 'contracts';
  /** @param seed of the random calls, for suites that make any */
  run(screen: Screen, seed: string): Promise<SuiteResult>;
}

/** Where a suite speaks. */
export interface Screen {
  /** Whether what it starts may write to the terminal by itself: only when nothing runs beside it. */
  readonly direct: boolean;
  say(text: string): void;
}

export interface SuiteResult extends Counts {
  /** Of each file of tests, where it runs any. */
  times?: FileTime[];
  /** By name, where it has names. */
  failures?: Failure[];
}

const require = createRequire(import.meta.url);

/** The program of a package, run by this very Node: no shell, no PATH. */
const packageProgram = (name: string, file: string): string =>
  join(dirname(require.resolve(`${name}/package.json`)), file);

const runOn = async (screen: Screen, args: readonly string[]): Promise<number | null> => {
  const { code, stdout } = await runNode(args, { output: screen.direct ? 'show' : 'keepAll' });
  if (stdout !== '') screen.say(stdout);
  return code;
};

/** A check that counts as one test: it holds or it does not. */
const check = async (screen: Screen, args: readonly string[]): Promise<Counts> => {
  const code = await runOn(screen, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
};

const forge = async ({ say }: Screen, seed: string): Promise<SuiteResult> => {
  const args = ['contracts/script/forge.mjs', 'test', '--offline', '--junit', '--fuzz-seed', seed];
  say(`Seed ${seed}; the same calls again: npm test -- contracts --seed ${seed}\n`);
  const { code, stdout } = await runNode(args, { output: 'keep' });
  try {
    const report = readForgeReport(stdout);
    for (const contract of report.contracts) {
      const { name, passed, failed, skipped } = contract;
      say(`${name}: ${passed} good, ${failed} bad, ${skipped} left out`);
    }
    for (const { test, reason } of report.failures) say(`FAILED ${test}\n  ${reason}`);
    return countingCrashes(report, code);
  } catch (error) {
    // It did not get as far as a report: what it said instead is what one needs to know.
    say(`${stdout}\n${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

/**
 * Runs the tests of one project of vitest.config.ts.
 *
 * @param files those of the project that are run; all, for none
 */
export const runVitest = async (
  project: string,
  screen: Screen,
  files: readonly string[] = [],
): Promise<SuiteResult> => {
  const report = `${KEPT_DIR}cache/vitest-${project}.json`;
  const timesReport = `${KEPT_DIR}cache/vitest-${project}.xml`;
  await mkdir(dirname(report), { recursive: true });
  for (const path of [report, timesReport]) await rm(path, { force: true });
  const code = await runOn(screen, [
    packageProgram('vitest', 'vitest.mjs'),
    ...['run', '--project', project, ...files],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ...['--reporter=junit', `--outputFile.junit=${timesReport}`],
  ]);
  try {
    const counts = countingCrashes(await readVitestReport(report), code);
    return { ...counts, times: readFileTimes(await readFile(timesReport, 'utf8')) };
  } catch (error) {
    screen.say(`vitest left no report: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

/** In the order in which a mistake is found soonest. */
export const SUITES: readonly Suite[] = [
  {
    name: 'lint',
    lane: 'sources',
    heading: 'Lint: eslint with the layer rules, and the house',
    run: (screen) => check(screen, ['infra/run.mjs', 'infra/lint/main.ts', 'rules', 'house']),
  },
  {
    name: 'format',
    lane: 'sources',
    heading: 'Format: prettier',
    run: (screen) => check(screen, ['infra/run.mjs', 'infra/lint/main.ts', 'format']),
  },
  {
    name: 'types',
    lane: 'sources',
    heading: 'Types: tsc',
    run: (screen) => check(screen, [packageProgram('typescript', 'bin/tsc')]),
  },
  { name: 'contracts', lane: 'contracts', heading: 'Contracts: forge', run: forge },
  {
    name: 'artifacts',
    lane: 'contracts',
    heading: 'Committed artefacts and ABIs are what the contracts compile to',
    run: (screen) => check(screen, ['contracts/script/generate.mjs', '--check']),
  },
  {
    name: 'fast',
    lane: 'sources',
    heading: 'Tests that need no chain and no database: vitest',
    run: (screen) => runVitest('fast', screen),
  },
  {
    name: 'live',
    lane: 'sources',
    heading: 'Tests on a chain and a database: vitest',
    run: (screen) => runVitest('live', screen),
  },
  {
    name: 'e2e',
    lane: 'contracts',
    heading: 'End to end: vitest',
    run: (screen) => runVitest('e2e', screen),
  },
  {
    name: 'browser',
    lane: 'contracts',
    heading: 'Pages in a real browser: vitest',
    run: (screen) => runVitest('browser', screen),
  },
];
