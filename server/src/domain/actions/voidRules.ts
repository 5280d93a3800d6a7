import type { ActionEntry, VoidEntry } from './action.ts';
import type { Refusal } from '../errors.ts';

/**
 * Time before the maturity of an action until which a void is accepted: it must be in the log before any server counts the
 * action. Two minutes are more than a write can take and than clocks of servers differ.
 */
export const VOID_MARGIN_MS = 2 * 60_000;

/**
 * Refuses to void an action that counts already or is about to.
 *
 * @param nowMs Chain time.
 */
export function voidTooLate({ eventId, maturesAtMs }: ActionEntry, nowMs: number): Refusal | null {
  if (maturesAtMs !== null && nowMs < maturesAtMs - VOID_MARGIN_MS) return null;
  const since =
    maturesAtMs === null
      ? 'counts since it was recorded, as it has no maturesAt'
      : `matures at ${new Date(maturesAtMs).toISOString()} and can only be voided until ${VOID_MARGIN_MS / 60_000} minutes before`;
  return {
    code: 'ALREADY_MATURED',
    field: 'eventId',
    message: `eventId is "${eventId}"; this action ${since}.`,
  };
}

/** Makes the void of an action, with what it takes away. @param nowMs Chain time. */
export function voidOf(
  action: ActionEntry,
  nowMs: number,
  { reason, salt }: Pick<VoidEntry, 'reason' | 'salt'>,
): VoidEntry {
  const { programId, memberId, eventId, epoch, ruleId, count, amount, maturesAtMs } = action;
  const taken = { ruleId, count, amount, maturesAtMs };
  const id = { programId, memberId, eventId, epoch };
  return { kind: 'void', ...id, ...taken, voidedAtMs: nowMs, reason, salt };
}

/** Tells whether an action does not count because of this void: it came before the action matured. */
export function isVoid(
  { maturesAtMs }: Pick<ActionEntry, 'maturesAtMs'>,
  entry: Pick<VoidEntry, 'voidedAtMs'> | null,
): boolean {
  return entry !== null && maturesAtMs !== null && entry.voidedAtMs < maturesAtMs;
}
