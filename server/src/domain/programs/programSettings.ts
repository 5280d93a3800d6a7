/** Checks settings of new programs against the bounds of the factory, which keep the promises of a program meaningful. */
import { checkName, checkWithin, type Show } from '../bounds.ts';
import { checkBuybackTerms, type BuybackTerms } from '../terms/buybackTerms.ts';
import type { Refusal } from '../errors.ts';
import { checkRuleSetTerms, type RuleSetTerms } from '../terms/ruleSetTerms.ts';

/** Settings and terms that an operator chooses. Only rule sets and buyback terms ever change. */
export interface ProgramChoices {
  readonly name: string;
  readonly symbol: string;
  readonly startsAtMs: number;
  readonly epochSeconds: number;
  /** In epochs. */
  readonly settlementWindow: number;
  readonly transferable: boolean;
  /** Whether no point is minted that the free reserve could not buy back. */
  readonly backed: boolean;
  readonly noticeSeconds: number;
  /** Share of the supply in basis points. */
  readonly objectionThresholdBps: number;
  /** Base units of points. */
  readonly objectionCap: bigint;
  readonly firstRoundAtMs: number;
  readonly roundPeriodSeconds: number;
  readonly roundWindowSeconds: number;
  readonly orderDeadlineSeconds: number;
  readonly buyback: BuybackTerms;
  /** One rule set; or two, for epoch 0 and for epoch 1 on. */
  readonly opening: readonly RuleSetTerms[];
}

const MS_PER_SECOND = 1_000;
const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Constants in the source of the factory. */
export const PROGRAM_BOUNDS = {
  nameBytes: 64,
  symbolBytes: 16,
  epochSeconds: [HOUR, 7 * DAY],
  settlementWindow: [8, 252],
  settlementWindowStep: 4,
  settlementWindowMinSeconds: 7 * DAY,
  noticeSeconds: [7 * DAY, 60 * DAY],
  objectionThresholdBps: [100, 2_000],
  objectionCap: [10_000n, 2n ** 71n - 1n],
  roundPeriodMaxSeconds: 92 * DAY,
  roundWindowMinSeconds: 2 * DAY,
  firstRoundMaxLeadMs: 92 * DAY * MS_PER_SECOND,
  orderDeadlineSeconds: [DAY, 60 * DAY],
} as const;

const iso: Show = (ms) => new Date(Number(ms)).toISOString();

function checkSeconds(field: string, ms: number): Refusal[] {
  if (ms % MS_PER_SECOND === 0) return [];
  return [
    {
      code: 'MALFORMED',
      field,
      message: `${field} is ${iso(BigInt(ms))}; it must be in whole seconds.`,
    },
  ];
}

/** Refuses times that are too early or too late now; those of an existing program were in time. */
export function checkProgramTimes(choices: ProgramChoices, nowMs: number): Refusal[] {
  const { startsAtMs, epochSeconds, firstRoundAtMs } = choices;
  // Epoch 0 must still run when the creation is mined, a moment from now.
  const starts = checkWithin({
    field: 'startsAt',
    value: startsAtMs,
    lowest: Math.max(0, nowMs - epochSeconds * MS_PER_SECOND + 1),
    highest: nowMs,
    show: iso,
    why: 'the program is created in its epoch 0',
  });
  const first = checkWithin({
    field: 'firstRoundAt',
    value: firstRoundAtMs,
    lowest: nowMs,
    highest: nowMs + PROGRAM_BOUNDS.firstRoundMaxLeadMs,
    show: iso,
    why: 'not in the past, at most 92 days ahead',
  });
  return [...starts, ...first];
}

/** A receipt is good for a week at least, however short the epochs are. */
function checkSettlementWindow({ settlementWindow, epochSeconds }: ProgramChoices): Refusal[] {
  const [fewest, highest] = PROGRAM_BOUNDS.settlementWindow;
  const [shortest] = PROGRAM_BOUNDS.epochSeconds;
  const week = Math.ceil(PROGRAM_BOUNDS.settlementWindowMinSeconds / Math.max(1, epochSeconds));
  const field = 'settlementWindow';
  const window = checkWithin({
    field,
    value: settlementWindow,
    // An epoch that is too short is refused by itself.
    lowest: epochSeconds < shortest ? fewest : Math.max(fewest, week),
    highest,
    why: 'epochs, seven days or more',
  });
  const step = PROGRAM_BOUNDS.settlementWindowStep;
  if (window.length > 0 || settlementWindow % step === 0) return window;
  const message = `${field} is ${settlementWindow}; it must be a multiple of ${step}.`;
  return [{ code: 'OUT_OF_RANGE', field, message }];
}

function checkObjections(choices: ProgramChoices, showPoints: Show): Refusal[] {
  const [lowestBps, highestBps] = PROGRAM_BOUNDS.objectionThresholdBps;
  const [lowestCap, highestCap] = PROGRAM_BOUNDS.objectionCap;
  return [
    ...checkWithin({
      field: 'objectionThresholdBps',
      value: choices.objectionThresholdBps,
      lowest: lowestBps,
      highest: highestBps,
      why: '1 to 20 % of the supply',
    }),
    ...checkWithin({
      field: 'objectionCap',
      value: choices.objectionCap,
      lowest: lowestCap,
      highest: highestCap,
      show: showPoints,
    }),
  ];
}

function checkClocks(choices: ProgramChoices): Refusal[] {
  const bounded = (field: 'epochSeconds' | 'noticeSeconds' | 'orderDeadlineSeconds'): Refusal[] => {
    const [lowest, highest] = PROGRAM_BOUNDS[field];
    return checkWithin({ field, value: choices[field], lowest, highest });
  };
  const { roundPeriodSeconds, roundWindowSeconds } = choices;
  const longest = PROGRAM_BOUNDS.roundPeriodMaxSeconds;
  const shortest = PROGRAM_BOUNDS.roundWindowMinSeconds;
  const openFor = checkWithin({
    field: 'roundWindowSeconds',
    value: roundWindowSeconds,
    lowest: shortest,
    highest: longest,
  });
  return [
    ...bounded('epochSeconds'),
    ...checkSettlementWindow(choices),
    ...bounded('noticeSeconds'),
    ...openFor,
    ...checkWithin({
      field: 'roundPeriodSeconds',
      value: roundPeriodSeconds,
      lowest: openFor.length === 0 ? roundWindowSeconds : shortest,
      highest: longest,
      why: 'a round closes before the next one opens: at least roundWindowSeconds',
    }),
    ...bounded('orderDeadlineSeconds'),
  ];
}

function checkOpening(opening: readonly RuleSetTerms[], showPoints: Show): Refusal[] {
  if (opening.length === 0 || opening.length > 2) {
    return [
      {
        code: 'OUT_OF_RANGE',
        field: 'opening',
        message: `opening has ${opening.length} rule sets; it must have one, or two for epoch 0 and from epoch 1 on.`,
      },
    ];
  }
  const [first] = opening;
  return opening.flatMap((terms, index) => {
    // The second one may not take names or words of the first one for other rules.
    const known =
      index === 0 || first === undefined
        ? { ruleSets: [] }
        : {
            ruleSets: [
              {
                ...first,
                version: 0,
                fromEpoch: 0,
                blockNumber: 0,
                transactionHash: '0x' as const,
              },
            ],
          };
    return [
      ...checkWithin({
        field: `opening[${index}].notBefore`,
        value: terms.notBefore,
        lowest: 0,
        highest: index,
      }),
      ...checkRuleSetTerms(`opening[${index}]`, terms, showPoints, known),
    ];
  });
}

/** Refuses, field by field, what the factory would always refuse. */
export function checkProgramChoices(
  choices: ProgramChoices,
  show: { readonly money: Show; readonly points: Show },
): Refusal[] {
  return [
    ...checkName('name', choices.name, 1, PROGRAM_BOUNDS.nameBytes),
    ...checkName('symbol', choices.symbol, 1, PROGRAM_BOUNDS.symbolBytes),
    ...checkSeconds('startsAt', choices.startsAtMs),
    ...checkSeconds('firstRoundAt', choices.firstRoundAtMs),
    ...checkClocks(choices),
    ...checkObjections(choices, show.points),
    ...checkBuybackTerms('buyback', choices.buyback, show, choices.backed),
    ...checkOpening(choices.opening, show.points),
  ];
}
