/** What operators, members and strangers do with the charter, the buyback and the catalogue of a test's program. */
import { encodeBytes32String, type TransactionReceipt, type Wallet } from 'ethers';
import type { Hex } from '../statement.ts';
import { encodeBuybackTerms, encodeTerms, type BuybackTerms, type RuleSetTerms } from '../terms.ts';
import { FIRST_ROUND_AT, ROUND_PERIOD, ROUND_WINDOW, type TestProgram } from './testProgram.ts';

/** A change that was announced. */
export interface TestChange {
  readonly id: number;
  readonly terms: Hex;
  readonly receipt: TransactionReceipt;
}

/** The operator announces a rule set or buyback terms; an improvement is in force at once. */
export async function announce(
  program: TestProgram,
  next: RuleSetTerms | BuybackTerms,
): Promise<TestChange> {
  const isRuleSet = 'rules' in next;
  const terms = isRuleSet ? encodeTerms(next) : encodeBuybackTerms(next);
  const target = program.addressOf(isRuleSet ? 'points' : 'buyback');
  const receipt = await program.sendTo('charter', program.operator, 'announce', target, terms);
  return { id: Number(await program.read('charter', 'changeCount')), terms, receipt };
}

/** A stranger enacts a change that is due. */
export async function enact(
  program: TestProgram,
  { id, terms }: TestChange,
): Promise<TransactionReceipt> {
  return program.sendTo('charter', program.stranger, 'enact', id, terms);
}

export async function object(
  program: TestProgram,
  holder: Wallet,
  { id }: TestChange,
  amount: bigint,
): Promise<TransactionReceipt> {
  return program.sendTo('charter', holder, 'object', id, amount);
}

/** A stranger gives a holder its objected points back. */
export async function release(
  program: TestProgram,
  holder: Wallet,
  { id }: TestChange,
): Promise<TransactionReceipt> {
  return program.sendTo('charter', program.stranger, 'release', id, holder.address);
}

/** The operator adds so much newly minted money to the reserve. */
export async function deposit(program: TestProgram, amount: bigint): Promise<TransactionReceipt> {
  const { operator } = program;
  await program.sendTo('money', operator, 'mint', operator.address, amount);
  await program.sendTo('money', operator, 'approve', program.addressOf('buyback'), amount);
  return program.sendTo('buyback', operator, 'deposit', amount);
}

/** Moves the clock into a round. */
export async function enterRound(program: TestProgram, round: number): Promise<void> {
  await program.moveTo(FIRST_ROUND_AT + round * ROUND_PERIOD);
}

/** Moves the clock to the close of a round, and a stranger settles it. */
export async function closeRound(program: TestProgram, round: number): Promise<TransactionReceipt> {
  await program.moveTo(FIRST_ROUND_AT + round * ROUND_PERIOD + ROUND_WINDOW);
  return program.sendTo('buyback', program.stranger, 'settle');
}

export async function tender(
  program: TestProgram,
  holder: Wallet,
  round: number,
  amount: bigint,
): Promise<TransactionReceipt> {
  return program.sendTo('buyback', holder, 'tender', round, amount);
}

/** A stranger hands a holder what a round brought, where it brought any: the money and the points that were not bought. */
export async function claim(program: TestProgram, holder: Wallet, round: number): Promise<void> {
  const share = (await program.read('buyback', 'shareOf', round, holder.address)) as {
    readonly paid: bigint;
    readonly returned: bigint;
  };
  const { stranger } = program;
  const { address } = holder;
  if (share.paid > 0n) await program.sendTo('buyback', stranger, 'claimMoney', round, address);
  if (share.returned > 0n) await program.sendTo('buyback', stranger, 'claimPoints', round, address);
}

/** The operator adds an item, whose number comes back. */
export async function addItem(program: TestProgram, price: bigint, stock: number): Promise<number> {
  await program.sendTo('catalogue', program.operator, 'addItem', price, stock, 'A mug');
  return Number(await program.read('catalogue', 'itemCount'));
}

/** Orders pieces at any price; the number of the order comes back. */
export async function redeem(
  program: TestProgram,
  member: Wallet,
  item: number,
  quantity = 1,
): Promise<number> {
  const reference = encodeBytes32String(`order ${String(await orderCount(program))}`);
  const values = [item, quantity, 2n ** 96n - 1n, reference];
  await program.sendTo('catalogue', member, 'redeem', ...values);
  return orderCount(program);
}

async function orderCount(program: TestProgram): Promise<number> {
  return Number(await program.read('catalogue', 'orderCount'));
}
