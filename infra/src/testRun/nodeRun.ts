import { spawn } from 'node:child_process';
import { ROOT_DIR } from '../paths.ts';

export interface NodeRun {
  code: number | null;
  /** Empty where it was shown. */
  stdout: string;
}

export interface NodeRunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /**
   * `show` both streams, which is the default; `keep` stdout and show stderr; `hush`: keep stdout, drop stderr; or `keepAll`: keep both,
   * as one text.
   */
  output?: 'show' | 'keep' | 'hush' | 'keepAll';
}

const STDERR = { show: 'inherit', keep: 'inherit', hush: 'ignore', keepAll: 'pipe' } as const;

/** Runs a program by this very Node to its end: no shell, no PATH. */
export const runNode = (
  args: readonly string[],
  { cwd = ROOT_DIR, env = process.env, output = 'show' }: NodeRunOptions = {},
): Promise<NodeRun> =>
  new Promise((resolve, reject) => {
    const stdout = output === 'show' ? 'inherit' : 'pipe';
    const stdio = ['ignore', stdout, STDERR[output]] as const;
    const child = spawn(process.execPath, args, { cwd, env, stdio: [...stdio] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout: Buffer.concat(chunks).toString() }));
  });
