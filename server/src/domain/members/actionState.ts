/** Tells what became of one action, and why: the state of the entry of its member's history that it is in. Pure. */
import {
  linePointsRoundedDown,
  NO_COUNT_CAP,
  NO_POINTS_CAP,
  type Line,
} from '@dewpoint/contracts/formula.ts';
import { unpackLines } from '@dewpoint/contracts/statement.ts';
import { epochAt, ruleOf, ruleSetOf, whyNotInForce, windowClosesAtMs } from '../epochs.ts';
import { historyOf, type HistoryEntry, type HistoryState } from './history.ts';
import type { Program, Rule } from '../program.ts';
import type { HeldBack } from '../statements/parts.ts';
import type { ChainPosition, StatementRecord } from '../statements/statementRecord.ts';
import type { ActionEntry, Decisions } from '../actions/action.ts';
import { isVoid, maturityOf, releaseIn, VOID_MARGIN_MS, voidIn } from '../actions/reviewRules.ts';

/** What became of an action. */
export interface ActionFate {
  readonly state: HistoryState;
  /** A sentence for people who answer a member. */
  readonly why: string;
  /**
   * Base units that the action earns by itself, rounded down; null where a cap of its rule lies between it and others of its
   * member and epoch, of which none can be told to have earned what.
   */
  readonly points: bigint | null;
  readonly heldBack: HeldBack | null;
  /** Event that minted last for its epoch; null while nothing under its rule is minted. */
  readonly settledAt: ChainPosition | null;
}

const day = (ms: number): string => new Date(ms).toISOString();

/** Base units that an action earns by itself; null where a cap of the rule takes away from what its line would earn. */
function pointsOf(rule: Rule, epoch: number, own: Line, line: Line): bigint | null {
  const uncapped = { ...rule, maxCount: NO_COUNT_CAP, maxPoints: NO_POINTS_CAP };
  const all = linePointsRoundedDown(uncapped, line, epoch);
  return linePointsRoundedDown(rule, line, epoch) < all
    ? null
    : linePointsRoundedDown(uncapped, own, epoch);
}

function whyHeldBack(statement: StatementRecord, heldBack: HeldBack): string {
  const again = `the service tries again from ${day(statement.settleAfterMs)} on`;
  return heldBack === 'BUDGET'
    ? `The budget of the epoch in which the contract was handed the statement was used up; ${again}.`
    : `The money in the reserve that is not owed does not back more points of this program; ${again}.`;
}

function whyPending(program: Program, statement: StatementRecord | null, at: At): string {
  if (statement === null) return 'It was recorded a moment ago.';
  const { epoch, settleAfterMs, askedAtMs } = statement;
  if (epoch > epochAt(program, at.nowMs)) return 'Its epoch has not begun on chain.';
  if (askedAtMs !== null)
    return `The member asked for its points at ${day(askedAtMs)}, and they are being settled.`;
  return settleAfterMs <= at.nowMs
    ? 'It counts and is being settled.'
    : `It counts. Its epoch is settled from ${day(settleAfterMs)} on, or as soon as the member collects.`;
}

function whyMaturing(decisions: Decisions, maturesAtMs: number): string {
  const counts = `It counts from ${day(maturesAtMs)} on`;
  const released = releaseIn(decisions);
  if (released !== null) return `${counts}: it was released at ${day(released.decidedAtMs)}.`;
  const { hold } = decisions;
  const held =
    hold === null
      ? ''
      : `: it is held for review since ${day(hold.decidedAtMs)}${hold.reason === null ? '' : ` (${hold.reason})`}`;
  return `${counts}, and can be voided until ${day(maturesAtMs - VOID_MARGIN_MS)}${held}.`;
}

interface At {
  /** Chain time. */
  readonly nowMs: number;
}

/** What is known of an action: the log, its statement and the time. */
export interface ActionFacts extends At {
  readonly action: ActionEntry;
  readonly decisions: Decisions;
  /** Null until its epoch was aggregated for the first time. */
  readonly statement: StatementRecord | null;
}

function whyState(
  program: Program,
  { action, statement, ...at }: ActionFacts,
  state: Exclude<HistoryState, 'VOIDED' | 'MATURING'>,
  entry: HistoryEntry | null,
): string {
  const rule = `rule "${ruleOf(program, action.epoch, action.ruleId)?.name ?? action.ruleId}"`;
  switch (state) {
    case 'RULE_NOT_IN_FORCE':
      return `In epoch ${action.epoch} ${rule} ${whyNotInForce(program, action.epoch, action.ruleId) ?? 'is not in force'}: it earns nothing.`;
    case 'SETTLED':
      return `The contract has minted everything that the member's actions under ${rule} earn in epoch ${action.epoch}.`;
    case 'LAPSED':
      return `The settlement window of epoch ${action.epoch} closed at ${day(windowClosesAtMs(program, action.epoch))} before everything was minted.`;
    case 'REFUSED':
      return `The contract refused the statement for good: ${statement?.skipped?.reason ?? 'unknown'}.`;
    default: {
      const heldBack = entry?.heldBack ?? null;
      return statement !== null && heldBack !== null
        ? whyHeldBack(statement, heldBack)
        : whyPending(program, statement, at);
    }
  }
}

/** Finds what became of an action. */
export function fateOf(program: Program, facts: ActionFacts): ActionFate {
  const { action, decisions, statement, nowMs } = facts;
  const { epoch, ruleId } = action;
  const maturesAtMs = maturityOf(action, decisions);
  const voided = voidIn(decisions);
  const none = { heldBack: null, settledAt: null };
  if (isVoid(voided)) {
    const reason = voided.reason === null ? '' : `: ${voided.reason}`;
    const why = `It was voided at ${day(voided.voidedAtMs)}, before it matured${reason}.`;
    return { state: 'VOIDED', why, points: 0n, ...none };
  }
  const rule = ruleSetOf(program, epoch)?.rules.find(({ id }) => id === ruleId) ?? null;
  const own = { ruleId, count: BigInt(action.count), amount: BigInt(action.amount) };
  const line =
    statement === null
      ? own
      : (unpackLines(statement.expectedLines).find((one) => one.ruleId === ruleId) ?? own);
  const points = rule === null ? 0n : pointsOf(rule, epoch, own, line);
  if (maturesAtMs !== null && maturesAtMs > (statement?.asOfMs ?? nowMs)) {
    const why = whyMaturing(decisions, maturesAtMs);
    return { state: 'MATURING', why, points, ...none };
  }
  const isClosed = windowClosesAtMs(program, epoch) <= nowMs;
  const entries = statement === null ? [] : historyOf(program, statement, isClosed);
  const entry = entries.find((one) => one.rule.id === ruleId && one.state !== 'MATURING') ?? null;
  const state = entry?.state ?? 'PENDING';
  if (state === 'VOIDED' || state === 'MATURING')
    throw new Error(`An entry that counts is ${state}.`);
  return {
    state,
    why: whyState(program, facts, state, entry),
    points: state === 'RULE_NOT_IN_FORCE' ? 0n : points,
    heldBack: entry?.heldBack ?? null,
    settledAt: entry?.settledAt ?? null,
  };
}
