/** One thing that a member did, as the log keeps it. Append-only. */
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
  /** Counts from this moment on; null counts at once. */
  readonly maturesAtMs: number | null;
  /** Who granted it by hand and why; null for what the app reports itself. */
  readonly actor: string | null;
  readonly reason: string | null;
  readonly recordedAtMs: number;
}

/** Takes an action out of its statement, if it came before the action matured. Append-only as well. */
export interface VoidEntry {
  readonly kind: 'void';
  readonly programId: string;
  readonly memberId: string;
  /** eventId of the action that is void. */
  readonly eventId: string;
  /** Epoch of that action. */
  readonly epoch: number;
  /** Chain time. */
  readonly voidedAtMs: number;
  readonly reason: string | null;
}

export type LogEntry = ActionEntry | VoidEntry;
