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
  // acting on chain
  'IDEMPOTENCY_KEY_REUSED',
  'BUSY',
  'QUOTA_USED_UP',
  'NOT_OPERATOR',
  'REFUSED_BY_CONTRACT',
  'INSUFFICIENT_POINTS',
  'INVALID_MOVE',
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
  // rounds and the reserve
  'ROUND_NOT_OPEN',
  'ROUND_NOT_SETTLED',
  'BELOW_MIN_TENDER',
  'INSUFFICIENT_TENDER',
  'NOTHING_TO_CLAIM',
  'INSUFFICIENT_MONEY',
  'EXCEEDS_WITHDRAWABLE',
  'UNEXPECTED_TRANSFER',
  // items and orders
  'ITEM_WITHDRAWN',
  'NO_WITHDRAWAL_SCHEDULED',
  'OUT_OF_STOCK',
  'PRICE_TOO_HIGH',
  'ORDER_REF_USED',
  'ORDER_NOT_OPEN',
  'DEADLINE_PASSED',
  'DEADLINE_NOT_REACHED',
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

/**
 * Refuses the input of a call, in one field or in several. Nothing was done; a mutation answers with `userErrors`, a query
 * with the first refusal.
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

/** @throws UserError unless there is nothing to refuse. */
export function refuseIfAny(refusals: readonly (Refusal | null)[]): void {
  const found = refusals.filter((refusal) => refusal !== null);
  if (found.length > 0) throw new UserError(found);
}

/** Codes of calls that fail as a whole whatever their input is: who calls, or how the service is. */
export const SERVICE_ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BUSY',
  'QUOTA_USED_UP',
  'OVERLOADED',
  'CHAIN_UNAVAILABLE',
  'CHAIN_STALE',
] as const satisfies readonly ErrorCode[];
export type ServiceErrorCode = (typeof SERVICE_ERROR_CODES)[number];

/** Fails a call as a whole, at the top level of the answer. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;
  /** Set when the same call may work later. */
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
