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
  ruleFilter: ({ ruleId }) =>
    ruleId.startsWith('no-restricted-') || ruleId === 'boundaries/dependencies',
});

const broken = async (filePath: string, code: string): Promise<(string | null)[]> => {
  const [result] = await eslint.lintText(code, { filePath: `${root}${filePath}` });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
};

const importing = (specifier: string): string =>
  `import { something } from '${specifier}';\nexport const used = something;\n`;

/** Files are held by the path that they resolve to, so the imported ones have to exist; packages are held by name. */
const ruleAgainst = (specifier: string): string =>
  specifier.startsWith('../') ? 'boundaries/dependencies' : 'no-restricted-imports';

const FORBIDDEN: [file: string, specifier: string][] = [
  ['web/src/wallet/App.tsx', '../audit/AuditPage.tsx'],
  ['web/src/audit/AuditPage.tsx', '../wallet/App.tsx'],
  ['web/src/shared/graphql/client.ts', '../../wallet/App.tsx'],
  ['web/src/wallet/App.tsx', 'ethers'],
  ['web/src/wallet/ownWallet/OwnWalletSheet.tsx', 'ethers'],
  ['web/src/wallet/ownWallet/readCall.ts', '@dewpoint/contracts/contractInterfaces.ts'],
  ['web/src/wallet/App.tsx', '@dewpoint/contracts/verifier/verify.ts'],
  ['web/src/audit/AuditPage.tsx', '@dewpoint/server/main.ts'],
  ['server/src/domain/statements/statement.ts', 'node:fs'],
  ['server/src/domain/statements/statement.ts', 'ethers'],
  ['server/src/domain/statements/statement.ts', 'mongoose'],
  ['server/src/domain/statements/statement.ts', 'zod'],
  ['server/src/domain/statements/statement.ts', '../../ports/chain/clock.ts'],
  ['server/src/domain/statements/statement.ts', '../../lib/logger.ts'],
  ['server/src/domain/statements/statement.ts', '../../services/actions/recordActions.ts'],
  ['server/src/domain/statements/deep/statement.ts', '../../../store/actions/actions.ts'],
  ['server/src/domain/statements/statement.ts', '@dewpoint/contracts/deploy.ts'],
  ['server/src/domain/statements/statement.ts', '@dewpoint/server/store/actions/actions.ts'],
  ['server/src/domain/statements/statement.ts', '../../../../contracts/ts/deploy.ts'],
  ['server/src/services/actions/recordActions.ts', '../../store/actions/actions.ts'],
  ['server/src/services/actions/recordActions.ts', '../../chain/transactions/gateway.ts'],
  ['server/src/services/actions/recordActions.ts', '../../graphql/schema.ts'],
  ['server/src/services/actions/recordActions.ts', '../../http/app.ts'],
  ['server/src/services/actions/recordActions.ts', '../../main.ts'],
  ['server/src/services/actions/recordActions.ts', 'mongoose'],
  ['server/src/services/actions/recordActions.ts', 'mongodb'],
  ['server/src/services/actions/recordActions.ts', 'ethers'],
  ['server/src/services/access/walletSignIn.ts', '@signinwithethereum/siwe'],
  ['server/src/services/actions/recordActions.ts', 'ethers/crypto'],
  ['server/src/services/actions/recordActions.ts', 'stripe'],
  ['server/src/services/actions/recordActions.ts', 'express'],
  ['server/src/services/actions/recordActions.ts', 'graphql'],
  ['server/src/services/actions/recordActions.ts', '@dewpoint/contracts/deploy.ts'],
  ['server/src/services/actions/recordActions.ts', '@dewpoint/infra/chain.ts'],
  ['server/src/ports/stores/actions.ts', '../../store/actions/actions.ts'],
  ['server/src/ports/stores/actions.ts', '../../services/actions/recordActions.ts'],
  ['server/src/store/actions/actions.ts', '../../services/actions/recordActions.ts'],
  ['server/src/store/actions/actions.ts', '../../chain/transactions/gateway.ts'],
  ['server/src/store/actions/actions.ts', 'ethers'],
  ['server/src/chain/transactions/gateway.ts', '../../store/transactions/transactions.ts'],
  ['server/src/chain/transactions/gateway.ts', 'mongoose'],
  ['server/src/payments/stripe/plan.ts', '../../store/actions/actions.ts'],
  ['server/src/payments/stripe/plan.ts', 'ethers'],
  ['server/src/payments/stripe/plan.ts', '../../services/actions/recordActions.ts'],
  ['server/src/auth/people.ts', '../store/actions/actions.ts'],
  ['server/src/auth/people.ts', '../mail/mail.ts'],
  ['server/src/auth/people.ts', 'mongodb'],
  ['server/src/auth/people.ts', 'nodemailer'],
  ['server/src/outgoing/hookSender.ts', '../services/webhooks/teller.ts'],
  ['server/src/services/webhooks/deliverer.ts', 'standardwebhooks'],
  ['server/src/services/webhooks/deliverer.ts', '../../outgoing/hookSender.ts'],
  ['server/src/mail/mail.ts', '../services/organisations/team.ts'],
  ['server/src/services/organisations/team.ts', '../../mail/mail.ts'],
  ['server/src/services/organisations/team.ts', 'nodemailer'],
  ['server/src/composition/composePeople.ts', 'nodemailer'],
  ['server/src/graphql/members/member.ts', '../../store/actions/actions.ts'],
  ['server/src/graphql/members/member.ts', '../../chain/transactions/gateway.ts'],
  ['server/src/graphql/members/member.ts', 'mongoose'],
  ['server/src/http/app.ts', '../store/actions/actions.ts'],
  ['server/src/http/app.ts', 'ethers'],
  ['server/src/lib/logger.ts', '../services/actions/recordActions.ts'],
  ['server/src/config/config.ts', '../services/actions/recordActions.ts'],
  ['server/src/http/app.ts', 'better-auth'],
  ['server/src/services/access/apiKeys.ts', '@better-auth/core'],
  ['server/src/ports/chain/chain.ts', '../../chain/connect.ts'],
  ['server/src/services/actions/recordActions.ts', '../../composition/composeServices.ts'],
  ['server/src/graphql/members/member.ts', '../../composition/composeServices.ts'],
  ['server/src/graphql/members/member.ts', '../../commands/schema.ts'],
  ['server/src/graphql/members/member.ts', '../../demo/demo.ts'],
  ['server/src/graphql/members/member.ts', '../../testing/sampleInput.ts'],
  ['server/src/composition/composeServices.ts', '../demo/demo.ts'],
  ['server/src/composition/composeServices.ts', '../commands/schema.ts'],
  ['server/src/demo/demo.ts', '../store/connect.ts'],
  ['server/src/demo/demo.ts', '../graphql/schema.ts'],
  ['server/src/commands/apiKey.ts', '../composition/composeServices.ts'],
  ['server/src/commands/apiKey.ts', '@dewpoint/server/chain/connect.ts'],
  ['server/src/composition/composeServices.ts', 'better-auth'],
  ['server/src/main.ts', 'mongoose'],
  ['server/src/main.ts', 'ethers'],
  ['contracts/ts/formula.ts', './statement.ts'],
  ['contracts/ts/formula.ts', 'node:assert'],
  ['contracts/ts/verifier/verify.ts', '@dewpoint/server/domain/statement.ts'],
  ['contracts/ts/verifier/verify.ts', 'mongoose'],
  ['infra/src/start.ts', 'ethers'],
  ['infra/src/start.ts', 'mongodb'],
  ['infra/src/start.ts', '../../contracts/ts/deploy.ts'],
  ['web/src/console/page.ts', '@dewpoint/server/domain/statement.ts'],
];

const ALLOWED: [file: string, specifier: string][] = [
  ['server/src/domain/statements/statement.ts', './due.ts'],
  ['server/src/domain/statements/statement.ts', '@dewpoint/contracts/formula.ts'],
  ['server/src/domain/buyback/round.ts', '@dewpoint/contracts/roundMath.ts'],
  ['server/src/domain/statements/statement.ts', '@dewpoint/contracts/statement.ts'],
  ['server/src/services/actions/recordActions.ts', '../../domain/epochs.ts'],
  ['server/src/services/actions/recordActions.ts', '../../ports/stores/actions.ts'],
  ['server/src/store/actions/actions.ts', 'mongoose'],
  ['server/src/store/actions/actions.ts', '../../ports/stores/actions.ts'],
  ['server/src/chain/transactions/gateway.ts', 'ethers'],
  ['server/src/chain/transactions/gateway.ts', '@dewpoint/contracts/deploy.ts'],
  ['server/src/payments/stripe/plan.ts', 'stripe'],
  ['server/src/auth/people.ts', 'better-auth'],
  ['server/src/mail/mail.ts', 'nodemailer'],
  ['server/src/outgoing/hookSender.ts', 'standardwebhooks'],
  ['server/src/ports/stores/actions.ts', '../chain/chain.ts'],
  ['server/src/composition/composeServices.ts', '../store/connect.ts'],
  ['server/src/demo/demo.ts', '../chain/connect.ts'],
  ['server/src/commands/schema.ts', '../graphql/schema.ts'],
  ['server/src/graphql/members/member.ts', '../../services/members/members.ts'],
  ['server/src/http/app.ts', 'express'],
  ['server/src/main.ts', './store/actions/actions.ts'],
  ['server/src/store/actions/actions.test.ts', '@dewpoint/infra/database.ts'],
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

/** The first of them reads all rules and their plugins, which takes long on a busy machine. */
describe('layer rules', { timeout: 120_000 }, () => {
  test.each(FORBIDDEN)('%s may not import %s', async (file, specifier) => {
    expect(await broken(file, importing(specifier))).toContain(ruleAgainst(specifier));
  });

  test.each([
    ['server/src/domain/statements/statement.ts', 'node:fs'],
    ['server/src/domain/statements/statement.ts', '../../lib/logger.ts'],
  ])('%s may not re-export or import the type of %s', async (file, specifier) => {
    const rule = ruleAgainst(specifier);
    expect(await broken(file, `export * from '${specifier}';`)).toContain(rule);
    expect(await broken(file, `export { X } from '${specifier}';`)).toContain(rule);
    expect(
      await broken(file, `import type { X } from '${specifier}';\nexport type Y = X;`),
    ).toContain(rule);
  });

  test.each(ALLOWED)('%s may import %s', async (file, specifier) => {
    expect(await broken(file, importing(specifier))).toEqual([]);
  });

  test.each(IMPURE)('domain may not read %s', async (_what, code) => {
    expect(await broken('server/src/domain/statements/statement.ts', code)).not.toEqual([]);
  });

  test('only config reads the environment', async () => {
    const code = 'export const port = process.env.PORT;';
    expect(await broken('server/src/services/actions/recordActions.ts', code)).toContain(
      'no-restricted-syntax',
    );
    expect(await broken('server/src/config/config.ts', code)).toEqual([]);
  });

  test('no layer is imported dynamically', async () => {
    const code = "export const load = () => import('../../store/actions/actions.ts');";
    const rules = await broken('server/src/services/actions/recordActions.ts', code);
    expect(rules).toContain('no-restricted-syntax');
    expect(rules).toContain('boundaries/dependencies');
  });
});
