import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eslintFor } from './lintedProgram.ts';

/** A folder with rules of its own: one that wants types, and no other. */
const folderWith = (files: Record<string, string>): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dewpoint-linted-')));
  const all = {
    'tsconfig.json':
      '{ "compilerOptions": { "strict": true, "allowImportingTsExtensions": true } }',
    'eslint.config.js': `
      import tseslint from '${import.meta.resolve('typescript-eslint')}';
      export default tseslint.config({
        files: ['**/*.ts'],
        extends: [tseslint.configs.base],
        rules: { '@typescript-eslint/no-floating-promises': 'error' },
      });`,
    'package.json': '{ "type": "module" }',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return `${folder}/`;
};

test('a rule that wants types sees those of files that are not linted themselves', async () => {
  const folder = folderWith({
    'settle.ts': 'export const settle = async (): Promise<void> => {};',
    'main.ts': "import { settle } from './settle.ts';\nsettle();",
  });
  const results = await eslintFor(folder, ['main.ts']).lintFiles(['main.ts']);
  expect(results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual([
    '@typescript-eslint/no-floating-promises',
  ]);
});
