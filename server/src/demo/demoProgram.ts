/** Describes the demo: a café that does not exist, its rules, and the actions of its invented members. */
import { readFileSync } from 'node:fs';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { epochStartMs } from '../domain/epochs.ts';
import type { Program, Rule } from '../domain/program.ts';
import type { ActionInput } from '../domain/actions/actionRules.ts';

export const DEMO_NAME = 'Dewdrop Café (demo)';
export const DEMO_SYMBOL = 'DEW';
/** Member that `npm start` shows first, with something in every state. */
export const DEMO_MEMBER = 'mei';

/** What amounts of its actions are counted in: a hundredth of a yuan. */
export const DEMO_AMOUNT_UNIT = { en: 'fen', zh: '分钱' };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Epochs are days of UTC; a statement can be settled for 40 days. */
/** Runs the demo program. */
export const DEMO_ORGANISATION = 'org_0000000000000000';
export const DEMO_CLOCK = { epochLengthMs: DAY_MS, settlementWindow: 40 };
/** The shortest notice that there is, and a round every week, so that three weeks show everything. */
export const DEMO_SETTINGS = {
  noticePeriodMs: 7 * DAY_MS,
  objectionThresholdBps: 1_000,
  /** Base units: 100 points, the lowest there is. */
  objectionCap: 10_000n,
  roundPeriodMs: 7 * DAY_MS,
  roundWindowMs: 3 * DAY_MS,
  orderDeadlineMs: 3 * DAY_MS,
};
/** Days from the start of the program to the opening of the first round. */
export const DEMO_FIRST_ROUND_DAY = 4;
/** In base units of a money with 6 decimals: 0.10 a point, 3.00 a round, which buys 30 points; 5 points at least. */
export const DEMO_BUYBACK = {
  pricePerPoint: 100_000n,
  budgetPerRound: 3_000_000n,
  minTender: 500n,
};
/** Returns the start of the UTC day of a time. */
export const dayStartMs = (ms: number): number => ms - (ms % DAY_MS);

/** A circuit breaker far above what four members can earn: 100,000 points a day. */
export const DEMO_BUDGET_PER_EPOCH = 10_000_000n;

/** Ends on a published day, so its end is no change of terms. */
const TASTING_UNTIL_EPOCH = 30;

/** Words without numbers: the words of a rule never change, while its numbers may. */
export const DEMO_RULES: readonly Rule[] = [
  {
    id: 1,
    name: 'purchase',
    text: 'Points for what is spent, up to a cap a day. 消费得分，每天有上限。',
    perAction: 0n,
    // 1,000 points for 1,000,000 fen, which are 10,000 yuan.
    perUnit: 100_000n,
    maxCount: NO_COUNT_CAP,
    maxPoints: 50_000n,
    untilEpoch: NO_END,
  },
  {
    id: 2,
    name: 'visit',
    text: 'Points for checking in, once a day. 每天签到一次得分。',
    perAction: 200n,
    perUnit: 0n,
    maxCount: 1n,
    maxPoints: NO_POINTS_CAP,
    untilEpoch: NO_END,
  },
  {
    id: 3,
    name: 'review',
    text: 'Points for a review, for a few of them a day. 写评价得分，每天有条数上限。',
    perAction: 500n,
    perUnit: 0n,
    maxCount: 3n,
    maxPoints: NO_POINTS_CAP,
    untilEpoch: NO_END,
  },
  {
    id: 4,
    name: 'tasting',
    text: 'Points for joining the tea tasting, while it lasts. 品茶会期间参加得分。',
    perAction: 1_000n,
    perUnit: 0n,
    maxCount: 1n,
    maxPoints: NO_POINTS_CAP,
    untilEpoch: TASTING_UNTIL_EPOCH,
  },
];

/** The small print, both languages in one file. */
export const DEMO_DOCUMENT = readFileSync(new URL('./smallPrint.md', import.meta.url), 'utf8');

/** Days of the story, today included. It starts so long ago where the clock of the chain can be moved. */
export const DEMO_EPOCHS = 20;

/** keccak256 of the review "The tea was hot, and the cups were warm. 茶是热的，杯子也是温的。" */
const REVIEW_HASH = '0x5b360ddc6bf7ab0ee2e4cc025c3a17179f831dee56d0d4bc6d7bffbb805f11a8';

/** One action of the story. */
interface DemoAction {
  readonly memberId: string;
  readonly rule: string;
  readonly count?: number;
  /** Fen. */
  readonly amount?: number;
  readonly evidenceHash?: string;
  /** Days until it counts; a purchase that may be returned. */
  readonly maturesInDays?: number;
}

/** By day from the start of the program on. */
const DAYS: Readonly<Record<number, readonly DemoAction[]>> = {
  0: [
    { memberId: 'mei', rule: 'visit' },
    { memberId: 'mei', rule: 'purchase', amount: 6_800 },
    { memberId: 'li-wei', rule: 'purchase', amount: 3_200 },
    { memberId: 'ana', rule: 'tasting' },
  ],
  1: [
    { memberId: 'mei', rule: 'review', evidenceHash: REVIEW_HASH },
    { memberId: 'li-wei', rule: 'visit' },
    { memberId: 'li-wei', rule: 'purchase', amount: 12_900 },
  ],
  2: [
    { memberId: 'mei', rule: 'purchase', amount: 4_500 },
    { memberId: 'ana', rule: 'visit' },
    { memberId: 'ana', rule: 'review', count: 2 },
    { memberId: 'tom', rule: 'purchase', amount: 88_000 },
  ],
  3: [
    { memberId: 'tom', rule: 'visit' },
    { memberId: 'tom', rule: 'tasting' },
    { memberId: 'li-wei', rule: 'review', count: 4 },
  ],
  6: [
    { memberId: 'mei', rule: 'purchase', amount: 9_900 },
    { memberId: 'ana', rule: 'visit' },
  ],
  9: [
    { memberId: 'li-wei', rule: 'purchase', amount: 15_600 },
    { memberId: 'tom', rule: 'visit' },
  ],
  13: [
    { memberId: 'mei', rule: 'visit' },
    { memberId: 'mei', rule: 'purchase', amount: 21_300 },
    { memberId: 'ana', rule: 'purchase', amount: 7_400 },
  ],
  16: [
    { memberId: 'mei', rule: 'review' },
    { memberId: 'tom', rule: 'purchase', amount: 30_500 },
  ],
  [DEMO_EPOCHS - 1]: [
    { memberId: 'mei', rule: 'visit' },
    { memberId: 'mei', rule: 'purchase', amount: 5_200 },
    { memberId: 'mei', rule: 'purchase', amount: 19_900, maturesInDays: 3 },
    { memberId: 'ana', rule: 'purchase', amount: 2_600 },
  ],
};

/** Lists the actions of one epoch, always the same, so that recording them again adds nothing. */
export function demoActions(program: Program, epoch: number): ActionInput[] {
  const startMs = epochStartMs(program, epoch);
  return (DAYS[epoch] ?? []).map(({ maturesInDays, ...action }, index) => ({
    ...action,
    eventId: `demo-${epoch}-${index}`,
    occurredAtMs: startMs + (index + 1) * MINUTE_MS,
    maturesAtMs: maturesInDays === undefined ? null : startMs + maturesInDays * DAY_MS,
  }));
}
