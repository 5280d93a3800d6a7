/** Tells when an epoch begins, takes actions and can be settled. Times are unix milliseconds of the chain's clock. */
import { isSameName } from './names.ts';
import type { Program, Rule, RuleSet } from './program.ts';

type Clockwork = Pick<Program, 'startsAtMs' | 'epochLengthMs'>;

const HOUR_MS = 3_600_000;
/** Apps report at least once and late; six hours covers an outage without holding settlement up for a day. */
export const GRACE_MS = 6 * HOUR_MS;
/** What matures must leave this many epochs of the window to be settled in, one of them to be used up by an empty budget. */
const EPOCHS_LEFT_AFTER_MATURITY = 3;

/** Finds the epoch of a time; negative before the program starts. */
export function epochAt(program: Clockwork, ms: number): number {
  return Math.floor((ms - program.startsAtMs) / program.epochLengthMs);
}

/** Returns the time at which an epoch begins. */
export function epochStartMs(program: Clockwork, epoch: number): number {
  return program.startsAtMs + epoch * program.epochLengthMs;
}

/** Returns the time from which no action of the epoch is accepted. */
export function recordingClosesAtMs(program: Clockwork, epoch: number): number {
  return epochStartMs(program, epoch + 1) + GRACE_MS;
}

/** Returns the time from which the contract accepts no statement of the epoch. */
export function windowClosesAtMs(
  program: Clockwork & Pick<Program, 'settlementWindow'>,
  epoch: number,
): number {
  return epochStartMs(program, epoch + program.settlementWindow + 1);
}

/** Returns the latest time at which an action of the epoch can mature. */
export function latestMaturityMs(
  program: Clockwork & Pick<Program, 'settlementWindow'>,
  epoch: number,
): number {
  return epochStartMs(program, epoch + program.settlementWindow - EPOCHS_LEFT_AFTER_MATURITY);
}

/** Finds the oldest epoch whose window is open; 0 in a program's first epochs. */
export function oldestOpenEpoch(
  program: Clockwork & Pick<Program, 'settlementWindow'>,
  nowMs: number,
): number {
  return Math.max(0, epochAt(program, nowMs) - program.settlementWindow);
}

/** Finds the rule set of an epoch: the newest version that begins at or before it; null when none is known. */
export function ruleSetOf(program: Pick<Program, 'ruleSets'>, epoch: number): RuleSet | null {
  return program.ruleSets.findLast(({ fromEpoch }) => fromEpoch <= epoch) ?? null;
}

/** Finds a rule by its id: in the version of `epoch`, else in the newest that has it; null when none does. */
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

/**
 * Finds the id of the rule with this name in any version; null when none has it. Exactly this name comes before the same
 * name in another form of Unicode, which other software may have published.
 */
export function ruleIdOf(program: Pick<Program, 'ruleSets'>, name: string): number | null {
  const rules = program.ruleSets.flatMap((ruleSet) => ruleSet.rules);
  const found =
    rules.find((rule) => rule.name === name) ?? rules.find((rule) => isSameName(rule.name, name));
  return found?.id ?? null;
}

/** Says why a rule earns nothing in an epoch, to go on after its name; null when it is in force. */
export function whyNotInForce(
  program: Pick<Program, 'ruleSets'>,
  epoch: number,
  ruleId: number,
): string | null {
  const isIt = ({ id }: Rule): boolean => id === ruleId;
  const governing = ruleSetOf(program, epoch);
  const rule = governing?.rules.find(isIt);
  if (rule !== undefined) {
    return epoch < rule.untilEpoch ? null : `has lapsed: it earned before epoch ${rule.untilEpoch}`;
  }
  const next = program.ruleSets.find(
    ({ fromEpoch, rules }) => fromEpoch > epoch && rules.some(isIt),
  );
  if (next !== undefined) return `is in force from epoch ${next.fromEpoch} on`;
  return `has lapsed: version ${governing?.version ?? 0} of the rules, in force from epoch ${governing?.fromEpoch ?? 0} on, is without it`;
}
