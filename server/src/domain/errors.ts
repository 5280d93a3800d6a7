/**
 * Expected failures that reach a caller of the API. Every code is in the error catalogue with its number and page.
 * Anything else that is thrown is unexpected and is masked.
 */
export const ERROR_CODES = [
  // who
  'UNAUTHENTICATED',
  'FORBIDDEN',
  // input
  'BAD_USER_INPUT',
  'REQUIRED',
  'TOO_LONG',
  'OUT_OF_RANGE',
  'MALFORMED',
  'LIMIT_EXCEEDED',
  'PAYLOAD_TOO_LARGE',
  'MALFORMED_REQUEST',
  'INVALID_QUERY',
  'QUERY_TOO_COMPLEX',
  // recording
  'EVENT_ID_REUSED',
  'UNKNOWN_RULE',
  'IN_FUTURE',
  'BEFORE_START',
  'EPOCH_CLOSED',
  'MATURES_TOO_LATE',
  'TOO_MANY_ACTIONS',
  // voiding
  'UNKNOWN_ACTION',
  'ALREADY_MATURED',
  // reading
  'NOT_FOUND',
  'NOTHING_TO_SETTLE',
  // service
  'OVERLOADED',
  'CHAIN_UNAVAILABLE',
  'CHAIN_STALE',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Where and why an input was refused: which field, what was wrong, what would be right. */
export interface Refusal {
  readonly code: ErrorCode;
  /** Path in the input, such as `amount` or `actions[3].amount`; null when no one field is at fault. */
  readonly field: string | null;
  readonly message: string;
}

/** An expected failure of a whole call. */
export class DewpointError extends Error {
  override readonly name = 'DewpointError';
  readonly code: ErrorCode;
  readonly field: string | null;
  /** Set when the same call may work later. */
  readonly retryAfterMs: number | null;

  constructor(args: {
    code: ErrorCode;
    message: string;
    field?: string;
    retryAfterMs?: number;
    cause?: unknown;
  }) {
    super(args.message, { cause: args.cause });
    this.code = args.code;
    this.field = args.field ?? null;
    this.retryAfterMs = args.retryAfterMs ?? null;
  }
}
