import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mutate, type Mutation } from '@dewpoint/contracts/mutations/mutation.ts';
import { KEPT_DIR, ROOT_DIR } from '../paths.ts';
import { SetupProblem } from '../setupProblem.ts';
import { readForgeReport, type ForgeReport } from '../testRun/counts.ts';
import { runNode, type NodeRun } from '../testRun/nodeRun.ts';

/** What became of a fault. Only `caught` is good. */
export type Outcome =
  | { kind: 'caught'; by: string }
  | { kind: 'survived' }
  | { kind: 'does not compile' }
  | { kind: 'is not there exactly once' };

const WORK_DIR = `${KEPT_DIR}cache/mutations/`;
/** The sources as they are, compiled, with every test green. Each fault goes into a copy of it. */
const BASE_DIR = join(WORK_DIR, 'base');
const UNIT_AND_FUZZ = 'contracts/test/{unit,fuzz}/**';

/** The caller's own folders and profile would lead out of the copy, or away from what is measured. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOUNDRY_')));

const forge = (dir: string, args: readonly string[]): Promise<NodeRun> =>
  runNode([join(dir, 'contracts/script/forge.mjs'), ...args, '--offline'], {
    cwd: dir,
    env: environment(),
    output: 'hush',
  });

/** What tests deploy by name: the contracts, and what makes libraries callable. */
const build = async (dir: string): Promise<boolean> =>
  (await forge(dir, ['build', 'contracts/src', 'contracts/test/bench'])).code === 0;

/** @returns undefined where forge got no further than the compiler */
const runTests = async (dir: string, path: string): Promise<ForgeReport | undefined> => {
  const { stdout } = await forge(dir, ['test', '--junit', '--match-path', path]);
  try {
    return readForgeReport(stdout);
  } catch {
    return undefined; // It printed what the compiler said instead.
  }
};

const globOf = (tests: readonly string[]): string => `contracts/test/{${tests.join(',')}}.t.sol`;

/**
 * Copies the contracts as they are now and runs their unit and fuzz tests: a suite that is red without a fault proves nothing with one.
 * @returns how many tests are green
 * @throws when one is red
 */
export const prepareBase = async (): Promise<number> => {
  // What forge and the compiler have made of an earlier state saves most of the work.
  await rm(join(BASE_DIR, 'contracts'), { recursive: true, force: true });
  await mkdir(join(BASE_DIR, '.dewpoint'), { recursive: true });
  await mkdir(join(WORK_DIR, 'solc'), { recursive: true });
  await cp(join(ROOT_DIR, 'foundry.toml'), join(BASE_DIR, 'foundry.toml'));
  for (const folder of ['src', 'test', 'script']) {
    await cp(join(ROOT_DIR, 'contracts', folder), join(BASE_DIR, 'contracts', folder), {
      recursive: true,
    });
  }
  await link(join(ROOT_DIR, 'node_modules'), join(BASE_DIR, 'node_modules'));
  await link(join(WORK_DIR, 'solc'), join(BASE_DIR, '.dewpoint/solc'));
  if (!(await build(BASE_DIR))) throw new SetupProblem('The contracts do not compile as they are.');
  const report = await runTests(BASE_DIR, UNIT_AND_FUZZ);
  if (report === undefined) throw new SetupProblem('The tests do not compile as they are.');
  const [failure] = report.failures;
  if (failure !== undefined) {
    throw new SetupProblem(`Red without any fault: ${failure.test}\n${failure.reason}`);
  }
  return report.passed;
};

const link = async (target: string, path: string): Promise<void> => {
  await rm(path, { force: true });
  await symlink(target, path, 'junction');
};

const firstRed = ({ failures }: ForgeReport): Outcome | undefined => {
  const [first] = failures;
  if (first === undefined) return undefined;
  const more = failures.length > 1 ? ` and ${failures.length - 1} more` : '';
  return { kind: 'caught', by: `${first.test.replace(/^contracts\/test\/.*:/, '')}${more}` };
};

/** Puts one fault into a copy of the base and runs the tests that it names, and the others when these stay green. */
export const judge = async (mutation: Mutation, worker: number): Promise<Outcome> => {
  const dir = join(WORK_DIR, `worker-${worker}`);
  await rm(dir, { recursive: true, force: true });
  await cp(BASE_DIR, dir, { recursive: true, verbatimSymlinks: true });
  const path = join(dir, 'contracts/src', mutation.file);
  const mutated = mutate(await readFile(path, 'utf8'), mutation);
  if (mutated === undefined) return { kind: 'is not there exactly once' };
  await writeFile(path, mutated);
  if (!(await build(dir))) return { kind: 'does not compile' };
  for (const tests of [globOf(mutation.tests), UNIT_AND_FUZZ]) {
    const report = await runTests(dir, tests);
    if (report === undefined) return { kind: 'does not compile' };
    const caught = firstRed(report);
    if (caught !== undefined) return caught;
  }
  return { kind: 'survived' };
};
