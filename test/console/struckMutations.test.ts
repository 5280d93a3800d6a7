import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { expect, it } from 'vitest';
import { STRUCK, UNSTRUCK } from '../browser/console/strikes/struck.ts';

const STORIES = join(ROOT_DIR, 'test/browser/console');

/** Names of the documents of mutations in a folder; what comments show is none of them. */
function mutationsIn(folder: string): string[] {
  const files = readdirSync(join(ROOT_DIR, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .flatMap((file) => [
      ...readFileSync(join(ROOT_DIR, folder, file), 'utf8').matchAll(/^\s*mutation (\w+)\s*\(/gm),
    ])
    .map(([, name = '']) => name);
}

it('has every write of the console struck by a story', () => {
  const all = [...mutationsIn('web/src/console'), ...mutationsIn('web/src/shared')];
  expect(all.length).toBeGreaterThan(50);
  const known = new Set([...Object.values(STRUCK).flat(), ...Object.keys(UNSTRUCK)]);
  expect([...new Set(all)].sort()).toEqual([...known].sort());
});

it.each(Object.keys(STRUCK))('has %s prove what it strikes', (file) => {
  expect(readFileSync(join(STORIES, file), 'utf8')).toContain('afterAll(isStruckAsListed);');
});
