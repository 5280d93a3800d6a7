import type { Hex } from '@dewpoint/contracts/statement.ts';

/** One action of a member, as the append-only log keeps it. */
export interface ActionEntry {
  readonly kind: 'action';
  readonly programId: string;
  /** Internal member id (UUIDv7), not the app's. */
  readonly memberId: string;
  /** The app's own id of the action; unique per program and member. */
  readonly eventId: string;
  readonly ruleId: number;
  /** 1 to 100,000. */
  readonly count: number;
  /** 0 to 1e15. */
  readonly amount: number;
  readonly occurredAtMs: number;
  /** Epoch of `occurredAtMs`. */
  readonly epoch: number;
  /** Time from which it counts; null when it counts at once. */
  readonly maturesAtMs: number | null;
  /** Person who granted it by hand; null when the app reports it by itself. */
  readonly actor: string | null;
  readonly reason: string | null;
  /** keccak256 of what shows that it happened, such as an order or a review; null for none. */
  readonly evidenceHash: Hex | null;
  readonly recordedAtMs: number;
  /** 32 random bytes: without them nobody can guess what the entry says from its leaf. */
  readonly salt: Hex;
  /** Set once what the entry says was erased: its leaf, which is anchored or still is to be. */
  readonly leaf?: Hex;
}

/** Void of an action, which counts if it is recorded before the action matures. Append-only as well. */
export interface VoidEntry {
  readonly kind: 'void';
  readonly programId: string;
  readonly memberId: string;
  /** `eventId` of the void action. */
  readonly eventId: string;
  /** Epoch of that action. */
  readonly epoch: number;
  /** What the action would count for, copied from it: a sum over the log then needs no look at other entries. */
  readonly ruleId: number;
  readonly count: number;
  readonly amount: number;
  readonly maturesAtMs: number | null;
  /** Chain time. */
  readonly voidedAtMs: number;
  /** Set when the action had been held before. */
  readonly afterHold?: true;
  /** Person who decided it; null when the app did by itself. */
  readonly actor?: string | null;
  readonly reason: string | null;
  /** 32 random bytes. */
  readonly salt: Hex;
  /** As that of an action. */
  readonly leaf?: Hex;
}

/** Decision that an action which has not matured counts later (`hold`) or sooner (`release`). Append-only as well. */
export interface MoveEntry {
  readonly kind: 'hold' | 'release';
  readonly programId: string;
  readonly memberId: string;
  /** `eventId` of the action. */
  readonly eventId: string;
  /** Epoch of that action. */
  readonly epoch: number;
  /** What the action counts for, copied from it: a sum over the log then needs no look at other entries. */
  readonly ruleId: number;
  readonly count: number;
  readonly amount: number;
  /** Time from which the action counted until this decision. */
  readonly maturesAtMs: number;
  /** Time from which it counts by it. */
  readonly movedToMs: number;
  /** Chain time. */
  readonly decidedAtMs: number;
  /** Set when the action had been held before; never in a hold. */
  readonly afterHold?: true;
  /** Person who decided it; null when the app did by itself. */
  readonly actor?: string | null;
  readonly reason: string | null;
  /** 32 random bytes. */
  readonly salt: Hex;
  /** As that of an action. */
  readonly leaf?: Hex;
}

/** What a reviewer decides on an action that has not matured. */
export type DecisionEntry = VoidEntry | MoveEntry;

export type LogEntry = ActionEntry | DecisionEntry;

/**
 * What was decided on an action: at most one hold, and after it, or at once, what ends the review. Each of the two is one place in
 * the log, so that of two decisions at the same time one is refused its place and judged again.
 */
export interface Decisions {
  readonly hold: MoveEntry | null;
  /** A void or a release. */
  readonly end: DecisionEntry | null;
}

/** Returns the chain time at which an entry was recorded; the entry belongs to the log of the epoch of this moment. */
export function recordedAtMsOf(entry: LogEntry): number {
  if (entry.kind === 'action') return entry.recordedAtMs;
  return entry.kind === 'void' ? entry.voidedAtMs : entry.decidedAtMs;
}
