import type { Wallet } from 'ethers';
import type { BuybackTerms } from '../terms.ts';
import { STARTS_AT } from './chain/deployOnce.ts';
import {
  announce,
  claim,
  closeRound,
  deposit,
  enact,
  enterRound,
  tender,
  type TestChange,
} from './programCalls.ts';
import { addressOf, EPOCH_LENGTH, rule, terms, TestProgram } from './testProgram.ts';

/** A backed program whose money has been through everything at least once. */
export interface BackedProgram {
  readonly program: TestProgram;
  readonly ada: Wallet;
  readonly ben: Wallet;
  readonly cem: Wallet;
  /** Changes in the order of their announcement. */
  readonly changes: readonly TestChange[];
}

const RULE = rule({ id: 1 });
/** Base units that one epoch of the clock may mint. */
const BUDGET = 8_000n;
const OPENING: BuybackTerms = {
  pricePerPoint: 10_000n,
  budgetPerRound: 300_000n,
  minTender: 100n,
};
const BETTER: BuybackTerms = { ...OPENING, pricePerPoint: 12_000n };
const WORSE: BuybackTerms = { ...OPENING, pricePerPoint: 11_000n };
/** Offers more money, and then a better price. */
export const MORE_MONEY: BuybackTerms = { ...WORSE, budgetPerRound: 7_000_000n };
export const BETTER_PRICE: BuybackTerms = { ...MORE_MONEY, pricePerPoint: 11_500n };
/** What can be taken out, to the last unit: 10.5 million less what backs 8,000 and eight budgets at the better price. */
export const WITHDRAWN = 1_860_000n;

/** Days from the start on. Rounds are open on days 10 to 12, 24 to 26, ... */
const day = (number: number): number => STARTS_AT + number * EPOCH_LENGTH;

/**
 * The story of a backed program: points that wait for money, a better price and a withdrawal as far as they go, a last
 * round that buys with all the money before the price falls, more money for a round and a better price again.
 */
export async function startBackedProgram(): Promise<BackedProgram> {
  const opening = terms({ budgetPerEpoch: BUDGET, rules: [RULE] });
  const program = await TestProgram.start([opening], { backed: true, buyback: OPENING });
  const [ada, ben, cem] = await Promise.all([
    program.newWallet(),
    program.newWallet(),
    program.newWallet(),
  ]);
  const statement = (member: Wallet, count: bigint) => ({
    member: addressOf(member),
    epoch: 0,
    lines: [{ ruleId: RULE.id, count, amount: 0n }],
  });
  // No money, no points; then money for five of the eight points that are earned.
  await program.settle([statement(ada, 3n)]);
  await deposit(program, 500_000n);
  await program.settle([statement(ada, 3n), statement(ben, 4n), statement(cem, 1n)]);
  // Just what the five are worth at the better price.
  await deposit(program, 100_000n);
  const better = await announce(program, BETTER);
  await program.moveTo(day(1));
  await deposit(program, 9_900_000n);
  await program.settle([statement(ben, 4n), statement(cem, 1n)]);
  const { operator } = program;
  await program.sendTo('buyback', operator, 'withdraw', operator.address, WITHDRAWN);
  await program.moveTo(day(2));
  const worse = await announce(program, WORSE);
  await enterRound(program, 0);
  await tender(program, ada, 0, 3_000n);
  await tender(program, ben, 0, 4_000n);
  await closeRound(program, 0);
  await enact(program, worse);
  await claim(program, ada, 0);
  await program.moveTo(day(14));
  const moreMoney = await announce(program, MORE_MONEY);
  // While round 1 is open, so it holds from round 2 on.
  await program.moveTo(day(24) + EPOCH_LENGTH / 2);
  const betterPrice = await announce(program, BETTER_PRICE);
  return { program, ada, ben, cem, changes: [better, worse, moreMoney, betterPrice] };
}
