import { PaymentsError } from '../../domain/billing/paymentsError.ts';
import { ServiceError, UserError } from '../../domain/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { METER_REFUSED_EVENT, type Payments } from '../../ports/payments.ts';
import type { KeptEvent, PaymentEventStore } from '../../ports/stores/billing/paymentEvents.ts';
import type { TopUpStore } from '../../ports/stores/billing/topUps.ts';
import type { BillingAccounts } from './accounts.ts';
import type { HourSender } from './sendHours.ts';

/** Takes the provider's messages in: each is kept first and worked off afterwards, however often and in which order they come. */
export interface PaymentEvents {
  /** Keeps a message. @throws UserError INVALID_WEBHOOK for one that the provider has not signed */
  receive(body: Buffer, signature: string): Promise<void>;
  /** Works off what is kept. @returns how many */
  workOff(): Promise<number>;
}

const AT_ONCE = 50;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 3_600_000;

const pauseAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20), MAX_PAUSE_MS);

export function createPaymentEvents(deps: {
  paymentEvents: PaymentEventStore;
  payments: Pick<Payments, 'readEvent' | 'meterRefusals'>;
  accounts: Pick<BillingAccounts, 'sync' | 'organisationOf'>;
  hourSender: Pick<HourSender, 'markRefused'>;
  topUps: Pick<TopUpStore, 'hint'>;
  logger: Pick<Logger, 'warn' | 'error'>;
  wallNowMs: () => number;
}): PaymentEvents {
  const { paymentEvents, payments, accounts, hourSender, topUps, logger, wallNowMs } = deps;

  async function handleRefusals(event: KeptEvent): Promise<void> {
    for (const { identifier, code } of await payments.meterRefusals(event.id)) {
      const isOurs = await hourSender.markRefused(identifier, code);
      logger.error({ identifier, code, isOurs }, 'the meter could not count an hour');
    }
  }

  async function handle(event: KeptEvent): Promise<void> {
    if (event.type === METER_REFUSED_EVENT) return handleRefusals(event);
    await topUps.hint(event, wallNowMs());
    if (event.customerId === null) return;
    const organisationId = await accounts.organisationOf(event.customerId);
    // Of a customer that was not made here: nothing is to be done.
    if (organisationId !== null) await accounts.sync(organisationId);
  }

  return {
    receive: async (body, signature) => {
      const event = payments.readEvent(body, signature);
      if (event === null) {
        throw new UserError({
          code: 'INVALID_WEBHOOK',
          field: null,
          message:
            'The message is not signed by the provider of payments with a secret of STRIPE_WEBHOOK_SECRET, or is older than 5 minutes.',
        });
      }
      await paymentEvents.keep(event, wallNowMs());
    },
    workOff: async () => {
      const due = await paymentEvents.listDue(wallNowMs(), AT_ONCE);
      for (const event of due) {
        try {
          await handle(event);
          await paymentEvents.finish(event.id, wallNowMs());
        } catch (error) {
          // One that can't be worked off holds up no other.
          await paymentEvents.postpone(event.id, wallNowMs() + pauseAfter(event.attempts));
          if (error instanceof PaymentsError || error instanceof ServiceError) throw error;
          logger.error({ err: error, event: event.id }, 'a message about payments failed');
        }
      }
      return due.length;
    },
  };
}
