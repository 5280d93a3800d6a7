import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from './setupProblem.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // Alive, and somebody else's.
  }
};

/**
 * Two starts on one folder would write over each other's chain. The lock is a file with the id of its holder; that of a process that
 * is gone counts for nothing. It is given back when this process ends.
 *
 * @throws SetupProblem when another process holds it
 */
export const lockFolder = (dir: string): void => {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, 'running.pid');
  for (;;) {
    try {
      writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(path, 'utf8'));
      if (holder > 0 && isAlive(holder)) {
        throw new SetupProblem(
          `Dewpoint already runs from ${dir} (process ${holder}): stop it first, or give this one a folder of its own with DEWPOINT_DIR.`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  process.on('exit', () => rmSync(path, { force: true }));
};
