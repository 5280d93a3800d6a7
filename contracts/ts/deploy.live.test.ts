import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram, predictProgram } from './deploy.ts';
import { packLines } from './statement.ts';
import { announce } from './testing/programCalls.ts';
import { rule, terms, TestProgram } from './testing/testProgram.ts';

describe('a deployed program', () => {
  let program: TestProgram;
  beforeAll(async () => {
    program = await TestProgram.start([terms({ rules: [rule({ id: 7, perAction: 250n })] })]);
  });
  afterAll(() => program.stop());

  it('settles what its recorder packs and what its recorder signs', async () => {
    const member = (await program.newWallet()).address as `0x${string}`;
    const lines = [{ ruleId: 7, count: 2n, amount: 0n }];
    await program.settle([{ member, epoch: 0, lines }]);
    expect(await balanceOf(member)).toBe(500n);
    const more = [{ ruleId: 7, count: 3n, amount: 0n }];
    await program.settleSigned({ member, epoch: 0, lines: more });
    expect(await balanceOf(member)).toBe(750n);
  });

  it('takes terms that were encoded in TypeScript', async () => {
    const next = terms({ rules: [rule({ id: 7, perAction: 300n })] });
    await announce(program, next);
    expect(await program.read('points', 'ruleSetCount')).toBe(2n);
    await program.turnTo(1);
    const lines = packLines([{ ruleId: 7, count: 1n, amount: 0n }]);
    const data = program.points.encodeFunctionData('pointsOf', [1, lines]);
    expect(BigInt(await program.provider.call({ to: program.address, data }))).toBe(300n);
  });

  it('is created where the factory predicts it, once for every salt', async () => {
    const { operator, provider, deployed, settings } = program;
    const { timestamp = 0 } = (await provider.getBlock('latest')) ?? {};
    const another = { ...settings, startsAt: timestamp };
    const opening = [terms({ rules: [rule({ id: 1 })] })] as const;
    const salt = `0x${'5a'.repeat(32)}` as const;
    const predicted = await predictProgram(provider, deployed.programs, another, opening, salt);
    const created = await createProgram(operator, deployed.programs, another, opening, salt);
    expect(created).toMatchObject(predicted);
    expect(created.points).not.toBe(program.address);
    const receipt = await program.provider.getTransactionReceipt(created.tx);
    expect(receipt?.blockNumber).toBe(created.block);
  });

  async function balanceOf(member: string): Promise<bigint> {
    const data = program.points.encodeFunctionData('balanceOf', [member]);
    return BigInt(await program.provider.call({ to: program.address, data }));
  }
});
