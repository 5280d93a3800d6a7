import { mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { KEPT_DIR, ROOT_DIR } from '../paths.ts';
import { startProcess } from '../processes/processes.ts';
import { installPythonTool, type PythonTool } from '../processes/pythonTool.ts';
import { SetupProblem } from '../setupProblem.ts';
import { readSlitherReport } from './slitherReport.ts';

const SLITHER: PythonTool = {
  distribution: 'slither-analyzer',
  version: '0.11.6',
  program: 'slither',
  oldestPython: [3, 10],
};

/** Detectors that say nothing here; every other finding is explained beside the line that it is about. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  timestamp: 'everything here runs by the clock, in hours and days, and a proposer shifts seconds',
  assembly: 'each block says beside it what its plain form costs',
};

const REPORT = `${KEPT_DIR}cache/slither.json`;
/** Apart from the folders of others, since it has forge clean them before it compiles. */
const FORGE_FOLDER = '.dewpoint/foundry/slither';

/** @returns its exit code and the last lines that it said */
const runSlither = async (command: string): Promise<{ code: number | null; said: string }> => {
  const slither = await startProcess({
    command,
    args: [
      ...['.', '--json', REPORT, '--fail-none'],
      ...['--filter-paths', 'node_modules|contracts/test'],
      ...['--exclude', Object.keys(LEFT_OUT).join(',')],
    ],
    cwd: ROOT_DIR,
    env: {
      ...process.env,
      // It asks the `forge` that is on the PATH to compile.
      PATH: [join(ROOT_DIR, 'node_modules/.bin'), process.env.PATH].join(delimiter),
      FOUNDRY_OUT: `${FORGE_FOLDER}/out`,
      FOUNDRY_CACHE_PATH: `${FORGE_FOLDER}/cache`,
    },
  });
  const { code } = await slither.closed;
  return { code, said: slither.output() };
};

/** @returns whether slither found nothing in the contracts but what is explained */
export const checkSlither = async (): Promise<boolean> => {
  const search = await installPythonTool(SLITHER, () =>
    console.log('Installing slither (once) ...'),
  );
  if ('advice' in search) throw new SetupProblem(`There is no slither: ${search.advice}.`);
  for (const [detector, why] of Object.entries(LEFT_OUT)) {
    console.log(`Left out: ${detector}, since ${why}`);
  }
  await mkdir(`${KEPT_DIR}cache`, { recursive: true });
  // It does not write over an earlier one.
  await rm(REPORT, { force: true });
  const { code, said } = await runSlither(search.command);
  if (code !== 0) {
    console.log(said);
    return false;
  }
  const findings = readSlitherReport(await readFile(REPORT, 'utf8'));
  for (const { detector, impact, description } of findings) {
    console.log(`\n${detector} (${impact}): ${description}`);
  }
  // What it has analysed: nothing found in nothing would be nothing to be glad of.
  console.log(said.split('\n').findLast((line) => line.includes('analyzed')) ?? said);
  console.log(`${findings.length} findings that are not explained`);
  return findings.length === 0;
};
