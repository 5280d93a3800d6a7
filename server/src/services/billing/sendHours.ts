import { PaymentsError } from '../../domain/billing/paymentsError.ts';
import {
  judgeSum,
  MAX_LOOKS,
  METER_MINUTE_MS,
  meteredAtMs,
  nextStep,
  pauseAfter,
  SUMMED_AFTER_MS,
  type MeterHour,
  type MeterState,
} from '../../domain/billing/meterHour.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Payments } from '../../ports/payments.ts';
import { eachInTurn } from './eachInTurn.ts';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';
import type { MeterHourStore } from '../../ports/stores/billing/meterHours.ts';

/**
 * Reports the hours of the ledger to the provider, each exactly once. An attempt is written down before it is made. One whose answer
 * was lost is made again under the same identifier while the provider remembers that; after this time the provider's own sum says
 * whether it arrived, and nothing is sent on a guess.
 */
export interface HourSender {
  /** @returns how many entries it did something about */
  send(): Promise<number>;
  /** Looks for acknowledged entries in the provider's sums. @returns how many it looked at */
  confirm(): Promise<number>;
  /** Marks an entry that the provider could not count; false when there is none of this identifier. */
  markRefused(identifier: string, code: string): Promise<boolean>;
}

const SENT_AT_ONCE = 50;
const KNOWN: readonly MeterState[] = ['SENT', 'CONFIRMED'];
/** Of an entry that is not sent again before the provider's sum was asked: as if its first attempt were long ago. */
const ASK_FIRST_MS = 0;

export function createHourSender(deps: {
  meterHours: MeterHourStore;
  billingAccounts: Pick<BillingAccountStore, 'read'>;
  payments: Pick<Payments, 'sendUsage' | 'usageWithin'>;
  logger: Pick<Logger, 'error' | 'warn'>;
  wallNowMs: () => number;
}): HourSender {
  const { meterHours, billingAccounts, payments, logger, wallNowMs } = deps;

  const stuck = async (
    entry: MeterHour,
    state: 'REFUSED' | 'HELD',
    problem: string,
  ): Promise<void> => {
    await meterHours.update(entry, { state, problem });
    logger.error(
      { meterHour: entry.id, count: entry.count, problem },
      'an hour is not billed as it should be: a person has to look at it',
    );
  };

  async function attempt(entry: MeterHour, customerId: string): Promise<void> {
    const nowMs = wallNowMs();
    const attempts = entry.attempts + 1;
    const noted = await meterHours.update(entry, {
      ...{ customerId, attempts, lastAttemptMs: nowMs },
      firstAttemptMs: entry.firstAttemptMs ?? nowMs,
      dueAtMs: nowMs + pauseAfter(attempts),
    });
    // Another process makes the attempt.
    if (!noted) return;
    const made: MeterHour = { ...entry, attempts, customerId };
    try {
      await payments.sendUsage({
        ...{ customerId, count: entry.count, identifier: entry.id },
        atMs: meteredAtMs(entry),
      });
    } catch (error) {
      // Without an answer it is attempted again: the identifier is the same.
      if (!(error instanceof PaymentsError) || error.kind === 'AWAY') throw error;
      if (entry.firstAttemptMs === null) {
        await stuck(made, 'REFUSED', error.code);
      } else {
        // Perhaps because an earlier attempt has arrived.
        await meterHours.update(made, { firstAttemptMs: ASK_FIRST_MS });
      }
      return;
    }
    const sentAtMs = wallNowMs();
    await meterHours.update(made, { state: 'SENT', dueAtMs: sentAtMs + SUMMED_AFTER_MS });
  }

  /** Reads the sum of a minute; null where the provider has none, as of a customer that was deleted. */
  async function sumOf(customerId: string, atMs: number): Promise<bigint | null> {
    try {
      return await payments.usageWithin(customerId, atMs, atMs + METER_MINUTE_MS);
    } catch (error) {
      if (error instanceof PaymentsError && error.kind === 'REFUSED') return null;
      throw error;
    }
  }

  /** Compares the provider's sum with the entries of the same customer and minute. */
  async function look(entry: MeterHour, customerId: string): Promise<ReturnType<typeof judgeSum>> {
    const atMs = meteredAtMs(entry);
    const [sum, all] = await Promise.all([
      sumOf(customerId, atMs),
      meterHours.ofHour(entry.organisationId, entry.hour),
    ]);
    if (sum === null) return 'OTHER';
    const beside = all.filter(
      (one) => one.minute === entry.minute && one.customerId === customerId,
    );
    const counts = (wanted: (one: MeterHour) => boolean): number[] =>
      beside.filter(wanted).map(({ count }) => count);
    return judgeSum(
      sum,
      counts(({ state }) => KNOWN.includes(state)),
      counts(({ state, attempts }) => state === 'PENDING' && attempts > 0),
    );
  }

  async function reconcile(entry: MeterHour, customerId: string): Promise<void> {
    const nowMs = wallNowMs();
    const summedAtMs = (entry.lastAttemptMs ?? 0) + SUMMED_AFTER_MS;
    if (nowMs < summedAtMs) {
      await meterHours.update(entry, { dueAtMs: summedAtMs });
      return;
    }
    const verdict = await look(entry, customerId);
    if (verdict === 'ALL') {
      await meterHours.update(entry, { state: 'CONFIRMED' });
    } else if (verdict === 'NONE_OF_UNKNOWN') {
      logger.warn({ meterHour: entry.id }, 'an hour did not arrive and is sent once more');
      await meterHours.update(entry, { firstAttemptMs: null, dueAtMs: nowMs });
    } else {
      await stuck(entry, 'HELD', 'the sum of the provider is another one');
    }
  }

  async function step(entry: MeterHour): Promise<void> {
    const { account } = await billingAccounts.read(entry.organisationId);
    const customerId = entry.customerId ?? account.customerId;
    if (customerId === null) throw new Error(`${entry.id} is to be billed to nobody.`);
    const next = nextStep(entry, wallNowMs());
    if (next === 'TOO_OLD') await stuck(entry, 'HELD', 'too old for the provider');
    else if (next === 'SEND') await attempt(entry, customerId);
    else await reconcile(entry, customerId);
  }

  return {
    send: async () => {
      const due = await meterHours.listDue('PENDING', wallNowMs(), SENT_AT_ONCE);
      return eachInTurn(due, step);
    },
    confirm: async () => {
      const due = await meterHours.listDue('SENT', wallNowMs(), SENT_AT_ONCE);
      return eachInTurn(due, async (entry) => {
        if (entry.customerId === null) throw new Error(`${entry.id} was sent for nobody.`);
        if ((await look(entry, entry.customerId)) !== 'OTHER') {
          await meterHours.update(entry, { state: 'CONFIRMED' });
          return;
        }
        const looks = entry.looks + 1;
        if (looks > MAX_LOOKS) {
          await stuck(entry, 'HELD', 'not in the sum of the provider');
        } else {
          const dueAtMs = wallNowMs() + SUMMED_AFTER_MS * 2 ** (looks - 1);
          await meterHours.update(entry, { looks, dueAtMs });
        }
      });
    },
    markRefused: async (identifier, code) => {
      const entry = await meterHours.find(identifier);
      if (entry === null) return false;
      if (entry.state === 'SENT' || entry.state === 'PENDING') await stuck(entry, 'REFUSED', code);
      return true;
    },
  };
}
