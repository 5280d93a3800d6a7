import { afterAll, beforeAll, expect, it } from 'vitest';
import { minedReceipt } from '../minedReceipt.ts';
import { addressOf, rule, terms, TestProgram } from '../testing/testProgram.ts';
import { verify } from './verify.ts';

/** More than 23 bytes of code that does nothing: what makes an account a contract for `pull`. */
const SOME_CODE = `0x${'00'.repeat(32)}`;

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start([terms({ rules: [rule({ id: 1 })] })], { transferable: false });
});
afterAll(() => program.stop());

it('accepts moves by modules alone where points do not move freely', async () => {
  const member = await program.newWallet();
  const lines = [{ ruleId: 1, count: 5n, amount: 0n }];
  await program.settle([{ member: addressOf(member), epoch: 0, lines }]);
  await asModule('pull', member.address, 3_000n);
  await asModule('transfer', member.address, 1_000n);
  await asModule('burn', 500n);
  const report = await verify({ provider: program.provider, program: program.address });
  expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(report.checks.find(({ name }) => name === 'moves')?.checked).toBe(2);
  expect(report.totals.supply).toBe(4_500n);
});

/** Sends a call from the charter's address, as if a contract were there. */
async function asModule(name: string, ...values: unknown[]): Promise<void> {
  const { provider, charter } = program;
  await provider.send('anvil_setCode', [charter.address, SOME_CODE]);
  await provider.send('anvil_impersonateAccount', [charter.address]);
  const data = program.points.encodeFunctionData(name, values);
  const call = { from: charter.address, to: program.address, data };
  const hash = String(await provider.send('eth_sendTransaction', [call]));
  await minedReceipt(provider, hash);
}
