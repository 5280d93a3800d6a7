import { fromBase, POINT_DECIMALS, toBase } from '../../../../shared/format/amounts.ts';
import { stepOf, wrongIn } from './checks.ts';
import {
  DAY_DECIMALS,
  EPOCH_SECONDS,
  HUNDREDTH_OF_DAY_S,
  LAST_STEP,
  NO_BUYBACK,
  WHOLES_IN_A_MILLION,
  type EpochLength,
  type ProgramDraft,
  type RuleDraft,
} from './draft.ts';

/** A rule as the API tells it. Points are decimals. */
interface CopiedRule {
  readonly ruleId: number;
  readonly name: string;
  readonly text: string;
  readonly perAction: string;
  readonly perMillionUnits: string;
  readonly maxCount: number | null;
  readonly maxPoints: string | null;
  readonly untilEpoch: number | null;
}

/** What of a program can be chosen for another one. */
export interface CopiedProgram {
  readonly name: string;
  readonly symbol: string;
  readonly transferable: boolean;
  readonly settlementWindow: number;
  readonly clock: { readonly epochSeconds: number; readonly startsAt: string };
  readonly settings: {
    readonly backed: boolean;
    readonly noticeSeconds: number;
    readonly objectionThresholdBps: number;
    readonly objectionCap: string;
    readonly orderDeadlineSeconds: number;
    readonly roundPeriodSeconds: number;
    readonly roundWindowSeconds: number;
  };
  /** The newest version. */
  readonly ruleSet: {
    readonly budgetPerEpoch: string;
    readonly documentHash: string | null;
    readonly rules: readonly CopiedRule[];
  };
  /** The newest version. */
  readonly buyback: {
    readonly pricePerPoint: string;
    readonly budgetPerRound: string;
    readonly minTender: string;
  };
}

/** Fields that can be left as they were, and what the form has no field for. */
export type LeftField =
  | Exclude<
      keyof ProgramDraft,
      | ('step' | 'business' | 'rules' | 'hasBuyback')
      | ('backed' | 'transferable' | 'token' | 'firstDays')
    >
  | 'weekday'
  | 'offTerms'
  | 'documentHash';

/** A draft of another program, and what the form can not say as it is. */
export interface ProgramCopy {
  readonly draft: ProgramDraft;
  readonly left: readonly LeftField[];
  /** Names of rules that it can not say. */
  readonly leftRules: readonly string[];
}

const EPOCHS: readonly EpochLength[] = ['HOUR', 'DAY', 'WEEK'];
const HUNDREDTHS = 2;
const MS = 1_000;
/** The step in which rules are written. */
const STEP_OF_RULES = stepOf('rules');

/** Without the decimals that say nothing, as people type numbers. */
const plain = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
const isNone = (points: string): boolean => toBase(points, POINT_DECIMALS) === 0n;

/** Writes seconds as days; null for what is no whole hundredth of a day. */
function daysOf(seconds: number, decimals: number): string | null {
  if (seconds % HUNDREDTH_OF_DAY_S !== 0) return null;
  const text = fromBase(BigInt(seconds / HUNDREDTH_OF_DAY_S), DAY_DECIMALS);
  const days = plain(text);
  return decimals === 0 && days.includes('.') ? null : days;
}

/** Points for 1.00 spent; null for what is finer than the form can say. */
function forOneSpent(perMillionUnits: string): string | null {
  const units = toBase(perMillionUnits, POINT_DECIMALS);
  if (units % WHOLES_IN_A_MILLION !== 0n) return null;
  return fromBase(units / WHOLES_IN_A_MILLION, POINT_DECIMALS);
}

/** Writes a rule as it would be typed; null for one that has no such form. */
function typedRule(rule: CopiedRule): RuleDraft | null {
  const { ruleId, name, text, perAction, perMillionUnits, maxCount, maxPoints } = rule;
  // The form cuts blanks at the ends of words.
  if (rule.untilEpoch !== null || name !== name.trim() || text !== text.trim()) return null;
  const words = { ruleId, name, text };
  if (isNone(perMillionUnits) && !isNone(perAction) && maxPoints === null) {
    return {
      ...words,
      kind: 'each',
      points: perAction,
      most: maxCount === null ? '' : `${maxCount}`,
    };
  }
  const points = forOneSpent(perMillionUnits);
  if (!isNone(perAction) || isNone(perMillionUnits) || maxCount !== null || points === null) {
    return null;
  }
  return { ...words, kind: 'spent', points, most: maxPoints ?? '' };
}

/** The same, for what the form also takes: it has bounds of its own. */
function ruleOf(rule: CopiedRule, fresh: ProgramDraft): RuleDraft | null {
  const typed = typedRule(rule);
  if (typed === null) return null;
  const wrong = Object.keys(wrongIn({ ...fresh, rules: [typed] }, STEP_OF_RULES));
  return wrong.some((field) => field.startsWith('rules.')) ? null : typed;
}

/** The last start of an epoch up to a moment. Summer time moves the hour of the day, not the epochs. */
function lastStart({ startsAt, epochSeconds }: CopiedProgram['clock'], nowMs: number): Date {
  const firstMs = Date.parse(startsAt);
  const lengthMs = epochSeconds * MS;
  return new Date(firstMs + Math.floor((nowMs - firstMs) / lengthMs) * lengthMs);
}

/** Whether the terms of a program that buys nothing are not those that the form gives it. */
const hasOwnOffTerms = ({ pricePerPoint, minTender }: CopiedProgram['buyback']): boolean =>
  plain(pricePerPoint) !== plain(NO_BUYBACK.pricePerPoint) ||
  plain(minTender) !== plain(NO_BUYBACK.minTender);

/**
 * Takes a program over into a draft, all numbers exactly. What the form can not say is left as it is in `fresh`, and named; the token
 * and the first round are chosen anew on each chain.
 *
 * @param fresh what is chosen before anything is
 * @param nowMs of the chain that the new one will be on
 */
export function copyOf(program: CopiedProgram, fresh: ProgramDraft, nowMs: number): ProgramCopy {
  const { settings, clock, ruleSet, buyback } = program;
  const left: LeftField[] = [];
  const keep = <Name extends LeftField & keyof ProgramDraft>(
    name: Name,
    value: ProgramDraft[Name] | null | undefined,
  ): ProgramDraft[Name] => {
    if (value !== null && value !== undefined) return value;
    left.push(name);
    return fresh[name];
  };
  const copied = ruleSet.rules.map((rule) => ({ rule, typed: ruleOf(rule, fresh) }));
  const leftRules = copied.filter(({ typed }) => typed === null).map(({ rule }) => rule.name);
  const rules = copied.flatMap(({ typed }) => (typed === null ? [] : [typed]));
  const epoch = EPOCHS.find((length) => EPOCH_SECONDS[length] === clock.epochSeconds);
  const start = lastStart(clock, nowMs);
  const isWholeHour = start.getMinutes() === 0 && start.getSeconds() === 0;
  const hasBuyback = !/^0+(\.0*)?$/.test(buyback.budgetPerRound);
  const typed: ProgramDraft = {
    ...fresh,
    ...{ name: program.name, symbol: program.symbol, transferable: program.transferable },
    rules: rules.length === 0 ? fresh.rules : rules,
    budget: ruleSet.budgetPerEpoch,
    hasBuyback,
    ...(hasBuyback && {
      ...{ price: buyback.pricePerPoint, roundBudget: buyback.budgetPerRound },
      minTender: buyback.minTender,
    }),
    periodDays: keep('periodDays', daysOf(settings.roundPeriodSeconds, 0)),
    windowDays: keep('windowDays', daysOf(settings.roundWindowSeconds, 0)),
    backed: settings.backed,
    noticeDays: keep('noticeDays', daysOf(settings.noticeSeconds, DAY_DECIMALS)),
    threshold: plain(fromBase(BigInt(settings.objectionThresholdBps), HUNDREDTHS)),
    objectionCap: settings.objectionCap,
    epoch: keep('epoch', epoch),
    startHour: keep('startHour', isWholeHour ? `${start.getHours()}` : null),
    // It is counted in epochs.
    settlementWindow: keep(
      'settlementWindow',
      epoch === undefined ? null : `${program.settlementWindow}`,
    ),
    deadlineDays: keep('deadlineDays', daysOf(settings.orderDeadlineSeconds, DAY_DECIMALS)),
  };
  const draft = withinForm(typed, fresh, left);
  if (epoch === 'WEEK') left.push('weekday');
  if (!hasBuyback && hasOwnOffTerms(buyback)) left.push('offTerms');
  if (ruleSet.documentHash !== null) left.push('documentHash');
  return { draft, left, leftRules };
}

/** Leaves each field that the form would refuse as it was, and names it. */
function withinForm(typed: ProgramDraft, fresh: ProgramDraft, left: LeftField[]): ProgramDraft {
  const names = Object.keys(wrongIn(typed, LAST_STEP)).filter(
    (name): name is LeftField & keyof ProgramDraft => name in fresh && name !== 'token',
  );
  left.push(...names.filter((name) => !left.includes(name)));
  return { ...typed, ...Object.fromEntries(names.map((name) => [name, fresh[name]])) };
}
