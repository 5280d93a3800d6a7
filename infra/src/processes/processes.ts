import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Enough for a database to write its last checkpoint, and for a server whose chain and database hang; after it the process is killed. */
const STOP_GRACE_MS = 30_000;
/** The end of what a process said is what explains its death; a chatty one must not fill the memory. */
const KEPT_OUTPUT_LINES = 30;

export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ProcessOptions {
  command: string;
  args: readonly string[];
  cwd?: string;
  /** The whole environment of the process; this one's if left out. */
  env?: NodeJS.ProcessEnv;
  /** Called with each line of standard output and standard error. */
  onLine?: (line: string) => void;
  /** Called once, when the process has ended for whatever reason. */
  onExit?: (exit: ProcessExit) => void;
  /** Called with each message of a Node process (`process.send`); opens the channel for it. */
  onMessage?: (message: unknown) => void;
}

export interface RunningProcess {
  readonly pid: number;
  /** Settles when the process has ended; never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** Settles when, besides, everything that it said has been read. */
  readonly closed: Promise<ProcessExit>;
  isRunning(): boolean;
  /** The last lines that it wrote, for an error message. */
  output(): string;
  /** Sends a signal to the process and everything that it started. */
  kill(signal?: NodeJS.Signals): void;
  /** Asks it to stop, kills it if it has not after 10 s, and settles when it is gone. */
  stop(): Promise<void>;
}

/** Leaders of the process groups that run now. */
const running = new Set<number>();

let watchdog: Writable | undefined;

/** One watchdog for this process, started with its first child, so that a SIGKILL leaves nothing behind either. */
const tellWatchdog = (line: string): void => {
  if (watchdog === undefined) {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('watchdog.mjs', import.meta.url))],
      {
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    );
    child.unref();
    watchdog = child.stdin;
    // If the watchdog itself is killed, the ordinary ways of stopping still work.
    watchdog.on('error', () => (watchdog = undefined));
    (watchdog as Writable & { unref(): void }).unref();
    process.on('exit', killAll);
  }
  watchdog.write(`${line}\n`);
};

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    // A negative id means the whole group; Windows has none.
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    // It ended meanwhile, which is what was wanted (macOS says EPERM of a group whose processes have all ended).
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
};

/** The last resort of a process that ends without having stopped its children (an uncaught error). */
const killAll = (): void => {
  for (const pid of running) signalGroup(pid, 'SIGKILL');
};

const collectLines = (child: ChildProcess, onLine?: (line: string) => void): (() => string) => {
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      last.push(line);
      if (last.length > KEPT_OUTPUT_LINES) last.shift();
      onLine?.(line);
    });
  }
  return () => last.join('\n');
};

const hasStarted = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });

/**
 * Starts a process in a group of its own: Ctrl-C in the terminal reaches only the supervisor, which then stops its children in order.
 *
 * @throws the system's error when the command cannot be run
 */
export const startProcess = async (options: ProcessOptions): Promise<RunningProcess> => {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  if (options.onMessage) stdio.push('ipc');
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio,
  });
  const output = collectLines(child, options.onLine);
  if (options.onMessage) child.on('message', options.onMessage);
  await hasStarted(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.command} started without a process id`);
  running.add(pid);
  tellWatchdog(`+${pid}`);

  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => {
      signalGroup(pid, 'SIGKILL'); // What it started and did not stop itself goes with it.
      running.delete(pid);
      tellWatchdog(`-${pid}`);
      resolve({ code, signal });
      options.onExit?.({ code, signal });
    });
  });
  const closed = new Promise<ProcessExit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const kill = (signal: NodeJS.Signals = 'SIGKILL'): void => {
    if (running.has(pid)) signalGroup(pid, signal);
  };
  const stop = async (): Promise<void> => {
    kill('SIGTERM');
    const timer = setTimeout(() => kill('SIGKILL'), STOP_GRACE_MS);
    await exited;
    clearTimeout(timer);
  };
  return { pid, exited, closed, isRunning: () => running.has(pid), output, kill, stop };
};
