import { PaymentsError } from '../domain/billing/paymentsError.ts';
import { ServiceError } from '../domain/errors.ts';
import { ChainError } from '../ports/chain/chain.ts';

/** Tells whether what failed may work later as it is: a node, the provider of payments or the database is away, or another process was first. */
export function isRetryable(error: unknown): boolean {
  return (
    (error instanceof ChainError && error.retryable) ||
    (error instanceof PaymentsError && error.kind === 'AWAY') ||
    (error instanceof ServiceError && error.retryAfterMs !== null) ||
    // The driver's own errors: the database is away or electing; it is asked again in any case.
    (error instanceof Error && error.name.startsWith('Mongo'))
  );
}
