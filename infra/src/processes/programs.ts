import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { startProcess, type RunningProcess } from './processes.ts';

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
  /** The last lines of what it said. */
  output: string;
  /** The very last one, or why it could not be run to its end. */
  lastLine: string;
}

/** Runs a program to its end and tells what it said; never throws. It is killed when the time is up, or when this process ends. */
export const runProgram = async (
  command: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<ProgramResult> => {
  let program: RunningProcess;
  try {
    program = await startProcess({ command, args });
  } catch (error) {
    return { ok: false, output: '', lastLine: String(error) };
  }
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    program.kill();
  }, timeoutMs);
  const { code } = await program.closed;
  clearTimeout(timer);
  const output = program.output();
  const lastLine = late ? `not done within ${timeoutMs} ms` : output.split('\n').at(-1);
  return { ok: code === 0, output, lastLine: lastLine ?? '' };
};
