/**
 * The earning formula, the only one in TypeScript. Imports nothing and does no I/O; the contract `Points` computes the
 * same, and a differential fuzz test holds the two together.
 */

/** Shape of one rule, as the contract computes with it. Points are base units (100 is one point). */
export interface RuleTerms {
  /** 0 to 255. */
  readonly id: number;
  /** Base units for one action, below 2^64. */
  readonly perAction: bigint;
  /** Base units for 1,000,000 units of amount, below 2^64. */
  readonly perUnit: bigint;
  /** At most this many actions of a member and epoch earn `perAction`; 2^32 - 1 is "no cap". */
  readonly maxCount: bigint;
  /** At most this many base units for a member and epoch; 2^34 - 1 is "no cap". */
  readonly maxPoints: bigint;
  /** The rule earns in epochs before this one; 2^32 - 1 is "no end". */
  readonly untilEpoch: number;
}

/** What a member did under one rule in one epoch. */
export interface Line {
  readonly ruleId: number;
  /** Number of actions, below 2^32. */
  readonly count: bigint;
  /** Total amount, below 2^64. */
  readonly amount: bigint;
}

/** `perUnit` is per this many units of amount. */
export const AMOUNT_SCALE = 1_000_000n;
/** Most base units that one statement can earn. */
export const MAX_STATEMENT_POINTS = 2n ** 34n - 1n;
/** "No cap" for `maxCount`. */
export const NO_COUNT_CAP = 2n ** 32n - 1n;
/** "No cap" for `maxPoints`. */
export const NO_POINTS_CAP = MAX_STATEMENT_POINTS;
/** "No end" for `untilEpoch`. */
export const NO_END = 2 ** 32 - 1;

/** Base units that one line earns under its rule in `epoch`, rounded down once. */
export function linePointsRoundedDown(rule: RuleTerms, line: Line, epoch: number): bigint {
  if (epoch >= rule.untilEpoch) return 0n;
  const counted = line.count < rule.maxCount ? line.count : rule.maxCount;
  const points = counted * rule.perAction + (line.amount * rule.perUnit) / AMOUNT_SCALE;
  return points < rule.maxPoints ? points : rule.maxPoints;
}

/** Base units that a statement earns in all: the sum of its lines, at most {@link MAX_STATEMENT_POINTS}. */
export function statementPoints(
  rules: ReadonlyMap<number, RuleTerms>,
  lines: readonly Line[],
  epoch: number,
): bigint {
  let points = 0n;
  for (const line of lines) {
    const rule = rules.get(line.ruleId);
    if (rule !== undefined) points += linePointsRoundedDown(rule, line, epoch);
  }
  return points < MAX_STATEMENT_POINTS ? points : MAX_STATEMENT_POINTS;
}
