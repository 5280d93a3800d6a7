import { SetupProblem } from '../setupProblem.ts';
import { countingCrashes, describeCounts, readForgeReport } from '../testRun/counts.ts';
import { runNode } from '../testRun/nodeRun.ts';
import { openResults, runPieces, type Piece } from './pieces.ts';

const FORGE = ['contracts/script/forge.mjs'];
const TESTS = 'contracts/test/';
const DEEP = { ...process.env, FOUNDRY_PROFILE: 'deep' };

const runTests = async (args: readonly string[]): Promise<string | undefined> => {
  const { code, stdout } = await runNode([...FORGE, 'test', '--offline', '--junit', ...args], {
    env: DEEP,
    output: 'keep',
  });
  try {
    const report = readForgeReport(stdout);
    for (const { test, reason } of report.failures) console.log(`FAILED ${test}\n  ${reason}`);
    const counts = countingCrashes(report, code);
    return counts.failed === 0 ? describeCounts(counts) : undefined;
  } catch (error) {
    console.log(`${stdout}\n${String(error)}`);
    return undefined;
  }
};

/** One piece for each contract of tests: the long ones take from seconds to half an hour. */
const piecesOf = async (): Promise<Piece[]> => {
  const { stdout } = await runNode([...FORGE, 'test', '--offline', '--list', '--json'], {
    env: DEEP,
    output: 'keep',
  });
  // Contracts of a file of tests that have none, such as a wallet that they use, are not in it.
  const listed = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Record<string, object>;
  return Object.entries(listed)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([path, contracts]) =>
      Object.keys(contracts).map((contract): Piece => {
        const chosen = ['--match-path', path, '--match-contract', `^${contract}$`];
        return { name: `${path.replace(TESTS, '')} ${contract}`, run: () => runTests(chosen) };
      }),
    );
};

/**
 * Runs the tests of the contracts with many more runs, contract by contract, those that are known to be good for the very same sources
 * excepted.
 *
 * @param options of `forge test`; with any, what they choose is run in one piece and nothing is kept
 */
export async function checkForgeDeep(options: readonly string[]): Promise<boolean> {
  // Selecting files makes forge compile these alone, and tests deploy contracts by name: build everything first.
  const { code } = await runNode([...FORGE, 'build', '--offline'], { env: DEEP });
  if (code !== 0) throw new SetupProblem('The contracts or their tests do not compile.');
  if (options.length > 0) {
    const shown = await runTests(options);
    console.log(shown ?? 'FAILED');
    return shown !== undefined;
  }
  return runPieces(await piecesOf(), await openResults('contracts'));
}
