/** Checks actions that apps report. Every refusal says what was wrong and what would be right. */
import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { ActionEntry } from './action.ts';
import {
  epochAt,
  epochStartMs,
  GRACE_MS,
  latestMaturityMs,
  recordingClosesAtMs,
  ruleIdOf,
  whyNotInForce,
} from '../epochs.ts';
import type { Refusal } from '../errors.ts';
import { checkId, checkText, MAX_ID_CHARACTERS, MAX_REASON_CHARACTERS } from '../ids.ts';
import { nameForm } from '../names.ts';
import type { Program } from '../program.ts';
import { show } from '../show.ts';
import { isUnread, type UnreadAction } from './sentAction.ts';
import { TIME_WANTED } from '../times.ts';

/** One action of a member, as an app reports it. */
export interface ActionInput {
  /** The app's own id of the member, in any form of Unicode. */
  readonly memberId: string;
  readonly eventId: string;
  /** Name of a rule. */
  readonly rule: string;
  /** 1 to 100,000; 1 when left out. */
  readonly count?: number | null;
  /** 0 to 1e15; 0 when left out. */
  readonly amount?: number | null;
  readonly occurredAtMs: number;
  readonly maturesAtMs?: number | null;
  readonly actor?: string | null;
  readonly reason?: string | null;
  /** keccak256 of what shows that it happened: 0x and 64 hex digits. */
  readonly evidenceHash?: string | null;
}

/** The part of an action that is compared when its eventId comes again. */
export type ActionBody = Pick<
  ActionEntry,
  | 'ruleId'
  | 'count'
  | 'amount'
  | 'occurredAtMs'
  | 'maturesAtMs'
  | 'actor'
  | 'reason'
  | 'evidenceHash'
>;

/** An action that can be recorded unless the log has its eventId already. */
export interface CheckedAction {
  /** In NFC, as is the eventId: see `domain/names.ts`. */
  readonly externalId: string;
  readonly eventId: string;
  readonly epoch: number;
  readonly body: ActionBody;
  /**
   * Set when it comes at the wrong time. An action that is in the log already is a DUPLICATE all the same: apps repeat
   * calls late.
   */
  readonly untimely: Refusal | null;
  /** Set when it can be recorded and earns nothing, as the rules are now. */
  readonly warning: ActionWarning | null;
}

/** What the sender of a recorded action should know. */
export interface ActionWarning {
  readonly code: 'RULE_NOT_IN_FORCE';
  readonly message: string;
}

export type Checked =
  | { readonly action: CheckedAction; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly action?: never };

/** Keeps the sum of 10,000 actions below the contract's 2^32. */
export const MAX_COUNT = 100_000;
/** Exact as a double, and the sum of 10,000 actions stays below the contract's 2^64. */
export const MAX_AMOUNT = 1e15;
/** Clocks of apps are not exact. */
export const MAX_AHEAD_MS = 5 * 60_000;
/** Soft: keeps a statement quick to aggregate and its sums inside the contract's types. */
export const MAX_ACTIONS_PER_STATEMENT = 10_000;
/** Enough to see a misspelling; 500 refusals are one answer. */
const MAX_NAMES_LISTED = 10;
/** Last moment that a Date, and so the API, can name. */
const MAX_TIME_MS = 8.64e15;

const HASH = /^0x[0-9a-fA-F]{64}$/;

const iso = (ms: number): string => new Date(ms).toISOString();

function checkWhole(field: string, value: unknown, min: number, max: number): Refusal | null {
  const wanted = `a whole number from ${min} to ${max}`;
  if (typeof value !== 'number') {
    const shown = typeof value === 'string' ? `the text ${show(value)}` : show(value);
    return { code: 'MALFORMED', field, message: `${field} is ${shown}; it must be ${wanted}.` };
  }
  if (!Number.isInteger(value) || value < min || value > max) {
    return { code: 'OUT_OF_RANGE', field, message: `${field} is ${value}; it must be ${wanted}.` };
  }
  return null;
}

function checkTime(field: string, value: unknown): Refusal | null {
  const wanted = TIME_WANTED;
  if (value === undefined || value === null) {
    return { code: 'REQUIRED', field, message: `${field} is missing; it must be ${wanted}.` };
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > MAX_TIME_MS) {
    return { code: 'MALFORMED', field, message: `${field} is not a time; it must be ${wanted}.` };
  }
  return null;
}

function checkHash(field: string, value: unknown): Refusal | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && HASH.test(value)) return null;
  const message = `${field} is ${show(value)}; it must be a hash of 32 bytes: 0x and 64 hex digits.`;
  return { code: 'MALFORMED', field, message };
}

function checkShape(input: ActionInput): Refusal | null {
  return (
    checkId('memberId', input.memberId) ??
    checkId('eventId', input.eventId) ??
    checkText('rule', input.rule ?? '', MAX_ID_CHARACTERS) ??
    checkWhole('count', input.count ?? 1, 1, MAX_COUNT) ??
    checkWhole('amount', input.amount ?? 0, 0, MAX_AMOUNT) ??
    checkTime('occurredAt', input.occurredAtMs) ??
    checkTime('maturesAt', input.maturesAtMs ?? 0) ??
    checkText('actor', input.actor, MAX_ID_CHARACTERS) ??
    checkText('reason', input.reason, MAX_REASON_CHARACTERS) ??
    checkHash('evidenceHash', input.evidenceHash)
  );
}

/** Refuses what no later time makes right. */
function checkForProgram(program: Program, input: ActionInput, epoch: number): Refusal | null {
  if (epoch < 0) {
    return {
      code: 'BEFORE_START',
      field: 'occurredAt',
      message: `occurredAt is ${iso(input.occurredAtMs)}; it must not be before the start of the program, ${iso(program.startsAtMs)}.`,
    };
  }
  const latestMs = latestMaturityMs(program, epoch);
  if (typeof input.maturesAtMs === 'number' && input.maturesAtMs > latestMs) {
    return {
      code: 'MATURES_TOO_LATE',
      field: 'maturesAt',
      message: `maturesAt is ${iso(input.maturesAtMs)}; an action of epoch ${epoch} must mature by ${iso(latestMs)} to be settled in time.`,
    };
  }
  return null;
}

function checkTimeliness(
  program: Program,
  occurredAtMs: number,
  epoch: number,
  nowMs: number,
): Refusal | null {
  if (occurredAtMs > nowMs + MAX_AHEAD_MS) {
    return {
      code: 'IN_FUTURE',
      field: 'occurredAt',
      message: `occurredAt is ${iso(occurredAtMs)}; it must be at most ${MAX_AHEAD_MS / 60_000} minutes after the time of the chain, ${iso(nowMs)}.`,
    };
  }
  const closesAtMs = recordingClosesAtMs(program, epoch);
  if (nowMs >= closesAtMs) {
    const openEpoch = Math.max(0, epochAt(program, nowMs - GRACE_MS));
    return {
      code: 'EPOCH_CLOSED',
      field: 'occurredAt',
      message: `occurredAt is in epoch ${epoch}, which accepted actions until ${iso(closesAtMs)}; it must be ${iso(epochStartMs(program, openEpoch))} or later.`,
    };
  }
  return null;
}

function unknownRule(program: Program, rule: string): Refusal {
  const names = new Set(program.ruleSets.flatMap(({ rules }) => rules.map(({ name }) => name)));
  const known = [...names].slice(0, MAX_NAMES_LISTED).join(', ');
  const more = names.size > MAX_NAMES_LISTED ? ` and ${names.size - MAX_NAMES_LISTED} more` : '';
  return {
    code: 'UNKNOWN_RULE',
    field: 'rule',
    message: `rule is "${rule}", which no version of the rules has; it must be one of: ${known}${more}.`,
  };
}

function warningOf(
  program: Program,
  rule: string,
  ruleId: number,
  epoch: number,
): ActionWarning | null {
  const why = whyNotInForce(program, epoch, ruleId);
  if (why === null) return null;
  return {
    code: 'RULE_NOT_IN_FORCE',
    message: `rule is "${rule}", which ${why}; this action of epoch ${epoch} is recorded and earns nothing.`,
  };
}

/**
 * Checks one reported action against its program's rules and clock.
 *
 * @param nowMs Chain time.
 */
export function checkAction(
  program: Program,
  input: ActionInput | UnreadAction,
  nowMs: number,
): Checked {
  if (isUnread(input)) return { refusal: input.refusal };
  const malformed = checkShape(input);
  if (malformed !== null) return { refusal: malformed };
  const ruleId = ruleIdOf(program, input.rule);
  if (ruleId === null) return { refusal: unknownRule(program, input.rule) };
  const epoch = epochAt(program, input.occurredAtMs);
  const refusal = checkForProgram(program, input, epoch);
  if (refusal !== null) return { refusal };
  return {
    action: {
      externalId: nameForm(input.memberId),
      eventId: nameForm(input.eventId),
      epoch,
      body: {
        ruleId,
        count: input.count ?? 1,
        amount: input.amount ?? 0,
        occurredAtMs: input.occurredAtMs,
        maturesAtMs: input.maturesAtMs ?? null,
        actor: input.actor ?? null,
        reason: input.reason ?? null,
        evidenceHash: (input.evidenceHash?.toLowerCase() ?? null) as Hex | null,
      },
      untimely: checkTimeliness(program, input.occurredAtMs, epoch, nowMs),
      warning: warningOf(program, input.rule, ruleId, epoch),
    },
  };
}

/** Tells whether an action that comes again is the recorded one. */
export function isSameBody(a: ActionBody, b: ActionBody): boolean {
  return (
    a.ruleId === b.ruleId &&
    a.count === b.count &&
    a.amount === b.amount &&
    a.occurredAtMs === b.occurredAtMs &&
    a.maturesAtMs === b.maturesAtMs &&
    a.actor === b.actor &&
    a.reason === b.reason &&
    a.evidenceHash === b.evidenceHash
  );
}

/** Makes the refusal of an eventId that another action has. */
export function eventIdReused(eventId: string): Refusal {
  return {
    code: 'EVENT_ID_REUSED',
    field: 'eventId',
    message: `eventId is "${eventId}", which another action of this member has; every action needs an eventId of its own.`,
  };
}

/** Makes the refusal of an action for a statement that is full. */
export function tooManyActions(epoch: number): Refusal {
  return {
    code: 'TOO_MANY_ACTIONS',
    field: 'memberId',
    message: `The member has the maximum of ${MAX_ACTIONS_PER_STATEMENT} actions in epoch ${epoch}; report several as one with count and amount.`,
  };
}
