/** When an epoch begins, takes actions, and can be settled. Times are unix milliseconds of the chain's clock. */
import type { Program, Rule, RuleSet } from './program.ts';

type Clockwork = Pick<Program, 'startsAtMs' | 'epochLengthMs'>;

const HOUR_MS = 3_600_000;
/** Apps report at least once and late; six hours covers an outage without holding settlement up for a day. */
export const GRACE_MS = 6 * HOUR_MS;
/** What matures must leave this many epochs of the window to be settled in, one of them to be used up by an empty budget. */
const EPOCHS_LEFT_AFTER_MATURITY = 3;

/** Epoch of a moment; negative before the program starts. */
export function epochAt(program: Clockwork, ms: number): number {
  return Math.floor((ms - program.startsAtMs) / program.epochLengthMs);
}

export function epochStartMs(program: Clockwork, epoch: number): number {
  return program.startsAtMs + epoch * program.epochLengthMs;
}

/** From this moment on no action of the epoch is taken. */
export function recordingClosesAtMs(program: Clockwork, epoch: number): number {
  return epochStartMs(program, epoch + 1) + GRACE_MS;
}

/** From this moment on the contract takes no statement of the epoch. */
export function windowClosesAtMs(
  program: Clockwork & Pick<Program, 'settlementWindow'>,
  epoch: number,
): number {
  return epochStartMs(program, epoch + program.settlementWindow + 1);
}

/** The latest moment at which an action of the epoch may mature. */
export function latestMaturityMs(
  program: Clockwork & Pick<Program, 'settlementWindow'>,
  epoch: number,
): number {
  return epochStartMs(program, epoch + program.settlementWindow - EPOCHS_LEFT_AFTER_MATURITY);
}

/** The oldest epoch whose window is open at this moment; 0 in a program's first epochs. */
export function oldestOpenEpoch(
  program: Clockwork & Pick<Program, 'settlementWindow'>,
  nowMs: number,
): number {
  return Math.max(0, epochAt(program, nowMs) - program.settlementWindow);
}

/** The rule set that governs an epoch: the newest version that begins at or before it; null when none is known. */
export function ruleSetOf(program: Pick<Program, 'ruleSets'>, epoch: number): RuleSet | null {
  return program.ruleSets.findLast(({ fromEpoch }) => fromEpoch <= epoch) ?? null;
}

/** A rule by its id as of `epoch`: of that epoch's version, else of the newest that defines it; null when none does. */
export function ruleOf(
  program: Pick<Program, 'ruleSets'>,
  epoch: number,
  ruleId: number,
): Rule | null {
  const isIt = ({ id }: Rule): boolean => id === ruleId;
  const governing = ruleSetOf(program, epoch)?.rules.find(isIt);
  if (governing !== undefined) return governing;
  return program.ruleSets.findLast(({ rules }) => rules.some(isIt))?.rules.find(isIt) ?? null;
}

/** Id of the rule of this name in any version; null when no version defines it. */
export function ruleIdOf(program: Pick<Program, 'ruleSets'>, name: string): number | null {
  for (const { rules } of program.ruleSets) {
    const rule = rules.find((candidate) => candidate.name === name);
    if (rule !== undefined) return rule.id;
  }
  return null;
}
