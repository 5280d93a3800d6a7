import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeptResults, type KeptResults } from './keptResults.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dewpoint-kept-'));
  await mkdir(join(root, 'src/node_modules'), { recursive: true });
  await writeFile(join(root, 'src/a'), '12');
  await writeFile(join(root, 'src/b'), '3');
  await writeFile(join(root, 'settings'), 'x');
});
afterEach(() => rm(root, { recursive: true }));

const open = (): Promise<KeptResults> =>
  openKeptResults({ dir: join(root, 'kept'), root, inputs: ['src', 'settings'] });

describe('kept results', () => {
  it('are found again for the same piece and the same inputs, in another run', async () => {
    await (await open()).keep('one', 'caught by a test');
    const again = await open();
    expect(await again.find('one')).toBe('caught by a test');
    expect(await again.find('two')).toBeUndefined();
  });

  it.each([
    ['a file is changed', () => writeFile(join(root, 'src/a'), '13')],
    ['a file is added', () => writeFile(join(root, 'src/c'), '')],
    ['a file goes', () => rm(join(root, 'src/b'))],
    ['a single file outside of folders is changed', () => writeFile(join(root, 'settings'), 'y')],
    [
      'bytes move from one file to the next',
      async () => {
        await writeFile(join(root, 'src/a'), '1');
        await writeFile(join(root, 'src/b'), '23');
      },
    ],
  ])('are unknown once %s', async (_, change) => {
    await (await open()).keep('one', 'good');
    await change();
    expect(await (await open()).find('one')).toBeUndefined();
  });

  it('do not depend on what is installed or written beside the inputs', async () => {
    await (await open()).keep('one', 'good');
    await writeFile(join(root, 'src/node_modules/package'), 'other');
    await writeFile(join(root, 'elsewhere'), 'other');
    expect(await (await open()).find('one')).toBe('good');
  });
});
