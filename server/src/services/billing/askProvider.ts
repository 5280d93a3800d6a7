import { PaymentsError } from '../../domain/billing/paymentsError.ts';
import { ServiceError } from '../../domain/errors.ts';

const RETRY_AFTER_MS = 5_000;

/** Asks the provider, and says so when there is no answer. @throws ServiceError PAYMENTS_UNAVAILABLE */
export async function askProvider<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof PaymentsError)) throw error;
    throw new ServiceError({
      code: 'PAYMENTS_UNAVAILABLE',
      message: 'The provider of payments does not answer as it should; repeat the request later.',
      retryAfterMs: RETRY_AFTER_MS,
      cause: error,
    });
  }
}
