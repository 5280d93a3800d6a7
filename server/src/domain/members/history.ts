/** Makes the history of a member from statements and their state on chain. */
import { statementPoints, type Line } from '@dewpoint/contracts/formula.ts';
import { unpackLines, type Hex } from '@dewpoint/contracts/statement.ts';
import { isRefused } from '../statements/due.ts';
import { heldBackOf, partsOf, type HeldBack } from '../statements/parts.ts';
import type { ActionEntry, VoidEntry } from '../actions/action.ts';
import { ruleOf, ruleSetOf, whyNotInForce } from '../epochs.ts';
import type { Program, Rule } from '../program.ts';
import type { ChainPosition, StatementRecord } from '../statements/statementRecord.ts';

/**
 * - `MATURING`: counts later and can be voided
 * - `PENDING`: counts, and the contract has not minted all of it
 * - `SETTLED`: minted
 * - `LAPSED`: its window closed before all of it was minted
 * - `REFUSED`: the contract refused the statement for a permanent reason
 * - `RULE_NOT_IN_FORCE`: earns nothing, as its rule was not in force in the epoch
 * - `VOIDED`: one action that was voided before it matured, and earns nothing
 */
export type HistoryState =
  'MATURING' | 'PENDING' | 'SETTLED' | 'LAPSED' | 'REFUSED' | 'RULE_NOT_IN_FORCE' | 'VOIDED';

/**
 * Actions of a member under one rule in one epoch. Those that still mature are an entry of their own, and so is each one
 * that was voided.
 */
export interface HistoryEntry {
  readonly epoch: number;
  /** As it is in force in that epoch, else as it was published last. */
  readonly rule: Rule;
  /** Version of the rules in force in that epoch. */
  readonly ruleSetVersion: number;
  readonly count: bigint;
  readonly amount: bigint;
  /** Base units. The lines of a statement can add up to more than its own limit of 2^34 - 1. */
  readonly points: bigint;
  readonly state: HistoryState;
  /** Base units that the contract has minted of it. Over all entries of an epoch, what it has minted for that epoch. */
  readonly minted: bigint;
  /** Event that minted last for the epoch; null while nothing of this entry is minted. */
  readonly settledAt: ChainPosition | null;
  /** What holds back the rest; null while nothing does. */
  readonly heldBack: HeldBack | null;
  /** Transaction that last settled or refused its statement. */
  readonly transactionHash: Hex | null;
  /** The voided action; null for every other entry. */
  readonly voided: Pick<VoidEntry, 'eventId' | 'reason' | 'voidedAtMs'> | null;
  /** Names this entry among those of the member. */
  readonly cursor: string;
}

/** Position of an entry: newest epoch first, then by rule, then what counts before what matures, then what is voided. */
export interface HistoryPosition {
  readonly epoch: number;
  /** Null for a voided action. */
  readonly ruleId: number | null;
  readonly maturing: boolean;
  /** Of a voided action; else null. */
  readonly eventId: string | null;
}

const CURSOR = /^(\d{1,10})\.(?:(\d{1,3})(m?)|v(.{1,256}))$/su;

const cursorOf = (epoch: number, ruleId: number, maturing: boolean): string =>
  `${epoch}.${ruleId}${maturing ? 'm' : ''}`;

/** Reads a cursor of a history; null for any other text. */
export function parseHistoryCursor(cursor: string): HistoryPosition | null {
  const match = CURSOR.exec(cursor);
  if (match === null) return null;
  const [, epoch, ruleId, maturing, eventId] = match;
  return {
    epoch: Number(epoch),
    ruleId: ruleId === undefined ? null : Number(ruleId),
    maturing: maturing === 'm',
    eventId: eventId ?? null,
  };
}

/** Tells whether an entry that is not voided comes after a position. */
export function isAfter(entry: HistoryEntry, position: HistoryPosition): boolean {
  if (entry.epoch !== position.epoch) return entry.epoch < position.epoch;
  if (position.ruleId === null) return false;
  if (entry.rule.id !== position.ruleId) return entry.rule.id > position.ruleId;
  return entry.state === 'MATURING' && !position.maturing;
}

/** Finds the rule of recorded actions. */
function recordedRule(program: Pick<Program, 'ruleSets'>, epoch: number, ruleId: number): Rule {
  const rule = ruleOf(program, epoch, ruleId);
  if (rule === null) throw new Error(`Rule ${ruleId} was recorded and is not defined.`);
  return rule;
}

/** Makes the entry of a voided action. */
export function voidedEntry(
  program: Pick<Program, 'ruleSets'>,
  { epoch, eventId, reason, voidedAtMs }: VoidEntry,
  { ruleId, count, amount }: Pick<ActionEntry, 'ruleId' | 'count' | 'amount'>,
): HistoryEntry {
  return {
    epoch,
    rule: recordedRule(program, epoch, ruleId),
    ruleSetVersion: ruleSetOf(program, epoch)?.version ?? 0,
    count: BigInt(count),
    amount: BigInt(amount),
    points: 0n,
    state: 'VOIDED',
    minted: 0n,
    settledAt: null,
    heldBack: null,
    transactionHash: null,
    voided: { eventId, reason, voidedAtMs },
    cursor: `${epoch}.v${eventId}`,
  };
}

/** Finds the state of a line that counts. */
function stateOf(
  statement: StatementRecord,
  isMinted: boolean,
  windowClosed: boolean,
): HistoryState {
  if (statement.points <= statement.settledPoints || isMinted) return 'SETTLED';
  if (windowClosed) return 'LAPSED';
  return isRefused(statement) ? 'REFUSED' : 'PENDING';
}

function transactionOf({ settledAt, skipped }: StatementRecord, state: HistoryState): Hex | null {
  if (state === 'SETTLED') return settledAt?.transactionHash ?? null;
  return state === 'REFUSED' ? (skipped?.at.transactionHash ?? null) : null;
}

/** Lines that the contract has minted in full, by rule id; none while a budget holds part of them back. */
function mintedLines(
  rules: ReadonlyMap<number, Rule>,
  { settledLines, settledPoints, epoch }: StatementRecord,
): Map<number, Line> {
  const lines = unpackLines(settledLines);
  const isWhole = settledPoints >= statementPoints(rules, lines, epoch);
  return new Map(isWhole ? lines.map((line) => [line.ruleId, line]) : []);
}

const less = (a: Line, b: Line): Line => ({
  ruleId: a.ruleId,
  count: a.count - b.count,
  amount: a.amount - b.amount,
});

/** Makes the entries of one statement, by rule id. */
export function historyOf(
  program: Pick<Program, 'ruleSets' | 'backed'>,
  statement: StatementRecord,
  windowClosed: boolean,
): HistoryEntry[] {
  const { epoch } = statement;
  const ruleSet = ruleSetOf(program, epoch);
  const rules = new Map(ruleSet?.rules.map((rule) => [rule.id, rule]));
  const minted = mintedLines(rules, statement);
  const mintedByRule = new Map(
    partsOf(program, statement).map((part) => [part.ruleId, part.minted] as const),
  );
  const counting = new Map(unpackLines(statement.lines).map((line) => [line.ruleId, line]));
  const entryOf = (line: Line, points: bigint, state: HistoryState): HistoryEntry => {
    const rule = recordedRule(program, epoch, line.ruleId);
    const { count, amount } = line;
    const ruleSetVersion = ruleSet?.version ?? 0;
    const transactionHash = transactionOf(statement, state);
    const cursor = cursorOf(epoch, rule.id, state === 'MATURING');
    const voided = null;
    const mintedOfIt = state === 'MATURING' ? 0n : (mintedByRule.get(rule.id) ?? 0n);
    const settledAt = mintedOfIt > 0n ? statement.settledAt : null;
    const heldBack = state === 'PENDING' ? heldBackOf(program, statement) : null;
    return {
      ...{ epoch, rule, ruleSetVersion, count, amount, points },
      ...{ state, minted: mintedOfIt, settledAt, heldBack, transactionHash, voided, cursor },
    };
  };
  const stateOfLine = (line: Line, isMinted: boolean): HistoryState =>
    whyNotInForce(program, epoch, line.ruleId) === null
      ? stateOf(statement, isMinted, windowClosed)
      : 'RULE_NOT_IN_FORCE';
  const pointsOf = (line: Line): bigint => statementPoints(rules, [line], epoch);
  return unpackLines(statement.expectedLines).flatMap((expected) => {
    const { ruleId } = expected;
    const line = counting.get(ruleId) ?? { ruleId, count: 0n, amount: 0n };
    const done = minted.get(ruleId);
    const isMinted = done !== undefined && done.count >= line.count && done.amount >= line.amount;
    const maturing = less(expected, line);
    return [
      ...(line.count === 0n ? [] : [entryOf(line, pointsOf(line), stateOfLine(line, isMinted))]),
      ...(maturing.count === 0n
        ? []
        : [entryOf(maturing, pointsOf(expected) - pointsOf(line), 'MATURING')]),
    ];
  });
}
