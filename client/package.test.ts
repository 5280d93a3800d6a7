import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generatedOperations } from './codegen.mjs';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

it('needs no other package', () => {
  const manifest = JSON.parse(readFileSync(path('package.json'), 'utf8')) as object;
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    expect(manifest).not.toHaveProperty(kind);
  }
});

it('has the types of the committed schema: npm run schema', async () => {
  expect(readFileSync(path('src/generated.ts'), 'utf8')).toBe(await generatedOperations());
});
