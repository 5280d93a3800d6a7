import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const EXTENSIONS = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];

/** @returns the full path of a program on the PATH, if there is one */
export const findOnPath = async (
  name: string,
  path = process.env.PATH ?? '',
): Promise<string | undefined> => {
  for (const dir of path.split(delimiter).filter((part) => part !== '')) {
    for (const extension of EXTENSIONS) {
      const file = join(dir, name + extension);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
};

const isExecutable = async (file: string): Promise<boolean> => {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false; // Not there, or not ours to run: for a search that is the same.
  }
};

export interface ProgramResult {
  ok: boolean;
  /** Standard output. */
  stdout: string;
  /** Standard error, or why it could not be run. */
  stderr: string;
}

/** Runs a program to its end and tells what it said; never throws. It is killed when the time is up. */
export const runProgram = (
  command: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<ProgramResult> =>
  new Promise((resolve) => {
    execFile(
      command,
      args,
      { timeout: timeoutMs, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        const reason = error?.killed === true ? `not done within ${timeoutMs} ms` : error?.message;
        resolve({ ok: error === null, stdout, stderr: stderr.trim() || (reason ?? '') });
      },
    );
  });
