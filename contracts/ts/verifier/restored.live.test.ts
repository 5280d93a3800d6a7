import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChain } from '@dewpoint/infra/chain/chain.ts';
import { expect, it } from 'vitest';
import { STARTS_AT } from '../testing/chain/deployOnce.ts';
import { addressOf, rule, terms, TestProgram } from '../testing/testProgram.ts';
import { HttpRpc } from './rpc/httpRpc.ts';
import { verify } from './verify.ts';

it('finds the same on a chain that was started again from a dump, which has no old state', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'dewpoint-verify-'));
  const program = await TestProgram.start([terms({ rules: [rule({ id: 1 })] })], {}, { dir });
  const members = await Promise.all([program.newWallet(), program.newWallet()]);
  for (const epoch of [0, 1, 2]) {
    await program.turnTo(epoch + 3);
    const lines = [{ ruleId: 1, count: 5n, amount: 0n }];
    await program.settle(members.map((wallet) => ({ member: addressOf(wallet), epoch, lines })));
  }
  const before = await verify({ provider: program.provider, program: program.address });
  expect(before.ok).toBe(true);
  await program.stop();

  const restored = await startChain({ dir, genesisTimestamp: STARTS_AT });
  expect(restored.resumed).toBe(true);
  const provider = new HttpRpc(restored.url);
  expect(await verify({ provider, program: program.address })).toEqual(before);
  await restored.stop();
  await rm(dir, { recursive: true });
});
