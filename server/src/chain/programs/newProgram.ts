import type { Opening, ProgramSettings } from '@dewpoint/contracts/deploy.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { BuybackTerms } from '@dewpoint/contracts/terms.ts';

/** Settings of a new program; the defaults are in {@link settingsOf}. Times in whole seconds. */
export interface NewProgram {
  readonly name: string;
  readonly symbol: string;
  /** Start of epoch 0, in which the creation must fall. */
  readonly startsAtMs: number;
  readonly epochLengthMs: number;
  /** W, in epochs; a multiple of 4. */
  readonly settlementWindow: number;
  readonly transferable: boolean;
  /** Whether no point is ever minted that the reserve could not buy back; not so when left out. */
  readonly backed?: boolean;
  /** One rule set for epoch 0 on; or two, for epoch 0 and for epoch 1 on. */
  readonly opening: Opening;
  readonly noticePeriodMs?: number;
  /** Basis points of the supply. */
  readonly objectionThresholdBps?: number;
  /** Base units of points: no more is ever needed to strike a change down. */
  readonly objectionCap?: bigint;
  /** Required except on a local chain, which has local money. */
  readonly settlementToken?: Address | null;
  readonly firstRoundAtMs?: number;
  readonly roundPeriodMs?: number;
  readonly roundWindowMs?: number;
  readonly buybackTerms?: BuybackTerms;
  readonly orderDeadlineMs?: number;
}

const MS_PER_SECOND = 1_000;
const DAY_MS = 86_400_000;

/** The shortest notice that the factory takes. */
const DEFAULT_NOTICE_MS = 7 * DAY_MS;
/** 5 % of the supply strikes a change down. */
const DEFAULT_THRESHOLD_BPS = 500;
/** The highest supply that there can be: without a cap. */
const NO_OBJECTION_CAP = 2n ** 71n - 1n;
/** Four weeks, so that rounds open on the same day of the week. */
const DEFAULT_ROUND_PERIOD_MS = 28 * DAY_MS;
const DEFAULT_ROUND_WINDOW_MS = 7 * DAY_MS;
/** After the start; or after epoch 0 where that is longer, since a first round must not be in the past. */
const DEFAULT_FIRST_ROUND_AFTER_MS = 3 * DAY_MS;
const DEFAULT_ORDER_DEADLINE_MS = 7 * DAY_MS;
/** Buys nothing until there is a budget; a cent a point with 6 decimals, and one point at least. */
const DEFAULT_BUYBACK: BuybackTerms = {
  pricePerPoint: 10_000n,
  budgetPerRound: 0n,
  minTender: 100n,
};

const seconds = (ms: number): number => {
  if (ms % MS_PER_SECOND !== 0) throw new RangeError(`${ms} ms are not whole seconds`);
  return ms / MS_PER_SECOND;
};

/** Makes the settings for the factory. They depend on the arguments alone, so a repetition gives the same. */
export function settingsOf(
  program: NewProgram,
  by: {
    readonly operator: Address;
    readonly recorder: Address;
    readonly settlementToken: Address;
  },
): ProgramSettings {
  const firstRoundAfterMs = Math.max(DEFAULT_FIRST_ROUND_AFTER_MS, program.epochLengthMs);
  return {
    ...by,
    name: program.name,
    symbol: program.symbol,
    startsAt: seconds(program.startsAtMs),
    epochLength: seconds(program.epochLengthMs),
    settlementWindow: program.settlementWindow,
    transferable: program.transferable,
    backed: program.backed ?? false,
    noticePeriod: seconds(program.noticePeriodMs ?? DEFAULT_NOTICE_MS),
    objectionThresholdBps: program.objectionThresholdBps ?? DEFAULT_THRESHOLD_BPS,
    objectionCap: program.objectionCap ?? NO_OBJECTION_CAP,
    firstRoundAt: seconds(program.firstRoundAtMs ?? program.startsAtMs + firstRoundAfterMs),
    roundPeriod: seconds(program.roundPeriodMs ?? DEFAULT_ROUND_PERIOD_MS),
    roundWindow: seconds(program.roundWindowMs ?? DEFAULT_ROUND_WINDOW_MS),
    buyback: program.buybackTerms ?? DEFAULT_BUYBACK,
    orderDeadline: seconds(program.orderDeadlineMs ?? DEFAULT_ORDER_DEADLINE_MS),
  };
}
