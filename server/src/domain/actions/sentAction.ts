/**
 * Reads actions as they came over the wire, where a field may hold anything. What can not be read refuses its own action
 * and no other one.
 */
import type { Refusal } from '../errors.ts';
import { show } from '../show.ts';
import { readTime, TIME_WANTED } from '../times.ts';
import type { ActionInput } from './actionRules.ts';

/** The fields of an item of a call as they were sent; undefined for those left out. */
export type Sent<Field extends string> = { readonly [Name in Field]?: unknown };
/** Null when an item itself is null. */
export type SentAction = Sent<
  | 'memberId'
  | 'eventId'
  | 'rule'
  | 'count'
  | 'amount'
  | 'occurredAt'
  | 'maturesAt'
  | 'actor'
  | 'reason'
  | 'evidenceHash'
> | null;

/** An item that could not be read. */
export interface UnreadAction {
  readonly refusal: Refusal;
  readonly memberId: unknown;
  readonly eventId: unknown;
}

const WHOLE_NUMBER = /^-?\d{1,30}$/;

/** Tells an item that could not be read from one that could. */
export function isUnread(item: object): item is UnreadAction {
  return 'refusal' in item;
}

/** Reads the digits of a whole number in a text, as apps send amounts that JSON could round; anything else stays. */
function wholeOf(value: unknown): unknown {
  return typeof value === 'string' && WHOLE_NUMBER.test(value) ? Number(value) : value;
}

function checkSentTime(field: string, value: unknown): Refusal | null {
  if (value === undefined || value === null || readTime(value) !== null) return null;
  const message = `${field} is ${show(value)}; it must be ${TIME_WANTED}.`;
  return { code: 'MALFORMED', field, message };
}

/** Makes the refusal of a null in the place of an item. */
export function unreadNull(): UnreadAction {
  const message = 'This item is null; it must be an object with memberId and eventId.';
  return { refusal: { code: 'REQUIRED', field: null, message }, memberId: null, eventId: null };
}

/** Reads an action: the times in it, and an amount that came as a text. `checkAction` judges all that it holds. */
export function readAction(sent: SentAction): ActionInput | UnreadAction {
  if (sent === null) return unreadNull();
  const { memberId, eventId, occurredAt, maturesAt } = sent;
  const refusal = checkSentTime('occurredAt', occurredAt) ?? checkSentTime('maturesAt', maturesAt);
  if (refusal !== null) return { refusal, memberId, eventId };
  // The types are what `checkAction` makes sure of, field by field.
  return {
    ...(sent as ActionInput),
    amount: wholeOf(sent.amount) as number,
    occurredAtMs: readTime(occurredAt) as number,
    maturesAtMs: readTime(maturesAt),
  };
}

/** Names an id in a result as it was given: an id that is no text as JSON, one that is missing as nothing. */
export function givenId(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : show(value);
}
