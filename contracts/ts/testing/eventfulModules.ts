import type { Wallet } from 'ethers';
import {
  addItem,
  announce,
  claim,
  closeRound,
  deposit,
  enact,
  object,
  enterRound,
  redeem,
  release,
  tender,
  type TestChange,
} from './programCalls.ts';
import { STARTS_AT } from './chain/deployOnce.ts';
import { addressOf, BUYBACK_TERMS, EPOCH_LENGTH, rule, terms, TestProgram } from './testProgram.ts';

/** A program whose terms, rounds and orders have been through everything at least once. */
export interface EventfulModules {
  readonly program: TestProgram;
  readonly ada: Wallet;
  readonly ben: Wallet;
  readonly cem: Wallet;
  /** Changes in the order of their announcement, by how they ended. */
  readonly changes: {
    readonly better: TestChange;
    readonly worse: TestChange;
    readonly struckDown: TestChange;
    readonly withdrawn: TestChange;
    readonly betterBuyback: TestChange;
    readonly worseBuyback: TestChange;
    readonly dead: TestChange;
    readonly afterDeath: TestChange;
  };
  /** Blocks in which the hurtful changes were enacted. */
  readonly enactedIn: { readonly worse: number; readonly worseBuyback: number };
}

const RULE = rule({ id: 1 });
const RULES = { better: 1_200n, worse: 900n, dead: 500n } as const;
/** In force three days after the notice of the worse rules. */
const WORSE_NOT_BEFORE = 12;
const PRICES = { better: 11_000n, worse: 9_000n } as const;

/** Days from the start on. Rounds are open on days 10 to 12, 24 to 26, 38 to 40, 52 to 54, ... */
const day = (number: number): number => STARTS_AT + number * EPOCH_LENGTH;

/**
 * The story of a program: rules improved, worsened with notice, struck down and withdrawn; a worse price after its last
 * round; two rounds with tenders, one of them oversubscribed; orders fulfilled, refused, overdue and open.
 */
export async function startEventfulModules(): Promise<EventfulModules> {
  const program = await TestProgram.start([terms({ rules: [RULE] })]);
  const [ada, ben, cem] = await Promise.all([
    program.newWallet(),
    program.newWallet(),
    program.newWallet(),
  ]);
  const people = { program, ada, ben, cem };
  await earn(people, 0, [100n, 50n, 20n]);
  await program.moveTo(day(1));
  const better = await announce(program, terms({ rules: [{ ...RULE, perAction: RULES.better }] }));
  await stockTheCatalogue(people);
  const worse = await worsenRules(people);
  await endOrders(people);
  await program.moveTo(day(9) + EPOCH_LENGTH / 2);
  const enactedWorse = await enact(program, worse);
  await release(program, ben, worse);
  await roundWithoutPressure(people);
  const struckDown = await strikeDown(people);
  const withdrawn = await withdrawAnother(people);
  await oversubscribedRound(people);
  const betterBuyback = await improveBuyback(people);
  const { change: worseBuyback, block } = await worsenBuyback(people);
  const { dead, afterDeath } = await letDie(people);
  return {
    ...people,
    changes: {
      better,
      worse,
      struckDown,
      withdrawn,
      betterBuyback,
      worseBuyback,
      dead,
      afterDeath,
    },
    enactedIn: { worse: enactedWorse.blockNumber, worseBuyback: block },
  };
}

type People = Pick<EventfulModules, 'program' | 'ada' | 'ben' | 'cem'>;

/** So many actions of ada, ben and cem, at 10 points each by the first rules. */
async function earn(
  { program, ada, ben, cem }: People,
  epoch: number,
  counts: readonly [bigint, bigint, bigint],
): Promise<void> {
  const members = [ada, ben, cem];
  await program.settle(
    members.map((member, i) => ({
      member: addressOf(member),
      epoch,
      lines: [{ ruleId: RULE.id, count: counts[i] ?? 0n, amount: 0n }],
    })),
  );
}

/** Three items, one of which gets dearer, and orders of each. */
async function stockTheCatalogue({ program, ada, ben, cem }: People): Promise<void> {
  const { operator } = program;
  const mug = await addItem(program, 500n, 9);
  const tour = await addItem(program, 2_000n, 2 ** 32 - 1);
  const ticket = await addItem(program, 800n, 1);
  await program.sendTo('catalogue', operator, 'setPrice', mug, 700n);
  await program.sendTo('catalogue', operator, 'setPrice', tour, 1_800n);
  await program.sendTo('catalogue', operator, 'addStock', ticket, 2);
  await program.sendTo('catalogue', operator, 'scheduleWithdrawal', tour);
  await program.sendTo('catalogue', operator, 'scheduleWithdrawal', ticket);
  await redeem(program, ada, mug, 2);
  await redeem(program, ben, ticket);
  await redeem(program, cem, tour);
}

/** The rules get worse; ben objects, which is not enough. */
async function worsenRules({ program, ben }: People): Promise<TestChange> {
  await program.moveTo(day(2));
  const rules = [{ ...RULE, perAction: RULES.worse }];
  const change = await announce(program, terms({ rules, notBefore: WORSE_NOT_BEFORE }));
  await object(program, ben, change, 2_000n);
  await object(program, ben, change, 1_000n);
  return change;
}

/** One order is fulfilled, one refused, and one is overdue. */
async function endOrders({ program }: People): Promise<void> {
  const { operator, stranger } = program;
  await program.moveTo(day(3));
  await program.sendTo('catalogue', operator, 'fulfil', 1);
  await program.sendTo('catalogue', operator, 'refund', 2);
  await program.sendTo('catalogue', operator, 'cancelWithdrawal', 2);
  await deposit(program, 2_000_000n);
  await program.moveTo(day(5));
  await program.sendTo('catalogue', stranger, 'refund', 3);
}

/** Round 0: everything that is tendered is bought. */
async function roundWithoutPressure({ program, ada, ben }: People): Promise<void> {
  await enterRound(program, 0);
  await tender(program, ada, 0, 3_000n);
  await program.sendTo('buyback', ada, 'untender', 0, 1_000n);
  await tender(program, ben, 0, 2_000n);
  await closeRound(program, 0);
  await claim(program, ada, 0);
  await claim(program, ben, 0);
}

/** A worse price is announced, and enough points are locked against it. */
async function strikeDown({ program, ada, cem }: People): Promise<TestChange> {
  const change = await announce(program, { ...BUYBACK_TERMS, pricePerPoint: PRICES.worse });
  await object(program, cem, change, 1_000n);
  await object(program, ada, change, 20_000n);
  await program.moveTo(day(21));
  await release(program, ada, change);
  await release(program, cem, change);
  return change;
}

/** Rules that hurt members and holders are announced and taken back, and ben's objection is free again at once. */
async function withdrawAnother({ program, ben }: People): Promise<TestChange> {
  await program.moveTo(day(22));
  const rules = [{ ...RULE, perAction: RULES.dead }];
  const change = await announce(program, terms({ rules, budgetPerEpoch: 2_000_000n }));
  await object(program, ben, change, 1_000n);
  await program.sendTo('charter', program.operator, 'withdraw', change.id);
  await release(program, ben, change);
  return change;
}

/** Round 1: more is tendered than the budget buys. */
async function oversubscribedRound({ program, ada, ben, cem }: People): Promise<void> {
  await enterRound(program, 1);
  await tender(program, ada, 1, 12_000n);
  await tender(program, ben, 1, 8_000n);
  await tender(program, cem, 1, 2_222n);
  await tender(program, cem, 1, 1_111n);
  await closeRound(program, 1);
  await claim(program, ada, 1);
  await program.sendTo('buyback', program.stranger, 'claimPoints', 1, ben.address);
  await program.sendTo('buyback', cem, 'claimMoneyTo', 1, program.stranger.address);
  await program.sendTo('money', ada, 'approve', program.addressOf('buyback'), 1_000n);
  await program.sendTo('buyback', ada, 'sendMoney', ben.address, 1_000n);
}

/** A better price; money comes by a donation and by a deposit, and some is taken out. */
async function improveBuyback({ program }: People): Promise<TestChange> {
  const { operator, stranger } = program;
  await program.moveTo(day(30));
  const buyback = program.addressOf('buyback');
  await program.sendTo('money', stranger, 'mint', buyback, 100_000n);
  await program.sendTo('buyback', stranger, 'sync');
  await deposit(program, 1_500_000n);
  await program.sendTo('buyback', operator, 'withdraw', operator.address, 50_000n);
  return announce(program, { ...BUYBACK_TERMS, pricePerPoint: PRICES.better });
}

/** A worse price comes after its last round, round 3, which enacting it settles. */
async function worsenBuyback(people: People): Promise<{ change: TestChange; block: number }> {
  const { program, cem } = people;
  // Its notice ends during round 2, which therefore is no last round.
  await program.moveTo(day(31) + EPOCH_LENGTH / 2);
  const change = await announce(program, { ...BUYBACK_TERMS, pricePerPoint: PRICES.worse });
  await enterRound(program, 3);
  await tender(program, cem, 3, 1_500n);
  await program.moveTo(day(55));
  const { blockNumber } = await enact(program, change);
  return { change, block: blockNumber };
}

/** Nobody enacts a change in time. An objection to it and an order are still open in the end. */
async function letDie(people: People): Promise<{ dead: TestChange; afterDeath: TestChange }> {
  const { program, ada, ben } = people;
  await program.moveTo(day(56));
  const worse = [{ ...RULE, perAction: RULES.dead }];
  const dead = await announce(program, terms({ rules: worse }));
  await object(program, ben, dead, 1_000n);
  await program.moveTo(day(78));
  const better = [{ ...RULE, perAction: RULES.better }];
  const afterDeath = await announce(program, terms({ rules: better }));
  await redeem(program, ada, 1);
  await earn(people, 77, [1n, 2n, 3n]);
  await earn(people, 79, [1n, 1n, 1n]);
  await program.anchor(77, `0x${'a1'.repeat(32)}`, 6);
  return { dead, afterDeath };
}
