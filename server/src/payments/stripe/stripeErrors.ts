import { Stripe } from 'stripe';
import { PaymentsError } from '../../domain/billing/paymentsError.ts';

/** Answers after which nobody knows, or after which the same request may work: limits, conflicts, a key that is replaced. */
const AWAY_STATUS: ReadonlySet<number> = new Set([401, 403, 408, 409, 425, 429]);
const FIRST_SERVER_ERROR = 500;

/** The only place that reads errors of Stripe. Codes alone are kept: messages repeat what was sent. */
export function toPaymentsError(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const { statusCode, code, type } = error;
  const isAway =
    statusCode === undefined || statusCode >= FIRST_SERVER_ERROR || AWAY_STATUS.has(statusCode);
  return new PaymentsError(isAway ? 'AWAY' : 'REFUSED', code ?? type);
}

/** Tells whether an object is unknown to Stripe. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';

/** Tells whether a meter event was refused as one of its identifier is counted already: Stripe has no code for it. */
export const isCounted = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  /already exists with identifier/i.test(error.message);
