import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // Alive, and another user's.
  }
};

const holderOf = (path: string): number => {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return 0; // Given back meanwhile.
  }
};

/** A lock that is ours, or the process that has it. */
export type LockAttempt = { release: () => void } | { holder: number };

/**
 * Takes a lock among the processes of this machine: a file with the id of its holder. That of a process that is gone counts for
 * nothing, so a crash never locks anybody out. It is given back at the latest when this process ends.
 */
export const tryLock = (path: string): LockAttempt => {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = holderOf(path);
      if (holder > 0 && isAlive(holder)) return { holder };
      rmSync(path, { force: true });
    }
  }
  const release = (): void => {
    process.off('exit', release);
    rmSync(path, { force: true });
  };
  process.on('exit', release);
  return { release };
};
