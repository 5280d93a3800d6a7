/** Compares two rule sets over what members did: what each would have earned. Pure; statements come one at a time, so that memory is bounded. */
import {
  linePointsRoundedDown,
  MAX_STATEMENT_POINTS,
  type Line,
  type RuleTerms,
} from '@dewpoint/contracts/formula.ts';
import type { Rule } from '../program.ts';

/** Points by two rule sets, in base units. */
export interface BeforeAndAfter {
  readonly before: bigint;
  readonly after: bigint;
}

/** What was done under one rule, and what it earns by each rule set. */
export interface ComparedRule extends BeforeAndAfter {
  readonly ruleId: number;
  /** Null for a rule of neither set. */
  readonly name: string | null;
  readonly count: bigint;
  readonly amount: bigint;
}

/** What one member did, in all statements together. */
export interface ComparedMember extends BeforeAndAfter {
  readonly memberId: string;
}

/** Members whose points change by more than `from` percent, up to `to`; by just that where the two are the same. */
export interface SpreadStep {
  readonly from: number;
  /** Null for no upper end. */
  readonly to: number | null;
  readonly members: number;
}

/** Points of one epoch. */
export interface ComparedEpoch extends BeforeAndAfter {
  readonly epoch: number;
}

export interface RuleSetComparison extends BeforeAndAfter {
  readonly statements: number;
  /** Rules of either set, and those of no set under which something was done, by their ids. */
  readonly rules: readonly ComparedRule[];
  /** Epochs in which something was done, oldest first. */
  readonly epochs: readonly ComparedEpoch[];
  readonly members: {
    readonly better: number;
    readonly worse: number;
    readonly same: number;
  };
  /** Members by the change in percent, each in one step; those with nothing before are in none. */
  readonly spread: readonly SpreadStep[];
  /** Those who lose most points, most first; at most {@link MAX_HARDEST_HIT}. */
  readonly hardestHit: readonly ComparedMember[];
}

export const MAX_HARDEST_HIT = 20;
const SORTED_AT_ONCE = 10 * MAX_HARDEST_HIT;
/** From losing all to gaining most; no change at all is a step of its own. Each change is in the first step that reaches it. */
const STEPS: readonly Omit<SpreadStep, 'members'>[] = [
  { from: -100, to: -100 },
  { from: -100, to: -50 },
  { from: -50, to: -25 },
  { from: -25, to: -10 },
  { from: -10, to: 0 },
  { from: 0, to: 0 },
  { from: 0, to: 10 },
  { from: 10, to: 25 },
  { from: 25, to: 50 },
  { from: 50, to: 100 },
  { from: 100, to: null },
];
const SAME_STEP = 5;

/** A statement, as far as points are computed from it. */
export interface ComparedStatement {
  readonly memberId: string;
  readonly epoch: number;
  readonly lines: readonly Line[];
}

/** Adds up what statements earn by two rule sets. */
export interface RuleSetComparer {
  add(statement: ComparedStatement): void;
  result(): RuleSetComparison;
}

interface Sum {
  before: bigint;
  after: bigint;
}

const addTo = (sum: Sum, { before, after }: BeforeAndAfter): void => {
  sum.before += before;
  sum.after += after;
};

function sumIn<Key>(sums: Map<Key, Sum>, key: Key): Sum {
  let sum = sums.get(key);
  if (sum === undefined) {
    sum = { before: 0n, after: 0n };
    sums.set(key, sum);
  }
  return sum;
}

function stepOf({ before, after }: BeforeAndAfter): number {
  if (before === after) return SAME_STEP;
  const gained = (after - before) * 100n;
  return STEPS.findIndex(
    ({ to }, index) => index !== SAME_STEP && (to === null || gained <= BigInt(to) * before),
  );
}

function byLoss(one: ComparedMember, other: ComparedMember): number {
  const [loss, otherLoss] = [one.before - one.after, other.before - other.after];
  if (loss !== otherLoss) return loss > otherLoss ? -1 : 1;
  return one.memberId < other.memberId ? -1 : 1;
}

/** Those who lose most stand first; of those who lose the same, the first id. Sorts a few at a time: all of them take half a second. */
function hardestHitOf(members: ReadonlyMap<string, BeforeAndAfter>): ComparedMember[] {
  let hardest: ComparedMember[] = [];
  /** The last of those that were kept when they were sorted; who loses less is not among them. */
  let last: ComparedMember | undefined;
  const keepHardest = (): void => {
    hardest = hardest.sort(byLoss).slice(0, MAX_HARDEST_HIT);
    last = hardest[MAX_HARDEST_HIT - 1];
  };
  for (const [memberId, { before, after }] of members) {
    if (after >= before) continue;
    const loser = { memberId, before, after };
    if (last !== undefined && byLoss(loser, last) > 0) continue;
    hardest.push(loser);
    if (hardest.length >= SORTED_AT_ONCE) keepHardest();
  }
  keepHardest();
  return hardest;
}

function judge(
  members: ReadonlyMap<string, BeforeAndAfter>,
): Pick<RuleSetComparison, 'members' | 'spread' | 'hardestHit'> {
  const counts = { better: 0, worse: 0, same: 0 };
  const inStep = STEPS.map(() => 0);
  for (const sums of members.values()) {
    const { before, after } = sums;
    if (before === after) counts.same += 1;
    else if (after > before) counts.better += 1;
    else counts.worse += 1;
    // Of nothing there is no part.
    if (before === 0n) continue;
    const step = stepOf(sums);
    inStep[step] = (inStep[step] ?? 0) + 1;
  }
  const spread = STEPS.map((step, index) => ({ ...step, members: inStep[index] ?? 0 }));
  return { members: counts, spread, hardestHit: hardestHitOf(members) };
}

/**
 * Compares two rule sets over what was done, as if all of it were done in one epoch with each set in force: a rule that has ended by then
 * earns nothing. Budgets are left out, as they only delay.
 *
 * @param at.epoch The first epoch in which the later set can be in force.
 */
export function compareRuleSets(at: {
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
  readonly epoch: number;
}): RuleSetComparer {
  const rulesBefore = new Map(at.before.map((rule) => [rule.id, rule]));
  const rulesAfter = new Map(at.after.map((rule) => [rule.id, rule]));
  const pointsOf = (rules: ReadonlyMap<number, RuleTerms>, line: Line): bigint => {
    const rule = rules.get(line.ruleId);
    return rule === undefined ? 0n : linePointsRoundedDown(rule, line, at.epoch);
  };
  const capped = (points: bigint): bigint =>
    points < MAX_STATEMENT_POINTS ? points : MAX_STATEMENT_POINTS;

  const all: Sum = { before: 0n, after: 0n };
  const members = new Map<string, Sum>();
  const epochs = new Map<number, Sum>();
  const done = new Map<number, Sum & { count: bigint; amount: bigint }>();
  for (const id of [...rulesBefore.keys(), ...rulesAfter.keys()]) {
    done.set(id, { before: 0n, after: 0n, count: 0n, amount: 0n });
  }
  let statements = 0;

  const addLine = (line: Line): BeforeAndAfter => {
    const points = { before: pointsOf(rulesBefore, line), after: pointsOf(rulesAfter, line) };
    const sums = done.get(line.ruleId);
    if (sums === undefined) {
      done.set(line.ruleId, { ...points, count: line.count, amount: line.amount });
      return points;
    }
    addTo(sums, points);
    sums.count += line.count;
    sums.amount += line.amount;
    return points;
  };

  return {
    add({ memberId, epoch, lines }) {
      // All of it was voided.
      if (lines.length === 0) return;
      const sum = { before: 0n, after: 0n };
      for (const line of lines) addTo(sum, addLine(line));
      const points = { before: capped(sum.before), after: capped(sum.after) };
      statements += 1;
      addTo(all, points);
      addTo(sumIn(members, memberId), points);
      addTo(sumIn(epochs, epoch), points);
    },
    result: () => ({
      ...all,
      ...judge(members),
      statements,
      rules: [...done]
        .sort(([one], [other]) => one - other)
        .map(([ruleId, sums]) => ({
          ruleId,
          name: (rulesAfter.get(ruleId) ?? rulesBefore.get(ruleId))?.name ?? null,
          ...sums,
        })),
      epochs: [...epochs]
        .sort(([one], [other]) => one - other)
        .map(([epoch, sums]) => ({ epoch, ...sums })),
    }),
  };
}
