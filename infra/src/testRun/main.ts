/**
 * `npm test [-- SUITE ...]`: runs every suite, or those named, even when an earlier one fails, and ends with one line of counts.
 */
import { prepareDatabase } from '../database/database.ts';
import { ROOT_DIR } from '../paths.ts';
import { SetupProblem } from '../setupProblem.ts';
import { addCounts, describeCounts } from './counts.ts';
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

const run = async (suite: Suite): Promise<SuiteResult> => {
  heading(suite.heading);
  const startedAt = Date.now();
  const counts = await suite.run();
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  console.log(`\n${suite.name}: ${counts.failed === 0 ? 'good' : 'FAILED'} after ${seconds} s`);
  return counts;
};

const main = async (): Promise<void> => {
  const suites = chooseSuites(process.argv.slice(2));
  await prepare();
  const results: { suite: Suite; counts: SuiteResult }[] = [];
  for (const suite of suites) results.push({ suite, counts: await run(suite) });
  const total = addCounts(results.map(({ counts }) => counts));
  const slowest = describeSlowest(results.flatMap(({ counts }) => counts.times ?? []));
  if (slowest.length > 0) {
    heading('The slowest test files');
    console.log(slowest.join('\n'));
  }
  heading('Total');
  // Not in the words of the last line, which must be the only one of its form.
  for (const { suite, counts } of results) {
    console.log(
      `${suite.name}: ${counts.passed} good, ${counts.failed} bad, ${counts.skipped} left out`,
    );
  }
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
