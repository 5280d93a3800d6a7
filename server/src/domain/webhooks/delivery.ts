/** Deliveries of events: when they are tried again, and what an answer makes of them. Pure. */

/**
 * - `WAITING`: the first attempt is to come
 * - `RETRYING`: it failed, or is asked for again
 * - `DELIVERED`
 * - `DEAD`: given up after a day, or with its endpoint
 */
export const DELIVERY_STATES = ['WAITING', 'RETRYING', 'DELIVERED', 'DEAD'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why an attempt failed without an answer. */
export type SendFailure = 'FORBIDDEN_ADDRESS' | 'UNREACHABLE' | 'TIMED_OUT';

/** How one attempt ended. */
export interface SendOutcome {
  /** Status of the answer; null when there was none. */
  readonly status: number | null;
  readonly failure: SendFailure | null;
  /** First bytes of the answer as text, at most {@link MAX_KEPT_ANSWER}. */
  readonly answer: string;
  readonly durationMs: number;
}

/** An attempt as it is kept. */
export interface DeliveryAttempt extends SendOutcome {
  readonly atMs: number;
}

/** Of the answer of a receiver. */
export const MAX_KEPT_ANSWER = 1_024;
/** Of the body of an event. Texts in it are cut, so none comes near. */
export const MAX_BODY_CHARACTERS = 24_000;
/** Attempts that are kept of a delivery: those of a day, and those that were asked for. */
export const MAX_KEPT_ATTEMPTS = 20;
const SECOND_MS = 1_000;
/** Attempts end this long after the first one. */
export const RETRIED_FOR_MS = 24 * 3_600 * SECOND_MS;
const FIRST_WAIT_MS = 5 * SECOND_MS;
const WAIT_GROWTH = 4;
const MAX_WAIT_MS = 4 * 3_600 * SECOND_MS;
/** Receivers that were down together are not all asked at the same moment. */
const JITTER = 0.2;
/** Failures in a row after which an endpoint is asked one thing at a time, with pauses. */
export const FAILURES_UNTIL_PAUSE = 5;
const MAX_PAUSE_MS = 300 * SECOND_MS;

const GONE = 410;

/** Tells whether an answer took the event: every 2xx, and nothing else. */
export const isTaken = ({ status }: Pick<SendOutcome, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300;

/** Tells whether the receiver wants nothing any more. */
export const isGone = ({ status }: Pick<SendOutcome, 'status'>): boolean => status === GONE;

const jittered = (ms: number, random: number): number =>
  Math.round(ms * (1 - JITTER + 2 * JITTER * random));

/** Computes the time until the next attempt. @param failed Attempts that failed, 1 or more. @param random From 0 to 1. */
export function waitBeforeRetryMs(failed: number, random: number): number {
  return jittered(Math.min(FIRST_WAIT_MS * WAIT_GROWTH ** (failed - 1), MAX_WAIT_MS), random);
}

/** Computes how long an endpoint is let be; 0 for one that did not fail often enough. @param failures In a row. */
export function pauseMs(failures: number, random: number): number {
  const over = failures - FAILURES_UNTIL_PAUSE;
  return over < 0 ? 0 : jittered(Math.min(FIRST_WAIT_MS * 2 ** over, MAX_PAUSE_MS), random);
}

/** What an attempt changes of a delivery. */
export interface AfterAttempt {
  readonly state: DeliveryState;
  /** Next attempt; the present one for a delivery that has none. Unix milliseconds. */
  readonly dueAtMs: number;
  /** The first attempt of those that the day of retries began with. */
  readonly retriedFromMs: number;
  /** Attempts of that day that failed. */
  readonly failed: number;
}

/**
 * Computes what an attempt makes of a delivery.
 *
 * @param before `retriedFromMs` is null before the first attempt.
 */
export function afterAttempt(
  before: { readonly retriedFromMs: number | null; readonly failed: number },
  outcome: Pick<SendOutcome, 'status'>,
  { nowMs, random }: { readonly nowMs: number; readonly random: number },
): AfterAttempt {
  const retriedFromMs = before.retriedFromMs ?? nowMs;
  if (isTaken(outcome)) return { state: 'DELIVERED', dueAtMs: nowMs, retriedFromMs, failed: 0 };
  const failed = before.failed + 1;
  const lastAtMs = retriedFromMs + RETRIED_FOR_MS;
  if (isGone(outcome) || nowMs >= lastAtMs) {
    return { state: 'DEAD', dueAtMs: nowMs, retriedFromMs, failed };
  }
  const dueAtMs = Math.min(nowMs + waitBeforeRetryMs(failed, random), lastAtMs);
  return { state: 'RETRYING', dueAtMs, retriedFromMs, failed };
}
