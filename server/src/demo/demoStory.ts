/**
 * Tells what happens in the demo besides earning: terms that get better and worse, one change that is struck down, two rounds
 * of the buyback, and orders that end in every way. What a worker does by itself (settling rounds, returning points, enacting
 * a change, refunding an overdue order) is only waited for.
 */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { NO_DOCUMENT } from '../domain/terms/document.ts';
import type { Rule } from '../domain/program.ts';
import { DEMO_BUDGET_PER_EPOCH, DEMO_BUYBACK, DEMO_RULES } from './demoProgram.ts';
import type { ContractCall } from '../ports/chain/submitter.ts';
import type { Stage } from './demoStage.ts';

/** One moment of the story. */
export interface Scene {
  /** Days from the start of the program. */
  readonly day: number;
  /** Hour of that day, UTC. */
  readonly hour: number;
  play(stage: Stage): Promise<void>;
}

/** Makes the call that mints money on a local chain. */
export type MintMoney = (to: Address, amount: bigint) => ContractCall;

/** Base units of the settlement token: three rounds. */
const FUNDS = 9_000_000n;
const TEA = 1;
const MUG = 2;
/** Base units of points. */
const TEA_PRICE = 500n;
const MUG_PRICE = 2_500n;
/** An account of the member Tom's own, where the money of the buyback goes. */
const TOMS_OWN: Address = '0x000000000000000000000000000000000000c0Fe';

/** The demo's rules, with some of their terms replaced by name. */
function rulesWith(changed: Readonly<Record<string, Partial<Rule>>>): Rule[] {
  return DEMO_RULES.map((rule) => ({ ...rule, ...changed[rule.name] }));
}

const BETTER_REVIEWS = { review: { perAction: 600n } };
const LOWER_CAP = { ...BETTER_REVIEWS, purchase: { maxPoints: 30_000n } };
const FEWER_FOR_VISITS = { ...LOWER_CAP, visit: { perAction: 100n } };

const announceRules = (stage: Stage, rules: Rule[]): ContractCall =>
  stage.calls.announceChange(stage.program, {
    target: 'RULES',
    terms: {
      notBefore: 0,
      budgetPerEpoch: DEMO_BUDGET_PER_EPOCH,
      documentHash: stage.program.ruleSets[0]?.documentHash ?? NO_DOCUMENT,
      rules,
    },
  });

/** Makes a reference of an order. */
const referenceOf = (number: number): Hex => `0x${number.toString(16).padStart(64, '0')}`;

const order = (stage: Stage, item: number, maxPrice: bigint, reference: number): ContractCall =>
  stage.calls.redeemItem(stage.program, {
    item,
    quantity: 1,
    maxPrice,
    orderRef: referenceOf(reference),
  });

/** Waits until a change has a state. */
const untilChange = (stage: Stage, number: number, state: string): Promise<void> =>
  stage.until(`change ${number} is ${state}`, async () => {
    const change = await stage.changes.find(stage.program, number);
    return change?.state === state;
  });

const untilOrder = (stage: Stage, number: number, state: string): Promise<void> =>
  stage.until(`order ${number} is ${state}`, async () => {
    const found = await stage.catalogue.findOrder(stage.program, number);
    return found?.state === state;
  });

/** Waits until a round is settled and these members have their points back. Their money stays owed until they say where to. */
const untilSettled = (stage: Stage, round: number, ...members: string[]): Promise<void> =>
  stage.until(`round ${round} is settled`, async () => {
    for (const member of members) {
      const share = await stage.rounds.share(stage.program, round, await stage.account(member));
      const returned = share?.outcome?.returned ?? null;
      if (returned === null || (returned > 0n && share?.pointsClaimed === null)) return false;
    }
    return true;
  });

/** Lists the scenes of the story in the order of time. */
export const demoScenes = (mintMoney: MintMoney): readonly Scene[] => [
  {
    day: 0,
    hour: 12,
    play: async (stage) => {
      const { calls, program } = stage;
      // An account that funds a reserve needs nothing but a transfer.
      await stage.anybody('money', mintMoney(program.buyback, FUNDS));
      await stage.anybody('sync', calls.syncReserve(program));
      await stage.operator(
        'tea',
        calls.addItem(program, { price: TEA_PRICE, stock: 20, text: 'A pot of tea. 一壶茶。' }),
      );
      await stage.operator(
        'mug',
        calls.addItem(program, {
          price: MUG_PRICE,
          stock: 3,
          text: 'A mug with our name. 店名马克杯。',
        }),
      );
    },
  },
  // Better for members and holders: at once.
  {
    day: 1,
    hour: 12,
    play: (stage) => stage.operator('change-1', announceRules(stage, rulesWith(BETTER_REVIEWS))),
  },
  // Worse for members: a week's notice. One objects, which is not enough.
  {
    day: 2,
    hour: 12,
    play: (stage) => stage.operator('change-2', announceRules(stage, rulesWith(LOWER_CAP))),
  },
  {
    day: 3,
    hour: 12,
    play: (stage) =>
      stage.member('li-wei', 'object-2', stage.calls.objectToChange(stage.program, 2, 50n)),
  },
  // The first round: 70 points are tendered, and its budget buys 30.
  {
    day: 5,
    hour: 12,
    play: async (stage) => {
      const { calls, program } = stage;
      await stage.member('tom', 'tender-0-tom', calls.tenderPoints(program, 0, 6_000n));
      await stage.member('mei', 'tender-0-mei', calls.tenderPoints(program, 0, 1_000n));
      await stage.member('li-wei', 'order-1', order(stage, TEA, TEA_PRICE, 1));
    },
  },
  {
    day: 6,
    hour: 10,
    play: (stage) => stage.operator('fulfil-1', stage.calls.fulfilOrder(stage.program, 1)),
  },
  { day: 7, hour: 12, play: (stage) => untilSettled(stage, 0, 'tom', 'mei') },
  // What a round owes goes straight to where the member wants it; what Mei is owed still waits.
  {
    day: 7,
    hour: 14,
    play: (stage) =>
      stage.member('tom', 'money-tom', stage.calls.claimMoneyTo(stage.program, 0, TOMS_OWN)),
  },
  {
    day: 8,
    hour: 12,
    play: async (stage) => {
      await stage.member('ana', 'order-2', order(stage, TEA, TEA_PRICE, 2));
      await stage.member('tom', 'order-3', order(stage, MUG, MUG_PRICE, 3));
    },
  },
  {
    day: 9,
    hour: 10,
    play: (stage) => stage.operator('refuse-2', stage.calls.refundOrder(stage.program, 2)),
  },
  { day: 9, hour: 18, play: (stage) => untilChange(stage, 2, 'ENACTED') },
  // Worse again; this time enough holders object.
  {
    day: 10,
    hour: 12,
    play: (stage) => stage.operator('change-3', announceRules(stage, rulesWith(FEWER_FOR_VISITS))),
  },
  {
    day: 10,
    hour: 18,
    play: async (stage) => {
      const { calls, program } = stage;
      await stage.member('mei', 'object-3-mei', calls.objectToChange(program, 3, 300n));
      await stage.member('tom', 'object-3-tom', calls.objectToChange(program, 3, 3_000n));
      await untilChange(stage, 3, 'STRUCK_DOWN');
    },
  },
  // The mug never came: its points went back by themselves.
  { day: 11, hour: 18, play: (stage) => untilOrder(stage, 3, 'OVERDUE') },
  // The second round: what is tendered is bought.
  {
    day: 12,
    hour: 12,
    play: (stage) =>
      stage.member('ana', 'tender-1-ana', stage.calls.tenderPoints(stage.program, 1, 800n)),
  },
  { day: 14, hour: 12, play: (stage) => untilSettled(stage, 1, 'ana') },
  // Still under way today: a lower price is announced, a round is open, a pot of tea is waited for.
  {
    day: 18,
    hour: 8,
    play: (stage) =>
      stage.operator(
        'change-4',
        stage.calls.announceChange(stage.program, {
          target: 'BUYBACK',
          terms: { ...DEMO_BUYBACK, pricePerPoint: 80_000n },
        }),
      ),
  },
  {
    day: 18,
    hour: 12,
    play: async (stage) => {
      const { calls, program } = stage;
      await stage.member('ana', 'object-4', calls.objectToChange(program, 4, 200n));
      await stage.member('li-wei', 'tender-2-li-wei', calls.tenderPoints(program, 2, 1_000n));
      await stage.member('mei', 'order-4', order(stage, TEA, TEA_PRICE, 4));
    },
  },
];
