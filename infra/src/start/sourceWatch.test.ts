import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchSources } from './sourceWatch.ts';

let dir: string;
let changed: string[];
let stop: () => Promise<void>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-watch-'));
  await mkdir(join(dir, 'deep'));
  await writeFile(join(dir, 'deep', 'a.ts'), 'one');
  changed = [];
  stop = await watchSources([dir], (file) => changed.push(file));
});

afterEach(async () => {
  await stop();
  await rm(dir, { recursive: true });
});

test('a source that is written anew, or put in the place of another, is told once', async () => {
  await writeFile(join(dir, 'deep', 'a.ts'), 'two');
  await writeFile(join(dir, 'deep', 'a.ts'), 'three');
  await expect.poll(() => changed).toEqual([join('deep', 'a.ts')]);
  await writeFile(join(dir, 'deep', 'a.ts.new'), 'four');
  await rename(join(dir, 'deep', 'a.ts.new'), join(dir, 'deep', 'a.ts'));
  await expect.poll(() => changed).toEqual([join('deep', 'a.ts'), join('deep', 'a.ts')]);
});

test('a source that was put in the place of another twice, then written in place, is told each time', async () => {
  const file = join(dir, 'deep', 'a.ts');
  const told = join('deep', 'a.ts');
  for (const [index, text] of ['two', 'three'].entries()) {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
    await expect.poll(() => changed).toEqual(Array.from({ length: index + 1 }, () => told));
  }
  await writeFile(file, 'four');
  await expect.poll(() => changed).toEqual([told, told, told]);
});

test('a new source is told, and tests and other files are not', async () => {
  await writeFile(join(dir, 'a.test.ts'), 'test');
  await writeFile(join(dir, 'notes.txt'), 'text');
  await writeFile(join(dir, 'b.ts'), 'new');
  await expect.poll(() => changed).toEqual(['b.ts']);
});
