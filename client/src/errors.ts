import type { ErrorCode } from './generated.ts';

/** What the client itself can find wrong. */
export type ClientErrorCode =
  /** No answer, or none that could be used, within the time for retries: whether the call was done is not known, repeating it is safe. */
  | 'NO_ANSWER'
  /** So many actions wait to be sent that no more are taken; nothing was done with this one. */
  | 'TOO_MANY_WAITING'
  /** The client was closed; nothing was done. */
  | 'CLOSED';

/** What is known of a call that failed. */
export interface DewpointErrorDetails {
  /** Code of the service's error catalogue, or one of the client. */
  readonly code: ErrorCode | ClientErrorCode;
  /** The field that is wrong, such as `amount`; null when it is about no single field. */
  readonly field?: string | null;
  /** Id under which the service logged the request; null when there was no answer. */
  readonly requestId?: string | null;
  /** Whether the same call can succeed later without a change. */
  readonly isRetryable?: boolean;
  readonly cause?: unknown;
}

/** Says which call failed, why, and what would be right. All errors of this client are of this class. */
export class DewpointError extends Error {
  readonly code: ErrorCode | ClientErrorCode;
  readonly field: string | null;
  readonly requestId: string | null;
  readonly isRetryable: boolean;

  constructor(message: string, details: DewpointErrorDetails) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'DewpointError';
    this.code = details.code;
    this.field = details.field ?? null;
    this.requestId = details.requestId ?? null;
    this.isRetryable = details.isRetryable ?? false;
  }
}
