/**
 * Codes of the expected errors of the API, each in the error catalogue with its number. Any other error is unexpected and
 * masked.
 */
export const ERROR_CODES = [
  // who
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PROGRAM_NOT_NAMED',
  'ORGANISATION_NOT_NAMED',
  'INVALID_SIGN_IN',
  'USED_OR_EXPIRED',
  'RATE_LIMITED',
  'TOO_MANY_KEYS',
  'TWO_FACTOR_REQUIRED',
  // organisations
  'SLUG_TAKEN',
  'ALREADY_IN_TEAM',
  'LAST_OWNER',
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
  'ALREADY_VOIDED',
  // reading
  'NOT_FOUND',
  'NOTHING_TO_SETTLE',
  // writing to the chain
  'IDEMPOTENCY_KEY_REUSED',
  'BUSY',
  'QUOTA_USED_UP',
  'NOT_OPERATOR',
  'REFUSED_BY_CONTRACT',
  'INSUFFICIENT_POINTS',
  'INVALID_MOVE',
  'INVALID_SIGNATURE',
  'OUTDATED_SIGNATURE',
  // members
  'INVALID_MERGE',
  'ALREADY_MERGED',
  // terms
  'RULE_NAME_TAKEN',
  'RULE_WORDS_FIXED',
  'NOT_A_TOKEN',
  'PROGRAM_EXISTS',
  'CHANGE_PENDING',
  'COOLDOWN',
  'NOT_BEFORE_TOO_LATE',
  'NOT_PENDING',
  'NOTICE_RUNS',
  'NOTICE_OVER',
  'LAST_ROUND_OWED',
  'OUTDATED',
  'NOTHING_TO_RELEASE',
  'NO_CHANGE',
  'IMPROVED_ALREADY',
  'NEWEST_NOT_IN_FORCE',
  'NOT_COVERED',
  'UNKNOWN_DOCUMENT',
  'DRAFT_CHANGED',
  // rounds and the reserve
  'ROUND_NOT_OPEN',
  'ROUND_NOT_SETTLED',
  'BELOW_MIN_TENDER',
  'INSUFFICIENT_TENDER',
  'NOTHING_TO_CLAIM',
  'INSUFFICIENT_MONEY',
  'EXCEEDS_WITHDRAWABLE',
  'UNEXPECTED_TRANSFER',
  'INVALID_RECIPIENT',
  'NOTHING_TO_SEND',
  // items and orders
  'ITEM_WITHDRAWN',
  'NO_WITHDRAWAL_SCHEDULED',
  'OUT_OF_STOCK',
  'PRICE_TOO_HIGH',
  'ORDER_REF_USED',
  'ORDER_NOT_OPEN',
  'DEADLINE_PASSED',
  'DEADLINE_NOT_REACHED',
  // payments
  'PAYMENTS_OFF',
  'RECORDING_STOPPED',
  'PAYMENTS_UNAVAILABLE',
  'ALREADY_SUBSCRIBED',
  'NOT_SUBSCRIBED',
  'INVALID_WEBHOOK',
  'TOP_UPS_OFF',
  'TOP_UP_NOT_OFFERED',
  'TOP_UPS_STOPPED',
  'TOP_UP_LIMIT',
  // webhooks
  'TOO_MANY_ENDPOINTS',
  'URL_NOT_ALLOWED',
  'ENDPOINT_NOT_ENABLED',
  // the clock of a local chain
  'CLOCK_FIXED',
  'STATEMENTS_OPEN',
  // service
  'OVERLOADED',
  'CHAIN_UNAVAILABLE',
  'CHAIN_STALE',
  'DATABASE_UNAVAILABLE',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A refused input: which field, what was wrong and what would be right. */
export interface Refusal {
  readonly code: ErrorCode;
  /** Path in the input, such as `amount` or `actions[3].amount`; null when it is not about a single field. */
  readonly field: string | null;
  readonly message: string;
}

/**
 * Refuses the input of a request, in one field or several, after nothing was done. A mutation answers with `userErrors`, a
 * query with the first refusal.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly refusals: readonly Refusal[];

  /** @param refused One refusal, or at least one in a list. */
  constructor(refused: Refusal | readonly Refusal[]) {
    const refusals = 'code' in refused ? [refused] : refused;
    super(refusals.map(({ message }) => message).join(' '));
    this.refusals = refusals;
  }
}

/** Throws the refusals, if there are any. @throws UserError */
export function refuseIfAny(refusals: readonly (Refusal | null)[]): void {
  const found = refusals.filter((refusal) => refusal !== null);
  if (found.length > 0) throw new UserError(found);
}

/** Codes of requests that fail as a whole, because of the caller or the state of the service. */
export const SERVICE_ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PROGRAM_NOT_NAMED',
  'ORGANISATION_NOT_NAMED',
  'RATE_LIMITED',
  'TWO_FACTOR_REQUIRED',
  'BUSY',
  'QUOTA_USED_UP',
  'OVERLOADED',
  'CHAIN_UNAVAILABLE',
  'CHAIN_STALE',
  'DATABASE_UNAVAILABLE',
  'RECORDING_STOPPED',
  'PAYMENTS_UNAVAILABLE',
] as const satisfies readonly ErrorCode[];
export type ServiceErrorCode = (typeof SERVICE_ERROR_CODES)[number];

/** Fails a request as a whole, at the top level of the answer. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;
  /** Milliseconds after which the same request may work; null when it is not worth repeating. */
  readonly retryAfterMs: number | null;

  constructor(args: {
    code: ServiceErrorCode;
    message: string;
    retryAfterMs?: number;
    cause?: unknown;
  }) {
    super(args.message, { cause: args.cause });
    this.code = args.code;
    this.retryAfterMs = args.retryAfterMs ?? null;
  }
}

/** The data can't be read by this version of the service. Its message says how to begin afresh. */
export class DataVersionError extends Error {
  override readonly name = 'DataVersionError';
}
