import { mkdtempSync, existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryLock } from './pidLock.ts';
import { startProcess } from './processes.ts';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-lock-'));
  path = join(dir, 'deep', 'lock.pid');
});

afterEach(() => rm(dir, { recursive: true }));

test('a lock has one holder at a time, and names it', () => {
  const first = tryLock(path);
  expect(tryLock(path)).toEqual({ holder: process.pid });
  if ('release' in first) first.release();
  expect(existsSync(path)).toBe(false);
  expect(tryLock(path)).toHaveProperty('release');
});

test('the lock of a process that is gone counts for nothing', async () => {
  const { release } = tryLock(path) as { release: () => void };
  release();
  const gone = await startProcess({ command: process.execPath, args: ['-e', ''] });
  await gone.exited;
  writeFileSync(path, `${gone.pid}\n`);
  expect(tryLock(path)).toHaveProperty('release');
});
