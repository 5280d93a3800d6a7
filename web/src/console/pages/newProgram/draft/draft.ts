import { fromBase, POINT_DECIMALS, toBase } from '../../../../shared/format/amounts.ts';
import { bareNumber } from '../../../../shared/format/typedNumbers.ts';
import { tabStorage } from '../../../../shared/storage/tabStorage.ts';
import type { NewProgramInput } from './queries.ts';

/** What the operator does: fills in rules to begin with. */
export type Business = 'shop' | 'app' | 'community';
/** What a rule earns for: each action, or what was spent. */
export type RuleKind = 'each' | 'spent';

/** A rule as it is written. Numbers are as they were typed. */
export interface RuleDraft {
  readonly ruleId: number;
  readonly kind: RuleKind;
  /** Name by which the app reports actions. */
  readonly name: string;
  readonly text: string;
  /** For each action, or for 1.00 spent. */
  readonly points: string;
  /** Most actions, or most points, a member and epoch; empty for no cap. */
  readonly most: string;
}

export type EpochLength = 'HOUR' | 'DAY' | 'WEEK';

/** All that is chosen of a program. Numbers are as they were typed. */
export interface ProgramDraft {
  readonly step: number;
  readonly name: string;
  readonly symbol: string;
  readonly business: Business;
  readonly rules: readonly RuleDraft[];
  readonly budget: string;
  readonly hasBuyback: boolean;
  readonly price: string;
  readonly roundBudget: string;
  readonly minTender: string;
  readonly periodDays: string;
  readonly windowDays: string;
  readonly firstDays: string;
  readonly backed: boolean;
  readonly noticeDays: string;
  readonly threshold: string;
  readonly objectionCap: string;
  readonly epoch: EpochLength;
  /** Hour of the day of the reader at which an epoch of a day or more begins. */
  readonly startHour: string;
  /** In epochs. */
  readonly settlementWindow: string;
  readonly deadlineDays: string;
  readonly token: string;
  readonly transferable: boolean;
}

export const LAST_STEP = 5;
export const MOST_RULES = 32;
/** A rule without a cap earns as often as it is reported. */
const NO_CAP = '';

/** Rules to begin with; their words come from the catalogue. */
export const PRESETS: Readonly<Record<Business, readonly Omit<RuleDraft, 'ruleId' | 'text'>[]>> = {
  shop: [
    { name: 'purchase', kind: 'spent', points: '0.10', most: '300.00' },
    { name: 'visit', kind: 'each', points: '2.00', most: '1' },
    { name: 'review', kind: 'each', points: '5.00', most: '3' },
  ],
  app: [
    { name: 'sign_in', kind: 'each', points: '1.00', most: '1' },
    { name: 'order', kind: 'spent', points: '0.10', most: '300.00' },
    { name: 'invitation', kind: 'each', points: '20.00', most: '5' },
  ],
  community: [
    { name: 'post', kind: 'each', points: '2.00', most: '5' },
    { name: 'answer', kind: 'each', points: '3.00', most: '10' },
    { name: 'event', kind: 'each', points: '10.00', most: NO_CAP },
  ],
};

/** Makes the rules of a kind of business. @param words of a rule for members, by its name */
export const presetRules = (business: Business, words: (name: string) => string): RuleDraft[] =>
  PRESETS[business].map((rule, index) => ({ ...rule, ruleId: index + 1, text: words(rule.name) }));

/** What is chosen before anything is. */
export const newDraft = (words: (name: string) => string): ProgramDraft => ({
  ...{ step: 1, name: '', symbol: '', business: 'shop', rules: presetRules('shop', words) },
  ...{ budget: '100,000.00', hasBuyback: true, price: '0.10', roundBudget: '100.00' },
  ...{ minTender: '5.00', periodDays: '28', windowDays: '7', firstDays: '7', backed: false },
  ...{ noticeDays: '14', threshold: '5', objectionCap: '100,000.00', epoch: 'DAY' },
  ...{ startHour: '0', settlementWindow: '40', deadlineDays: '7', token: '', transferable: false },
});

/** The same draft with its points, money and counts as plain numbers, which can be typed with thousands signs. */
export const withBareNumbers = (draft: ProgramDraft): ProgramDraft => ({
  ...draft,
  ...{ budget: bareNumber(draft.budget), price: bareNumber(draft.price) },
  ...{ roundBudget: bareNumber(draft.roundBudget), minTender: bareNumber(draft.minTender) },
  objectionCap: bareNumber(draft.objectionCap),
  rules: draft.rules.map((rule) => ({
    ...rule,
    ...{ points: bareNumber(rule.points), most: bareNumber(rule.most) },
  })),
});

const nameOf = (of: string): string => `dewpoint.console.new ${of}`;

/** Reads what was chosen in this tab before; null for nothing. @param of the organisation, and what is copied in it */
export function keptProgramDraft(of: string): ProgramDraft | null {
  try {
    const kept = JSON.parse(tabStorage().get(nameOf(of)) ?? 'null') as ProgramDraft | null;
    return Array.isArray(kept?.rules) ? kept : null;
  } catch {
    return null;
  }
}

export const keepProgramDraft = (of: string, draft: ProgramDraft): void =>
  tabStorage().set(nameOf(of), JSON.stringify(draft));
export const forgetDraft = (of: string): void => tabStorage().remove(nameOf(of));

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
export const DAY_DECIMALS = 2;
export const HUNDREDTH_OF_DAY_S = DAY_S / 100;
export const EPOCH_SECONDS: Readonly<Record<EpochLength, number>> = {
  ...{ HOUR: HOUR_S, DAY: DAY_S, WEEK: 7 * DAY_S },
};
const MS = 1_000;
/** Of 1,000,000 hundredths, for one whole that was spent. */
export const WHOLES_IN_A_MILLION = 10_000n;
/** Left alone, a program without a buyback has terms that buy nothing. */
export const NO_BUYBACK = { pricePerPoint: '0.01', budgetPerRound: '0', minTender: '1.00' };

/** The newest start of an epoch before a moment: a whole hour, or the chosen hour of the reader's day. */
export function firstEpochStart({ epoch, startHour }: ProgramDraft, nowMs: number): Date {
  const start = new Date(nowMs);
  start.setMinutes(0, 0, 0);
  if (epoch === 'HOUR') return start;
  start.setHours(Number(startHour));
  if (start.getTime() > nowMs) start.setDate(start.getDate() - 1);
  // On a day of 25 hours, the last one is of the next epoch.
  if (nowMs - start.getTime() >= DAY_S * MS) start.setTime(start.getTime() + DAY_S * MS);
  return start;
}

const ruleInput = ({ ruleId, name, text, kind, points, most }: RuleDraft) => ({
  ...{ ruleId, name: name.trim(), text: text.trim() },
  ...(kind === 'each'
    ? { perAction: points, ...(most !== NO_CAP && { maxCount: Number(most) }) }
    : {
        perMillionUnits: fromBase(
          toBase(points, POINT_DECIMALS) * WHOLES_IN_A_MILLION,
          POINT_DECIMALS,
        ),
        ...(most !== NO_CAP && { maxPoints: most }),
      }),
});

/** Makes what `programCreate` takes of a draft whose numbers are numbers. @param nowMs of the chain */
export function inputOf(typed: ProgramDraft, nowMs: number): NewProgramInput {
  const draft = withBareNumbers(typed);
  // By hundredths of a day, which are whole seconds: the product of a fraction is not exact.
  const days = (text: string): number => Number(toBase(text, DAY_DECIMALS)) * HUNDREDTH_OF_DAY_S;
  const { price, roundBudget, minTender, hasBuyback } = draft;
  const startsAt = firstEpochStart(draft, nowMs).toISOString();
  const now = Math.floor(nowMs / MS);
  return {
    ...{ name: draft.name.trim(), symbol: draft.symbol.trim(), startsAt },
    epochSeconds: EPOCH_SECONDS[draft.epoch],
    settlementWindow: Number(draft.settlementWindow),
    transferable: draft.transferable,
    backed: hasBuyback && draft.backed,
    noticeSeconds: days(draft.noticeDays),
    objectionThresholdBps: Number(toBase(draft.threshold, 2)),
    objectionCap: draft.objectionCap,
    settlementToken: draft.token.trim() as `0x${string}`,
    firstRoundAt: new Date((now + days(draft.firstDays)) * MS).toISOString(),
    roundPeriodSeconds: days(draft.periodDays),
    roundWindowSeconds: days(draft.windowDays),
    orderDeadlineSeconds: days(draft.deadlineDays),
    buyback: hasBuyback
      ? { pricePerPoint: price, budgetPerRound: roundBudget, minTender }
      : NO_BUYBACK,
    opening: [{ budgetPerEpoch: draft.budget, rules: draft.rules.map(ruleInput) }],
  };
}

const MONTH_DAYS = 30n;
const MONEY_DECIMALS = 18;

/** The most that the buyback costs in 30 days; null while the numbers are none. */
export function mostCost({ roundBudget: typed, periodDays }: ProgramDraft): string | null {
  const roundBudget = bareNumber(typed);
  if (!/^\d+(\.\d{1,18})?$/.test(roundBudget) || !/^[1-9]\d{0,2}$/.test(periodDays)) return null;
  const period = BigInt(periodDays);
  const rounds = (MONTH_DAYS + period - 1n) / period;
  return fromBase(toBase(roundBudget, MONEY_DECIMALS) * rounds, MONEY_DECIMALS);
}
