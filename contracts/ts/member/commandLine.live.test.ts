import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_CHAIN_ID } from '@dewpoint/infra/chain/chain.ts';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packLines } from '../statement.ts';
import { encodeTerms } from '../terms.ts';
import { STARTS_AT } from '../testing/chain/deployOnce.ts';
import {
  addressOf,
  EPOCH_LENGTH,
  FIRST_ROUND_AT,
  ROUND_PERIOD,
  ROUND_WINDOW,
  rule,
  terms,
  TestProgram,
} from '../testing/testProgram.ts';
import { pointsDomain, STATEMENT_TYPES } from '../typedData.ts';
import { runMemberCommand } from './commandLine.ts';

/** Base units: what a round pays at most. */
const BUDGET = 1_000_000n;
const HOUR = 3_600;
const day = (number: number): number => STARTS_AT + number * EPOCH_LENGTH + HOUR;

let dir: string;
let program: TestProgram;
let member: Wallet;
let rival: Wallet;

/** There is no server in this test. The operator sets things up, announces a worse rule, and is never seen again. */
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-member-'));
  program = await TestProgram.start([terms({ rules: [rule({ id: 1 })] })]);
  member = await program.newWallet();
  rival = await program.newWallet();
  const { operator } = program;
  await program.sendTo('money', operator, 'mint', operator.address, BUDGET);
  await program.sendTo('money', operator, 'approve', program.addressOf('buyback'), BUDGET);
  await program.sendTo('buyback', operator, 'deposit', BUDGET);
  await program.sendTo('catalogue', operator, 'addItem', 500n, 3n, 'A cup of tea');
  await program.settle([
    { member: addressOf(rival), epoch: 0, lines: [{ ruleId: 1, count: 100n, amount: 0n }] },
  ]);
  const worse = terms({ rules: [rule({ id: 1, perAction: 900n })] });
  await program.sendTo('charter', operator, 'announce', program.address, encodeTerms(worse));
});
afterAll(async () => {
  await program.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function run(wallet: Wallet | null, ...args: string[]) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runMemberCommand(
    [...args, '--rpc', program.chain.url, '--program', program.address],
    {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      env: wallet === null ? {} : { DEWPOINT_MEMBER_KEY: wallet.privateKey },
    },
  );
  return { exitCode, stdout, stderr };
}

async function done(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(member, ...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

const status = (): Promise<string> => done('status');

/** A receipt as the API gives it, in a file. */
async function receiptOf(count: bigint): Promise<string> {
  const statement = {
    member: member.address,
    epoch: 0,
    lines: packLines([{ ruleId: 1, count, amount: 0n }]),
  };
  const domain = pointsDomain(LOCAL_CHAIN_ID, program.address);
  const receipt = {
    chainId: LOCAL_CHAIN_ID,
    points: program.address,
    account: member.address,
    epoch: 0,
    lines: statement.lines,
    signer: program.recorder.address,
    signature: await program.recorder.signTypedData(domain, STATEMENT_TYPES, statement),
  };
  const file = join(dir, 'receipt.json');
  writeFileSync(file, JSON.stringify(receipt));
  return file;
}

describe('a member with nothing but a node and a key', () => {
  it('hands in a receipt', async () => {
    const out = await done('settle', '--receipt', await receiptOf(12n));
    expect(out).toContain('points.BatchSettled\n');
    expect(out).toContain(`to ${member.address}, value 120.00 points`);
    expect(await status()).toContain(`${member.address} has 120.00 points`);
  });

  it('objects to a change, and gets the points back after its notice', async () => {
    expect(await done('object', '--change', '1', '--points', '5')).toContain('charter.Objected');
    expect(await status()).toContain('Change 1: pending');
    const early = await run(member, 'release', '--change', '1');
    expect(early.exitCode).toBe(1);
    expect(early.stderr).toContain('The charter contract refuses release: NoticeRuns');
    expect(early.stderr).toMatch(/\(noticeEndsAt \d{4}-\d\d-\d\dT[\d:.]+Z\)/);
  });

  it('redeems, and gets the points of an order back that is overdue', async () => {
    const redeemed = await done(
      'redeem',
      '--item',
      '1',
      '--max-price',
      '5.00',
      '--reference',
      'my tea',
    );
    expect(redeemed).toMatch(/quantity 1, points 5\.00, deadline \d{4}-\d\d-\d\dT/);
    expect(await status()).toContain('Order 1: 5.00 points, open');
    expect((await run(member, 'refund', '--order', '1')).stderr).toContain('DeadlineNotReached');
    await program.moveTo(day(4));
    await done('refund', '--order', '1');
    expect(await status()).toContain('Order 1: 5.00 points, overdue and refunded');
  });

  it('takes the objection back and enacts the change when its notice is over', async () => {
    await program.moveTo(day(8));
    await done('release', '--change', '1');
    await done('enact', '--change', '1');
    expect(await status()).toContain('Change 1: in force');
    expect(await status()).toContain('has 120.00 points');
  });

  it('tenders, takes some back, and claims its share of the round', async () => {
    const early = await run(member, 'tender', '--points', '60');
    expect(early.stderr).toContain(
      `round 0 opens at ${new Date(FIRST_ROUND_AT * 1_000).toISOString()}`,
    );
    await program.moveTo(FIRST_ROUND_AT + HOUR);
    const tendered = await done('tender', '--points', '60');
    expect(tendered).toContain('amount 60.00 points, held 60.00 points, tendered 60.00 points');
    const more = await run(member, 'untender', '--points', '900');
    expect(more.stderr).toContain('(held 60.00 points, amount 900.00 points)');
    await done('untender', '--points', '10');
    await program.sendTo('buyback', rival, 'tender', 0n, 15_000n);
    await program.moveTo(FIRST_ROUND_AT + ROUND_WINDOW);
    // 200 points are tendered, and the budget buys 100 of them: half of everybody's.
    expect(await done('close')).toContain('buyback.RoundSettled');
    const claimed = await done('claim', '--round', '0');
    expect(claimed).toContain('buyback.PointsClaimed');
    expect(claimed).toContain('buyback.MoneyClaimed');
    expect(claimed).toContain('amount 25.00 points');
    expect(claimed).toContain('amount 0.25 LD');
    expect(await status()).toContain('has 95.00 points');
    expect(await status()).toContain('0.25 LD');
    expect(await done('claim', '--round', '0')).toContain('nothing left to do');
  });

  it('claims the money, to another account, of a round that bought all of its tender, settled by then or not', async () => {
    const { operator } = program;
    await program.sendTo('money', operator, 'mint', operator.address, BUDGET);
    await program.sendTo('money', operator, 'approve', program.addressOf('buyback'), BUDGET);
    await program.sendTo('buyback', operator, 'deposit', BUDGET);
    await program.moveTo(FIRST_ROUND_AT + ROUND_PERIOD + HOUR);
    expect((await run(rival, 'tender', '--points', '10')).exitCode).toBe(0);
    const early = await run(rival, 'claim', '--round', '1');
    expect(early.stderr).toContain('RoundNotSettled');
    await program.moveTo(FIRST_ROUND_AT + ROUND_PERIOD + ROUND_WINDOW);
    const to = Wallet.createRandom().address;
    const claimed = await run(rival, 'claim', '--round', '1', '--to', to);
    expect(await program.read('money', 'balanceOf', to)).toBe(100_000n);
    expect(claimed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(claimed.stdout).toContain('buyback.RoundSettled');
    expect(claimed.stdout).toContain('buyback.MoneyClaimed');
    expect(claimed.stdout).not.toContain('buyback.PointsClaimed');
    expect((await run(rival, 'claim', '--round', '1')).stdout).toContain('nothing left to do');
  });

  it('moves everything to another account', async () => {
    const next = Wallet.createRandom();
    const file = join(dir, 'next-key');
    writeFileSync(file, `${next.privateKey}\n`);
    await done('move', '--to-key-file', file);
    expect(await status()).toContain('has 0.00 points');
    expect((await run(null, 'status', '--account', next.address)).stdout).toContain(
      'has 95.00 points',
    );
  });
});

describe('what is asked for wrongly', () => {
  it.each([
    [['tender'], '--points is missing'],
    [['tender', '--points', '1.234'], 'points have 2 decimals'],
    [['tender', '--points', '0'], 'more than nothing'],
    [['object', '--change', 'one', '--points', '1'], '--change is "one"'],
    [['claim', '--round', '0', '--account', '0x12'], '--account 0x12 is not an address'],
    [['claim', '--round', '0', '--to', '0x12'], '--to 0x12 is not an address'],
    [
      ['claim', '--round', '0', '--account', `0x${'1'.repeat(40)}`, '--to', `0x${'1'.repeat(40)}`],
      'leave out --account',
    ],
    [['settle', '--receipt', '/nowhere'], "The receipt in /nowhere can't be read"],
    [['dance'], 'dance is no command'],
  ])('%j is answered in one sentence', async (args, sentence) => {
    const { exitCode, stderr } = await run(member, ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
  });

  it('a receipt of another program is told apart before anything is sent', async () => {
    const file = join(dir, 'foreign.json');
    const foreign = {
      chainId: LOCAL_CHAIN_ID,
      points: member.address,
      account: member.address,
      epoch: 0,
      lines: '0x',
      signer: member.address,
      signature: '0x',
    };
    writeFileSync(file, JSON.stringify(foreign));
    expect((await run(member, 'settle', '--receipt', file)).stderr).toContain(
      'not for this program',
    );
  });

  it('without a key it says where to put one', async () => {
    expect((await run(null, 'tender', '--points', '1')).stderr).toContain('DEWPOINT_MEMBER_KEY');
  });
});
