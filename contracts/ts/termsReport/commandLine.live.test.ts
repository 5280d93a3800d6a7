import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_BUDGET_CAP, encodeBuybackTerms, encodeTerms } from '../terms.ts';
import { startTamperingProxy } from '../testing/tamperingProxy.ts';
import { changingLog } from '../testing/tampers.ts';
import {
  addressOf,
  BUYBACK_TERMS,
  FIRST_ROUND_AT,
  ROUND_PERIOD,
  rule,
  terms,
  TestProgram,
} from '../testing/testProgram.ts';
import { runTermsCommand } from './commandLine.ts';

const HOUR = 3_600;
const VISIT = rule({
  id: 1,
  name: 'visit',
  text: '每天签到一次得分。',
  perAction: 200n,
  maxCount: 1n,
});
const PURCHASE = rule({
  id: 2,
  name: 'purchase',
  perAction: 0n,
  perUnit: 100_000n,
  maxPoints: 50_000n,
});
const TASTING = rule({ id: 3, name: 'tasting', untilEpoch: 30 });

let program: TestProgram;

/** One improvement, one change that hurts holders and waits, and a round that is open with half of what it promises. */
beforeAll(async () => {
  program = await TestProgram.start([terms({ rules: [VISIT] })]);
  const { operator } = program;
  const holder = await program.newWallet();
  await program.settle([
    { member: addressOf(holder), epoch: 0, lines: [{ ruleId: 1, count: 1n, amount: 0n }] },
  ]);
  await program.turnTo(1);
  await program.anchor(0, `0x${'a1'.repeat(32)}`, 1);
  const better = terms({ rules: [{ ...VISIT, perAction: 300n }, PURCHASE, TASTING] });
  const announce = (target: string, bytes: string): Promise<unknown> =>
    program.sendTo('charter', operator, 'announce', target, bytes);
  await announce(program.address, encodeTerms(better));
  await program.sendTo('money', operator, 'mint', operator.address, 500_000n);
  await program.sendTo('money', operator, 'approve', program.addressOf('buyback'), 500_000n);
  await program.sendTo('buyback', operator, 'deposit', 500_000n);
  await program.moveTo(FIRST_ROUND_AT + HOUR);
  const cheaper = { ...BUYBACK_TERMS, pricePerPoint: 9_000n };
  await announce(program.addressOf('buyback'), encodeBuybackTerms(cheaper));
});
afterAll(() => program.stop());

async function run(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runTermsCommand(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { exitCode, stdout, stderr };
}
const ofProgram = (...more: string[]) =>
  run('--rpc', program.chain.url, '--program', program.address, ...more);

const moment = (seconds: number): string =>
  new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');

describe('npm run terms', () => {
  it('tells the formula of every epoch', async () => {
    const { exitCode, stdout } = await ofProgram();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'Epochs 0 to 1 (past), at most 10,000.00 points an epoch for all members:',
    );
    expect(stdout).toContain('visit: min(count, 1) x 2.00\n    每天签到一次得分。');
    expect(stdout).toContain('Without small print.\nEpoch 2 and all later ones (in force)');
    expect(stdout).toContain('visit: min(count, 1) x 3.00');
    expect(stdout).toContain('purchase: min(500.00, amount x 1,000.00 / 1,000,000)');
    expect(stdout).toContain('tasting: count x 10.00, before epoch 30 only');
    expect(stdout).toContain('log of 1 epochs was anchored, of 8 it was not');
  });

  it('tells the changes, and of a pending one what is proposed and when', async () => {
    const { stdout } = await ofProgram();
    expect(stdout).toContain('Change 1 of the rule set: in force, hurts nobody');
    expect(stdout).toContain('Change 2 of the buyback terms: pending, hurts holders');
    expect(stdout).toContain('round 1 or a later one is the last on the old terms');
    expect(stdout).toContain('10 % of the points strike one down, 23,611,832,414,348,226,068.47');
    expect(stdout).toMatch(/0\.00 points object, \d+\.\d\d strike it down:/);
    expect(stdout).toContain('  0.009 LD a point, 1.00 LD a round at most, 1.00 points a holder');
  });

  it('tells the terms of the buyback and the money that is there for it', async () => {
    const { stdout } = await ofProgram();
    expect(stdout).toContain('BUYBACK, every 14 days for 3 days');
    expect(stdout).toContain('Round 0 and all later ones (in force): 0.01 LD a point');
    expect(stdout).toContain('The reserve has 0.50 LD; 0.00 LD are owed');
    expect(stdout).toContain('1.00 LD promised, 0.50 LD there for it: 0.50 LD are missing.');
    const next = moment(FIRST_ROUND_AT + ROUND_PERIOD);
    expect(stdout).toContain(`Round 1, opens ${next}: 1.00 LD promised, 0.00 LD there`);
    expect(stdout).toContain('The contracts compute with these terms');
  });

  it('prints the same as JSON, in points, money and dates', async () => {
    const { exitCode, stdout, stderr } = await ofProgram('--json');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Reading the logs');
    const json = JSON.parse(stdout) as Record<string, unknown>;
    expect(json).toMatchObject({
      program: program.address,
      agrees: true,
      backed: false,
      anchors: { anchored: 1, missing: 8 },
      differences: [],
      ruleSets: [
        { version: 0, standing: 'past', fromEpoch: 0, toEpoch: 1, budgetPerEpoch: '10000.00' },
        {
          version: 1,
          standing: 'in force',
          toEpoch: null,
          rules: [
            { name: 'visit', perAction: '3.00', maxCount: 1, maxPoints: null, untilEpoch: null },
            { name: 'purchase', perMillionUnits: '1000.00', maxPoints: '500.00' },
            { name: 'tasting', untilEpoch: 30 },
          ],
        },
      ],
      changes: [
        { id: 1, state: 'in force' },
        { id: 2, state: 'pending', firstEligibleRound: 1 },
      ],
      buybackTerms: [{ pricePerPoint: '0.01', budgetPerRound: '1.00', minTender: '1.00' }],
      cover: {
        reserve: '0.50',
        rounds: [
          { round: 0, isOpen: true, available: '0.50', covered: false },
          { round: 1, opensAt: moment(FIRST_ROUND_AT + ROUND_PERIOD) },
        ],
      },
    });
  });

  it('ends with 1 and says which terms nobody announced', async () => {
    const hiding = changingLog('ChangeAnnounced', 0, () => []);
    const proxy = await startTamperingProxy(program.chain.url, hiding);
    const { exitCode, stdout } = await run('--rpc', proxy.url, '--program', program.address);
    await proxy.stop();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('The contracts do NOT agree');
    expect(stdout).toContain('version 1 of the rule set: expected a change that was announced');
  });

  it.each([
    [['--program', `0x${'12'.repeat(20)}`], 'There is no contract at'],
    [['--program', '0x12'], '--program 0x12 is not an address'],
    [['--wrong'], "Unknown option '--wrong'"],
    [[], 'Name both the node and the program'],
  ])('answers %j in one sentence, with 2', async (args, sentence) => {
    const { exitCode, stderr } = await run('--rpc', program.chain.url, ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
  });

  it('has a help', async () => {
    const { exitCode, stdout } = await run('--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('npm run terms -- --rpc URL --program ADDRESS');
  });
});

it('a budget without a limit is told as such', async () => {
  const free = await TestProgram.start([terms({ rules: [VISIT], budgetPerEpoch: NO_BUDGET_CAP })]);
  const { stdout } = await run('--rpc', free.chain.url, '--program', free.address);
  const json = await run('--rpc', free.chain.url, '--program', free.address, '--json');
  await free.stop();
  expect(stdout).toContain('without a limit for all members');
  expect(stdout).toContain('None so far.');
  expect(JSON.parse(json.stdout)).toMatchObject({ ruleSets: [{ budgetPerEpoch: null }] });
});
