import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineSearch } from './databaseEngines.ts';
import { KEPT_DIR } from './paths.ts';
import { tryLock } from './pidLock.ts';
import { findOnPath, runProgram } from './programs.ts';

const WHEEL_VERSION = '0.7.0b3';
/** The oldest Python that the wheel is built for. */
const OLDEST_PYTHON = [3, 10] as const;
/** Newest last: the plain name first, since that is the one the user chose. */
const PYTHON_NAMES = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

const ASK_TIMEOUT_MS = 10_000;
/** 60 MB of wheels over a slow line. */
const INSTALL_TIMEOUT_MS = 300_000;
const LOCK_POLL_MS = 100;

const VENV_DIR = `${KEPT_DIR}secantusdb-${WHEEL_VERSION}/`;
const SCRIPTS_DIR = join(VENV_DIR, process.platform === 'win32' ? 'Scripts' : 'bin');
const SERVER = join(
  SCRIPTS_DIR,
  process.platform === 'win32' ? 'secantusd-py.exe' : 'secantusd-py',
);
/** Written last, so an installation that was interrupted is not taken for a whole one. */
const STAMP = join(VENV_DIR, 'installed');
const LOCK = `${KEPT_DIR}secantusdb.pid`;

const exists = async (path: string): Promise<boolean> => {
  try {
    await access(path);
    return true;
  } catch {
    return false; // Whatever hides it, it cannot be used.
  }
};

const findPython = async (): Promise<string | undefined> => {
  const [major, minor] = OLDEST_PYTHON;
  for (const name of PYTHON_NAMES) {
    const command = await findOnPath(name);
    if (command === undefined) continue;
    const question = `import sys; sys.exit(0 if sys.version_info >= (${major}, ${minor}) else 1)`;
    if ((await runProgram(command, ['-c', question], ASK_TIMEOUT_MS)).ok) return command;
  }
  return undefined;
};

/** Several test processes may want the first installation at once. */
const withLock = async <T>(task: () => Promise<T>): Promise<T> => {
  let attempt = tryLock(LOCK);
  while ('holder' in attempt) {
    await delay(LOCK_POLL_MS);
    attempt = tryLock(LOCK);
  }
  try {
    return await task();
  } finally {
    attempt.release();
  }
};

const install = async (python: string): Promise<EngineSearch> => {
  await rm(VENV_DIR, { recursive: true, force: true });
  const venv = await runProgram(python, ['-m', 'venv', VENV_DIR], INSTALL_TIMEOUT_MS);
  if (!venv.ok) {
    return {
      advice: `give ${python} its venv module, on Debian and Ubuntu with "apt install python3-venv"`,
    };
  }
  const pip = await runProgram(
    join(SCRIPTS_DIR, process.platform === 'win32' ? 'python.exe' : 'python'),
    [
      ...['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'],
      ...['--only-binary', ':all:', `secantusdb==${WHEEL_VERSION}`],
    ],
    INSTALL_TIMEOUT_MS,
  );
  if (!pip.ok) {
    return { advice: `make "pip install secantusdb==${WHEEL_VERSION}" work (${pip.lastLine})` };
  }
  await writeFile(STAMP, '');
  return { command: SERVER };
};

/** @returns SecantusDB's server out of a Python environment of our own, installed when it is not there yet */
export const installSecantus = async (
  onProgress: (line: string) => void,
): Promise<EngineSearch> => {
  if (await exists(STAMP)) return { command: SERVER };
  const python = await findPython();
  if (python === undefined) {
    return { advice: `install Python ${OLDEST_PYTHON.join('.')} or newer` };
  }
  return withLock(async () => {
    if (await exists(STAMP)) return { command: SERVER };
    onProgress('Database: installing SecantusDB (60 MB, once) ...');
    return install(python);
  });
};
