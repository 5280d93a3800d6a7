/** Reviews of actions before they count: what may be decided, and what follows from it. Pure. */
import type { Refusal } from '../errors.ts';
import { latestMaturityMs } from '../epochs.ts';
import type { Program } from '../program.ts';
import type { ActionEntry, DecisionEntry, Decisions, MoveEntry, VoidEntry } from './action.ts';

/**
 * Time before the maturity of an action until which it is decided on: the decision must be in the log before any server counts the
 * action. Two minutes are more than a write can take and than clocks of servers differ.
 */
export const VOID_MARGIN_MS = 2 * 60_000;

export type DecisionKind = DecisionEntry['kind'];

export const NO_DECISIONS: Decisions = { hold: null, end: null };

/** Returns the void among the decisions on an action; null for none. */
export const voidIn = ({ end }: Decisions): VoidEntry | null => (end?.kind === 'void' ? end : null);

/** Returns the release among the decisions on an action; null for none. */
export const releaseIn = ({ end }: Decisions): MoveEntry | null =>
  end?.kind === 'release' ? end : null;

/** Returns the time from which an action counts by what was decided on it; null when it counts since it was recorded. */
export const maturityOf = (
  { maturesAtMs }: Pick<ActionEntry, 'maturesAtMs'>,
  decisions: Decisions,
): number | null => releaseIn(decisions)?.movedToMs ?? decisions.hold?.movedToMs ?? maturesAtMs;

/** Tells whether an action does not count because of this void: it came before the action matured. */
export function isVoid(
  entry: Pick<VoidEntry, 'maturesAtMs' | 'voidedAtMs'> | null,
): entry is VoidEntry {
  return entry !== null && entry.maturesAtMs !== null && entry.voidedAtMs < entry.maturesAtMs;
}

const iso = (ms: number): string => new Date(ms).toISOString();

function tooLate({ eventId, maturesAtMs }: ActionEntry, decisions: Decisions): Refusal {
  const released = releaseIn(decisions);
  const now = maturityOf({ maturesAtMs }, decisions);
  const margin = VOID_MARGIN_MS / 60_000;
  const since =
    released !== null
      ? `was released at ${iso(released.decidedAtMs)}`
      : now === null
        ? 'counts since it was recorded, as it has no maturesAt'
        : `matures at ${iso(now)} and can only be decided on until ${margin} minutes before`;
  return {
    code: 'ALREADY_MATURED',
    field: 'eventId',
    message: `eventId is "${eventId}"; this action ${since}.`,
  };
}

function alreadyVoided({ eventId, voidedAtMs }: VoidEntry): Refusal {
  return {
    code: 'ALREADY_VOIDED',
    field: 'eventId',
    message: `eventId is "${eventId}"; this action was voided at ${iso(voidedAtMs)} and will not count.`,
  };
}

/** The outcome of a decision: it is added to the log, it is there already, it changes nothing, or it is refused. */
export type Verdict =
  | { readonly add: DecisionEntry }
  | { readonly stands: DecisionEntry | null }
  | { readonly refusal: Refusal };

/** Who decides what, and when. */
export interface Decision extends Pick<DecisionEntry, 'reason' | 'salt'> {
  readonly kind: DecisionKind;
  /** Person who decides; null for the app by itself. */
  readonly actor: string | null;
  /** Chain time. */
  readonly nowMs: number;
}

/**
 * Judges a decision on an action. A void takes it away, a hold lets it count as late as its epoch can still be settled, and a release
 * as soon as all servers are sure to know of it.
 */
export function decide(
  program: Pick<Program, 'startsAtMs' | 'epochLengthMs' | 'settlementWindow'>,
  action: ActionEntry,
  decisions: Decisions,
  { kind, actor, nowMs, reason, salt }: Decision,
): Verdict {
  const { hold, end } = decisions;
  if (end?.kind === kind) return { stands: end };
  if (end?.kind === 'void') return { refusal: alreadyVoided(end) };
  if (kind === 'hold' && hold !== null && end === null) return { stands: hold };
  const maturesAtMs = maturityOf(action, decisions);
  if (end !== null || maturesAtMs === null || nowMs >= maturesAtMs - VOID_MARGIN_MS)
    return { refusal: tooLate(action, decisions) };
  const { programId, memberId, eventId, epoch, ruleId, count, amount } = action;
  const copied = { programId, memberId, eventId, epoch, ruleId, count, amount, maturesAtMs };
  const said = { ...(hold !== null && { afterHold: true as const }), actor, reason, salt };
  if (kind === 'void') return { add: { kind, ...copied, voidedAtMs: nowMs, ...said } };
  const movedToMs = kind === 'hold' ? latestMaturityMs(program, epoch) : nowMs + VOID_MARGIN_MS;
  // It counts as late as it can without any decision.
  if (kind === 'hold' && movedToMs <= maturesAtMs) return { stands: null };
  return { add: { kind, ...copied, movedToMs, decidedAtMs: nowMs, ...said } };
}
