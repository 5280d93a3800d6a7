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
  await installs({ solc: '0.8.1', vite: '7.0.0' });
});
afterEach(() => rm(root, { recursive: true }));

/** Writes a lock file with these packages and their versions. */
const installs = async (versions: Record<string, string>): Promise<void> => {
  const packages = Object.fromEntries(
    Object.entries(versions).map(([name, version]) => [
      `node_modules/${name}`,
      { version, integrity: `sha512-${name}${version}` },
    ]),
  );
  await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages }));
};

const open = (): Promise<KeptResults> =>
  openKeptResults(join(root, 'kept/results.json'), {
    root,
    paths: ['src', 'settings'],
    packages: ['solc'],
  });

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
    [
      'a package that is named has another version',
      () => installs({ solc: '0.8.2', vite: '7.0.0' }),
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
    await installs({ solc: '0.8.1', vite: '7.0.1', another: '1.0.0' });
    expect(await (await open()).find('one')).toBe('good');
  });

  it('stay when another piece is kept, by another run too', async () => {
    const [first, second] = await Promise.all([open(), open()]);
    await first.keep('one', 'good');
    await second.keep('two', 'good too');
    expect(await first.find('two')).toBe('good too');
    expect(await second.find('one')).toBe('good');
  });

  it('stay when many pieces are kept at one moment', async () => {
    const results = await open();
    const pieces = Array.from({ length: 20 }, (_, index) => `piece ${index}`);
    await Promise.all(pieces.map((piece) => results.keep(piece, 'good')));
    const found = await Promise.all(pieces.map((piece) => results.find(piece)));
    expect(found).toEqual(pieces.map(() => 'good'));
  });

  it('are not begun without a package that they depend on', async () => {
    await installs({ vite: '7.0.0' });
    await expect(open()).rejects.toThrow('package-lock.json has no solc');
  });
});
