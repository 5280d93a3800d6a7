/**
 * `npm test [-- SUITE ... --seed SEED]`: runs every suite, or those named, even when an earlier one fails, and ends with one line of
 * counts. The tests of the contracts make the same random calls for the same seed.
 */
import { availableParallelism } from 'node:os';
import { commandLine } from '../commandLine.ts';
import { prepareDatabase } from '../database/database.ts';
import { ROOT_DIR } from '../paths.ts';
import { SetupProblem } from '../setupProblem.ts';
import { addCounts, describeCounts, describeFailures } from './counts.ts';
import { seedOf } from './seed.ts';
import { describeSlowest } from './slowest.ts';
import { SUITES, type Suite, type SuiteResult } from './suites.ts';
import { buildWeb } from '../start/webBuild.ts';

const heading = (text: string): void => console.log(`\n=== ${text} ===\n`);

const chooseSuites = (names: readonly string[]): readonly Suite[] => {
  const known = SUITES.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new SetupProblem(
      `No suite is called ${unknown.join(', ')}: choose from ${known.join(', ')}.`,
    );
  }
  return names.length === 0 ? SUITES : SUITES.filter(({ name }) => names.includes(name));
};

/** What takes long the first time happens now, so that no test times out over it. */
const prepare = async (): Promise<void> => {
  heading('Set-up');
  try {
    console.log(`${ROOT_DIR}, Node ${process.versions.node}`);
    await prepareDatabase((line) => console.log(line));
    await buildWeb((line) => console.log(line));
  } catch (error) {
    // The suites that do not need it run all the same; the others fail with the same words.
    console.log(error instanceof SetupProblem ? error.message : error);
  }
};

interface Ran {
  suite: Suite;
  result: SuiteResult;
}

/** Runs a suite. What it says beside others is shown at its end, so that it stands together. */
const run = async (suite: Suite, seed: string, alone: boolean): Promise<Ran> => {
  const said: string[] = [];
  const say = (text: string): void => {
    if (alone) console.log(text);
    else said.push(text);
  };
  if (alone) heading(suite.heading);
  const startedAt = Date.now();
  const result = await suite.run({ direct: alone, say }, seed);
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  if (!alone) heading(suite.heading);
  for (const text of said) console.log(text);
  console.log(`\n${suite.name}: ${result.failed === 0 ? 'good' : 'FAILED'} after ${seconds} s`);
  return { suite, result };
};

const runAll = async (suites: readonly Suite[], seed: string): Promise<Ran[]> => {
  const lanes = [...new Set(suites.map(({ lane }) => lane))];
  if (lanes.length > 1) {
    console.log(`\nTwo suites at a time: ${suites.map(({ name }) => name).join(', ')} ...`);
  }
  const results = await Promise.all(
    lanes.map(async (lane) => {
      const ran: Ran[] = [];
      for (const suite of suites) {
        if (suite.lane === lane) ran.push(await run(suite, seed, lanes.length === 1));
      }
      return ran;
    }),
  );
  return results.flat().sort((a, b) => suites.indexOf(a.suite) - suites.indexOf(b.suite));
};

const HELP = `npm test
npm test -- SUITE ...
npm test -- contracts --seed SEED

Runs every suite, or those that are named, also when an earlier one fails, and ends with one line of counts.

${SUITES.map((suite) => `  ${suite.name.padEnd(10)} ${suite.heading}`).join('\n')}

The tests of the contracts make the same random calls again for the seed that a run printed.
A file or folder alone: npx vitest run PATH`;

const MINUTE_MS = 60_000;

const main = async (): Promise<void> => {
  const startedAt = Date.now();
  const { positionals, values } = commandLine({
    ...{ command: 'npm test', help: HELP, words: true },
    options: { seed: { type: 'string' } },
  });
  const seed = seedOf(values.seed);
  const suites = chooseSuites(positionals);
  await prepare();
  const results = await runAll(suites, seed);
  const total = addCounts(results.map(({ result }) => result));
  const slowest = describeSlowest(results.flatMap(({ result }) => result.times ?? []));
  if (slowest.length > 0) {
    heading('The slowest test files');
    console.log(slowest.join('\n'));
  }
  const failures = describeFailures(results.flatMap(({ result }) => result.failures ?? []));
  if (failures.length > 0) {
    heading('What failed');
    console.log(failures.join('\n'));
  }
  heading('Total');
  // Not in the words of the last line, which must be the only one of its form.
  for (const { suite, result } of results) {
    console.log(
      `${suite.name}: ${result.passed} good, ${result.failed} bad, ${result.skipped} left out`,
    );
  }
  const minutes = ((Date.now() - startedAt) / MINUTE_MS).toFixed(1);
  console.log(`All of it took ${minutes} minutes on ${availableParallelism()} cores.`);
  console.log(`\n${describeCounts(total)}`);
  process.exitCode = total.failed === 0 ? 0 : 1;
};

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
