import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Only the layer rules run here: typed rules want files that exist, and these files do not. */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: false, project: null } },
  },
  ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-'),
});

const broken = async (filePath: string, code: string): Promise<(string | null)[]> => {
  const [result] = await eslint.lintText(code, { filePath: `${root}${filePath}` });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
};

const importing = (specifier: string): string =>
  `import { something } from '${specifier}';\nexport const used = something;\n`;

const FORBIDDEN: [file: string, specifier: string][] = [
  ['server/src/domain/statement.ts', 'node:fs'],
  ['server/src/domain/statement.ts', 'ethers'],
  ['server/src/domain/statement.ts', 'mongoose'],
  ['server/src/domain/statement.ts', 'zod'],
  ['server/src/domain/statement.ts', '../ports/chainClock.ts'],
  ['server/src/domain/statement.ts', '../lib/logger.ts'],
  ['server/src/domain/statement.ts', '../services/recording.ts'],
  ['server/src/domain/deep/statement.ts', '../../store/actions.ts'],
  ['server/src/domain/statement.ts', '@dewpoint/contracts/deploy.ts'],
  ['server/src/domain/statement.ts', '@dewpoint/server/store/actions.ts'],
  ['server/src/domain/statement.ts', '../../../contracts/ts/deploy.ts'],
  ['server/src/services/recording.ts', '../store/actions.ts'],
  ['server/src/services/recording.ts', '../chain/sender.ts'],
  ['server/src/services/recording.ts', '../graphql/schema.ts'],
  ['server/src/services/recording.ts', '../http/app.ts'],
  ['server/src/services/recording.ts', '../main.ts'],
  ['server/src/services/recording.ts', 'mongoose'],
  ['server/src/services/recording.ts', 'mongodb'],
  ['server/src/services/recording.ts', 'ethers'],
  ['server/src/services/recording.ts', 'ethers/crypto'],
  ['server/src/services/recording.ts', 'stripe'],
  ['server/src/services/recording.ts', 'express'],
  ['server/src/services/recording.ts', 'graphql'],
  ['server/src/services/recording.ts', '@dewpoint/contracts/deploy.ts'],
  ['server/src/services/recording.ts', '@dewpoint/infra/chain.ts'],
  ['server/src/ports/actionStore.ts', '../store/actions.ts'],
  ['server/src/ports/actionStore.ts', '../services/recording.ts'],
  ['server/src/store/actions.ts', '../services/recording.ts'],
  ['server/src/store/actions.ts', '../chain/sender.ts'],
  ['server/src/store/actions.ts', 'ethers'],
  ['server/src/chain/sender.ts', '../store/transactions.ts'],
  ['server/src/chain/sender.ts', 'mongoose'],
  ['server/src/payments/plan.ts', '../store/actions.ts'],
  ['server/src/payments/plan.ts', 'ethers'],
  ['server/src/graphql/member.ts', '../store/actions.ts'],
  ['server/src/graphql/member.ts', '../chain/sender.ts'],
  ['server/src/graphql/member.ts', 'mongoose'],
  ['server/src/http/app.ts', '../store/actions.ts'],
  ['server/src/http/app.ts', 'ethers'],
  ['server/src/lib/logger.ts', '../services/recording.ts'],
  ['server/src/config/config.ts', '../services/recording.ts'],
  ['server/src/main.ts', 'mongoose'],
  ['server/src/main.ts', 'ethers'],
  ['contracts/ts/formula.ts', './statement.ts'],
  ['contracts/ts/formula.ts', 'node:assert'],
  ['contracts/ts/verifier/verify.ts', '@dewpoint/server/domain/statement.ts'],
  ['contracts/ts/verifier/verify.ts', 'mongoose'],
  ['infra/src/start.ts', 'ethers'],
  ['infra/src/start.ts', 'mongodb'],
  ['web/src/console/page.ts', '@dewpoint/server/domain/statement.ts'],
];

const ALLOWED: [file: string, specifier: string][] = [
  ['server/src/domain/statement.ts', './epoch.ts'],
  ['server/src/domain/statement.ts', '@dewpoint/contracts/formula.ts'],
  ['server/src/domain/round.ts', '@dewpoint/contracts/roundMath.ts'],
  ['server/src/domain/statement.ts', '@dewpoint/contracts/statement.ts'],
  ['server/src/services/recording.ts', '../domain/epoch.ts'],
  ['server/src/services/recording.ts', '../ports/actionStore.ts'],
  ['server/src/store/actions.ts', 'mongoose'],
  ['server/src/store/actions.ts', '../ports/actionStore.ts'],
  ['server/src/chain/sender.ts', 'ethers'],
  ['server/src/chain/sender.ts', '@dewpoint/contracts/deploy.ts'],
  ['server/src/payments/plan.ts', 'stripe'],
  ['server/src/graphql/member.ts', '../services/members.ts'],
  ['server/src/http/app.ts', 'express'],
  ['server/src/main.ts', './store/actions.ts'],
  ['server/src/store/actions.test.ts', '@dewpoint/infra/database.ts'],
  ['contracts/ts/statement.ts', 'ethers'],
  ['test/e2e/record.test.ts', 'ethers'],
];

const IMPURE: [what: string, code: string][] = [
  ['the clock', 'export const now = () => Date.now();'],
  ['the date', 'export const now = () => new Date();'],
  ['chance', 'export const dice = () => Math.random();'],
  ['the environment', 'export const home = () => process.env.HOME;'],
  ['the network', "export const get = () => fetch('http://localhost');"],
];

describe('layer rules', () => {
  test.each(FORBIDDEN)('%s may not import %s', async (file, specifier) => {
    expect(await broken(file, importing(specifier))).toContain('no-restricted-imports');
  });

  test.each(FORBIDDEN.slice(0, 1))(
    '%s may not re-export or import the type of %s',
    async (file, specifier) => {
      expect(await broken(file, `export * from '${specifier}';`)).toContain(
        'no-restricted-imports',
      );
      expect(
        await broken(file, `import type { X } from '${specifier}';\nexport type Y = X;`),
      ).toContain('no-restricted-imports');
    },
  );

  test.each(ALLOWED)('%s may import %s', async (file, specifier) => {
    expect(await broken(file, importing(specifier))).toEqual([]);
  });

  test.each(IMPURE)('domain may not read %s', async (_what, code) => {
    expect(await broken('server/src/domain/statement.ts', code)).not.toEqual([]);
  });

  test('only config reads the environment', async () => {
    const code = 'export const port = process.env.PORT;';
    expect(await broken('server/src/services/recording.ts', code)).toContain(
      'no-restricted-syntax',
    );
    expect(await broken('server/src/config/config.ts', code)).toEqual([]);
  });

  test('no layer is imported dynamically', async () => {
    const code = "export const load = () => import('../store/actions.ts');";
    expect(await broken('server/src/services/recording.ts', code)).toContain(
      'no-restricted-syntax',
    );
  });
});
