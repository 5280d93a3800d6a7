import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { KEPT_DIR } from '../paths.ts';
import { tryLock } from './pidLock.ts';
import { findOnPath, runProgram } from './programs.ts';

/** A program that comes as a package of Python's. */
export interface PythonTool {
  /** Name of the package. */
  distribution: string;
  version: string;
  /** Name of the program. */
  program: string;
  /** The oldest Python that the package runs on. */
  oldestPython: readonly [number, number];
}

/** Where the program is, or what the user can do to have one. */
export type PythonToolSearch = { command: string } | { advice: string };

/** Newest last: the plain name first, since that is the one the user chose. */
const PYTHON_NAMES = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

const ASK_TIMEOUT_MS = 10_000;
/** 60 MB of wheels over a slow line. */
const INSTALL_TIMEOUT_MS = 300_000;
const LOCK_POLL_MS = 100;

const IS_WINDOWS = process.platform === 'win32';

const venvOf = ({ distribution, version }: PythonTool): string =>
  `${KEPT_DIR}${distribution}-${version}/`;

const scriptIn = (venv: string, name: string): string =>
  join(venv, IS_WINDOWS ? 'Scripts' : 'bin', IS_WINDOWS ? `${name}.exe` : name);

/** Written last, so an installation that was interrupted is not taken for a whole one. */
const stampIn = (venv: string): string => join(venv, 'installed');

const exists = async (path: string): Promise<boolean> => {
  try {
    await access(path);
    return true;
  } catch {
    return false; // Whatever hides it, it cannot be used.
  }
};

const findPython = async ([major, minor]: readonly [number, number]): Promise<
  string | undefined
> => {
  for (const name of PYTHON_NAMES) {
    const command = await findOnPath(name);
    if (command === undefined) continue;
    const question = `import sys; sys.exit(0 if sys.version_info >= (${major}, ${minor}) else 1)`;
    if ((await runProgram(command, ['-c', question], ASK_TIMEOUT_MS)).ok) return command;
  }
  return undefined;
};

/** Several test processes may want the first installation at once. */
const withLock = async <T>(lock: string, task: () => Promise<T>): Promise<T> => {
  let attempt = tryLock(lock);
  while ('holder' in attempt) {
    await delay(LOCK_POLL_MS);
    attempt = tryLock(lock);
  }
  try {
    return await task();
  } finally {
    attempt.release();
  }
};

const install = async (tool: PythonTool, python: string): Promise<PythonToolSearch> => {
  const venv = venvOf(tool);
  await rm(venv, { recursive: true, force: true });
  const created = await runProgram(python, ['-m', 'venv', venv], INSTALL_TIMEOUT_MS);
  if (!created.ok) {
    return {
      advice: `give ${python} its venv module, on Debian and Ubuntu with "apt install python3-venv"`,
    };
  }
  const wanted = `${tool.distribution}==${tool.version}`;
  const pip = await runProgram(
    scriptIn(venv, 'python'),
    [
      ...['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'],
      ...['--only-binary', ':all:', wanted],
    ],
    INSTALL_TIMEOUT_MS,
  );
  if (!pip.ok) return { advice: `make "pip install ${wanted}" work (${pip.lastLine})` };
  await writeFile(stampIn(venv), '');
  return { command: scriptIn(venv, tool.program) };
};

/**
 * The program out of a Python environment of our own, which is installed when it is not there yet.
 * @param onInstall called before anything is fetched
 */
export const installPythonTool = async (
  tool: PythonTool,
  onInstall: () => void,
): Promise<PythonToolSearch> => {
  const venv = venvOf(tool);
  const ready = { command: scriptIn(venv, tool.program) };
  if (await exists(stampIn(venv))) return ready;
  const python = await findPython(tool.oldestPython);
  if (python === undefined) {
    return { advice: `install Python ${tool.oldestPython.join('.')} or newer` };
  }
  return withLock(`${KEPT_DIR}${tool.distribution}.pid`, async () => {
    if (await exists(stampIn(venv))) return ready;
    onInstall();
    return install(tool, python);
  });
};
