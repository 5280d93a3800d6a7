import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

const parentOf = (pid: number): string => {
  try {
    // "PID (NAME) STATE PARENT ...", and the name may hold anything.
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')')).split(' ')[2] ?? 'unknown';
  } catch {
    return 'unknown'; // Not Linux, or just gone: the latter is a change, as it should be.
  }
};

/** This process's shell and, where the system tells (Linux), the npm that started the shell. */
const launchers = (): string => `${process.ppid} ${parentOf(process.ppid)}`;

/**
 * npm runs a script through a shell. A signal that reaches only npm, or only the shell, ends those two and never comes through to
 * here: so the end of either is taken for the signal. Without npm nothing is watched, since a shell may well end before what it
 * started.
 */
export const onLauncherGone = (stop: () => void, environment = process.env): void => {
  if (!environment.npm_lifecycle_event) return;
  const before = launchers();
  const timer = setInterval(() => {
    if (launchers() === before) return;
    clearInterval(timer);
    stop();
  }, LOOK_EVERY_MS);
  timer.unref();
};
