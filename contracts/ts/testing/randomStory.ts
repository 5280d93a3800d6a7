import { encodeBytes32String, type Wallet } from 'ethers';
import { expect } from 'vitest';
import type { Hex } from '../statement.ts';
import { NO_DOCUMENT } from '../terms.ts';
import { verify } from '../verifier/verify.ts';
import { announce, deposit, type TestChange } from './programCalls.ts';
import { STARTS_AT } from './chain/deployOnce.ts';
import {
  addressOf,
  BUYBACK_TERMS,
  rule,
  terms,
  TestProgram,
  type TestStatement,
} from './testProgram.ts';

const HOUR = 3_600;
const DOCUMENT_HASH: Hex = `0x${'d0'.repeat(32)}`;
const noCall = Promise.resolve();

interface Cast {
  readonly program: TestProgram;
  readonly members: readonly Wallet[];
}

/** A whole number from 0 up to the one given, without it. */
type Random = (below: number) => number;

/** The same numbers in every run (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/**
 * Lets anybody try anything on a program of its own, so many times, and expects the verifier to find nothing wrong with it: and changes,
 * rounds and orders among what happened.
 */
export async function expectRandomStoryIsVerified(
  steps: number,
  seed: number,
  backed = false,
): Promise<void> {
  const cast = await startCast(backed);
  const { program } = cast;
  try {
    const random = randomFrom(seed);
    const attempts = attemptsOf(cast, random, []);
    for (let step = 0; step < steps; step++) {
      // Most of it is refused by the contracts, before it is sent.
      await attempts[random(attempts.length)]?.().catch(refused);
      if (random(2) > 0) continue;
      const { timestamp = 0 } = (await program.provider.getBlock('latest')) ?? {};
      await program.moveTo(timestamp + (random(40) + 1) * HOUR);
    }
    const report = await verify({ provider: program.provider, program: program.address });
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    const { changes, enacted, rounds, orders, anchors } = report.totals;
    for (const count of [changes, enacted, rounds, orders, anchors]) {
      expect(count).toBeGreaterThan(0);
    }
    if (backed) expect(report.checks.find(({ id }) => id === 'backed')?.checked).toBeGreaterThan(3);
  } finally {
    await program.stop();
  }
}

/** A program with short rounds in which a few objections are enough, and members with points. */
async function startCast(backed: boolean): Promise<Cast> {
  const program = await TestProgram.start([terms({ rules: [rule({ id: 1 }), rule({ id: 2 })] })], {
    backed,
    objectionThresholdBps: 200,
    firstRoundAt: STARTS_AT + 24 * HOUR,
    roundPeriod: 6 * 24 * HOUR,
    roundWindow: 4 * 24 * HOUR,
  });
  const members = await Promise.all([
    program.newWallet(),
    program.newWallet(),
    program.newWallet(),
  ]);
  if (backed) await deposit(program, 10_000_000n);
  await program.settle(
    members.map((member) => ({
      member: addressOf(member),
      epoch: 0,
      lines: [{ ruleId: 1, count: 300n, amount: 0n }],
    })),
  );
  return { program, members };
}

/** One call that anybody may try. */
type Attempt = () => Promise<unknown>;

function attemptsOf({ program, members }: Cast, random: Random, changes: TestChange[]): Attempt[] {
  const { operator, stranger } = program;
  const member = () => members[random(members.length)] ?? stranger;
  const id = () => random(changes.length + 1) + 1;
  const round = () => random(12);
  const amount = (below: number) => BigInt(random(below) + 1);
  const call =
    (contract: 'charter' | 'buyback' | 'catalogue', from: () => Wallet, name: string) =>
    (...values: unknown[]) =>
      program.sendTo(contract, from(), name, ...values);
  const by = { operator: () => operator, stranger: () => stranger, member };
  const announced = async (change: Promise<TestChange>) => changes.push(await change);
  const rules = () =>
    terms({
      notBefore: random(3) === 0 ? random(120) : 0,
      budgetPerEpoch: 1_000_000n + BigInt(random(3) - 1),
      documentHash: random(4) === 0 ? DOCUMENT_HASH : NO_DOCUMENT,
      rules: [rule({ id: 1, perAction: 1_000n + BigInt(random(3) - 1) }), rule({ id: 2 })],
    });
  const prices = () => ({
    ...BUYBACK_TERMS,
    pricePerPoint: 10_000n * (random(9) === 0 ? 3n : 1n) + BigInt(random(3) - 1),
    budgetPerRound: BUYBACK_TERMS.budgetPerRound * (random(3) === 0 ? 2n : 1n),
  });
  const keys = [program.recorder, stranger, ...members];
  const key = () => keys[random(keys.length)] ?? stranger;
  const enact = () => {
    const change = changes[random(changes.length)];
    return change && call('charter', by.stranger, 'enact')(change.id, change.terms);
  };
  return [
    () => announced(announce(program, rules())),
    () => announced(announce(program, prices())),
    async () => enact(),
    async () => enact(),
    async () => enact(),
    () => call('charter', by.member, 'object')(changes.length, amount(30_000)),
    () => call('charter', by.member, 'object')(changes.length, amount(30_000)),
    () => call('charter', by.member, 'object')(changes.length, amount(30_000)),
    () => call('charter', by.member, 'object')(changes.length, amount(30_000)),
    () => call('charter', by.stranger, 'strike')(changes.length),
    () => call('charter', by.stranger, 'release')(id(), member().address),
    () => (random(4) > 0 ? call('charter', by.operator, 'withdraw')(id()) : noCall),
    async () => tender(member(), amount(60_000)),
    async () => tender(member(), amount(60_000)),
    async () => tender(member(), amount(60_000)),
    async () => tender(member(), amount(60_000)),
    () => call('buyback', by.member, 'untender')(round(), amount(20_000)),
    () => call('buyback', by.stranger, 'settle')(),
    () => call('buyback', by.stranger, 'claimMoney')(round(), member().address),
    () => call('buyback', by.stranger, 'claimPoints')(round(), member().address),
    () => call('buyback', by.member, 'claimMoneyTo')(round(), stranger.address),
    async () => sendMoney(member()),
    () => deposit(program, amount(2_000_000)),
    () => call('buyback', by.operator, 'withdraw')(operator.address, amount(200_000)),
    () => program.sendTo('money', stranger, 'mint', program.addressOf('buyback'), amount(9)),
    () => call('buyback', by.stranger, 'sync')(),
    () => call('catalogue', by.operator, 'addItem')(amount(900), random(4) + 1, 'A thing'),
    () => call('catalogue', by.operator, 'setPrice')(random(5) + 1, amount(900)),
    () => call('catalogue', by.operator, 'addStock')(random(5) + 1, random(3) + 1),
    () => call('catalogue', by.operator, 'scheduleWithdrawal')(random(5) + 1),
    () => call('catalogue', by.operator, 'cancelWithdrawal')(random(5) + 1),
    async () => redeem(random(2) + 1),
    async () => redeem(random(2) + 1),
    async () => redeem(random(2) + 1),
    () => call('catalogue', by.operator, 'fulfil')(random(9) + 1),
    () => call('catalogue', () => (random(2) ? operator : stranger), 'refund')(random(9) + 1),
    async () => settleNow(amount(200)),
    async () => settleNow(amount(200)),
    async () => settleSigned(key(), amount(200)),
    async () => anchor(),
    async () => anchor(),
    () => (random(3) === 0 ? program.send(operator, 'rotateRecorder', key().address) : noCall),
    () =>
      random(9) === 0
        ? program.send(operator, 'revokeRecorder', key().address, key().address)
        : noCall,
  ];

  async function tender(holder: Wallet, points: bigint): Promise<void> {
    const current = await program.read('buyback', 'currentRound');
    await program.sendTo('buyback', holder, 'tender', current, points);
  }

  async function redeem(item: number): Promise<void> {
    const reference = encodeBytes32String(String(random(40)));
    await call('catalogue', by.member, 'redeem')(item, random(2) + 1, 10_000n, reference);
  }

  async function sendMoney(holder: Wallet): Promise<void> {
    await program.sendTo('money', holder, 'approve', program.addressOf('buyback'), 10n);
    await program.sendTo('buyback', holder, 'sendMoney', stranger.address, 10n);
  }

  async function recorder(): Promise<Wallet> {
    const current = await program.read('points', 'recorder');
    const found = keys.find(({ address }) => address === current);
    if (found === undefined) throw new Error(`nobody here is ${String(current)}`);
    return found;
  }

  /** Of this epoch and one before it: some were settled already, and some windows are closed. */
  async function statements(count: bigint): Promise<TestStatement[]> {
    const now = Number(await program.read('points', 'currentEpoch'));
    const lines = [{ ruleId: 1, count, amount: 0n }];
    return [now, Math.max(0, now - random(12)), now].map((epoch) => ({
      member: addressOf(member()),
      epoch,
      lines,
    }));
  }

  async function settleNow(count: bigint): Promise<void> {
    await program.settle(await statements(count), await recorder());
  }

  async function settleSigned(signer: Wallet, count: bigint): Promise<void> {
    const [, statement] = await statements(count);
    if (statement !== undefined) await program.settleSigned(statement, signer);
  }

  async function anchor(): Promise<void> {
    const epoch = Number(await program.read('points', 'currentEpoch')) - 1;
    if (epoch >= 0) await program.anchor(epoch, DOCUMENT_HASH, random(9), await recorder());
  }
}

/** Passes over what a contract refused; anything else is a fault of the test. */
function refused(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'CALL_EXCEPTION')) throw error;
}
