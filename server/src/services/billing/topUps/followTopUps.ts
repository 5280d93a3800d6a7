import {
  ABANDONED_AFTER_MS,
  abandoned,
  isBeforeSending,
  judgeTopUp,
  nextTopUpDayMs,
  TOP_UP_STATES,
  topUpDay,
  waits,
  type TopUp,
  type TopUpReason,
  type TopUpState,
} from '../../../domain/billing/topUp.ts';
import { PaymentsError } from '../../../domain/billing/paymentsError.ts';
import { tokenUnits } from '../../../domain/billing/cardExchange.ts';
import type { Program } from '../../../domain/program.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Payments } from '../../../ports/payments.ts';
import type {
  StoredTopUp,
  TopUpLimits,
  TopUpLimitStore,
  TopUpShare,
  TopUpStore,
} from '../../../ports/stores/billing/topUps.ts';
import type { ProgramStore } from '../../../ports/stores/programs.ts';
import { eachInTurn } from '../eachInTurn.ts';
import { isRetryable } from '../../isRetryable.ts';
import type { Clearance, Treasury, TreasurySend } from './treasury.ts';

/** Limits of a day in whole tokens. */
export interface DailyLimits {
  readonly programDailyLimit: bigint;
  readonly dailyLimit: bigint;
}

/** Converts limits to base units of the token. */
export const limitsOf = (
  { programDailyLimit, dailyLimit }: DailyLimits,
  decimals: number,
): TopUpLimits => ({
  perProgram: tokenUnits(programDailyLimit, decimals),
  inAll: tokenUnits(dailyLimit, decimals),
});

const shareOf = ({ id, programId, amount }: TopUp): TopUpShare => ({
  ...{ topUpId: id, programId, amount },
});

/**
 * Brings top-ups from their payment into the reserve. Each step is saved before the next begins, as it was read: of several
 * processes one goes on. What the provider says is asked again each time, and last of all before the tokens are sent.
 */
export interface TopUpFollower {
  /** Does the next step of each that is due. @returns how many it looked at */
  follow(): Promise<number>;
}

const AT_ONCE = 20;
/** What the provider is asked about, in this order. */
const CREDITED: readonly TopUpState[] = ['CREDITED', 'DISPUTED', 'REFUNDED'];
const NOT_SENT = TOP_UP_STATES.filter((state) => state !== 'SENDING' && !CREDITED.includes(state));
const SECOND_MS = 1_000;
/** How soon something is looked at again that waits for something else than a time. */
const PAUSES_MS: Readonly<Partial<Record<TopUpReason, number>>> = {
  TREASURY_EMPTY: 30 * SECOND_MS,
  TRANSFER_REFUSED: 30 * SECOND_MS,
  CHAIN_AWAY: 5 * SECOND_MS,
  PAYMENTS_AWAY: 5 * SECOND_MS,
  TREASURY_BUSY: SECOND_MS,
  NOT_MINED: SECOND_MS,
};
const HOUR_MS = 3_600 * SECOND_MS;
/** Why one that is being sent is not done. */
const REASONS_TO_WAIT: Readonly<Partial<Record<TreasurySend['is'], TopUpReason>>> = {
  UNDER_WAY: 'NOT_MINED',
  UNSEEN: 'TRANSFER_UNSEEN',
  TAKEN: 'NONCE_TAKEN',
  HELD: 'SENT_BEFORE',
  AHEAD: 'TREASURY_AHEAD',
};
/** What goes on once a person has looked. */
const NEED_PEOPLE: ReadonlySet<TopUpReason> = new Set<TopUpReason>([
  ...(['TRANSFER_UNSEEN', 'TREASURY_AHEAD', 'SENT_BEFORE', 'NONCE_TAKEN'] as const),
  'ABOVE_LIMIT',
]);

export function createTopUpFollower(deps: {
  topUps: TopUpStore;
  topUpLimits: TopUpLimitStore;
  programs: Pick<ProgramStore, 'find'>;
  payments: Pick<Payments, 'topUpPayment' | 'disputedOf' | 'noteTopUpSent'>;
  /** Null without a live chain. */
  treasury: Treasury | null;
  /** Null while top-ups are off: what is being sent is brought to its end, and nothing else leaves the treasury. */
  limits: DailyLimits | null;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  wallNowMs: () => number;
}): TopUpFollower {
  const { topUps, topUpLimits, payments, treasury, logger, wallNowMs } = deps;

  const waiting = (topUp: TopUp, reason: TopUpReason): TopUp => {
    const nowMs = wallNowMs();
    const untilMs =
      reason === 'DAILY_LIMIT' ? nextTopUpDayMs(nowMs) : nowMs + (PAUSES_MS[reason] ?? HOUR_MS);
    return waits(topUp, reason, untilMs);
  };

  /** Saves a top-up unless anything has happened to it. @returns it with its version, or null: then it is read again later */
  async function saved(topUp: TopUp, version: number): Promise<StoredTopUp | null> {
    return (await topUps.save(topUp, version)) ? { topUp, version: version + 1 } : null;
  }

  async function programOf({ id, programId }: TopUp): Promise<Program> {
    const program = await deps.programs.find(programId);
    if (program === null) throw new Error(`The top-up ${id} is of a program that is gone.`);
    return program;
  }

  /** Has one wait, and tells people of it where it goes on by none of itself. */
  async function wait({ topUp, version }: StoredTopUp, reason: TopUpReason): Promise<void> {
    const isSaved = await topUps.save(waiting(topUp, reason), version);
    const { id, transactionId } = topUp;
    if (isSaved && NEED_PEOPLE.has(reason)) {
      logger.error({ topUp: id, transactionId, reason }, 'a top-up waits for a person');
    }
  }

  /** Asks the provider about one, and judges it by that. */
  async function judged(
    topUp: TopUp,
  ): Promise<{ readonly next: TopUp; readonly sentAttempt: number | null }> {
    if (topUp.checkoutId === null) throw new Error(`The top-up ${topUp.id} has no page.`);
    const seen = await payments.topUpPayment(topUp.checkoutId);
    const { isDisputed, paymentId, sentAttempt } = seen;
    const listed = isDisputed && paymentId !== null ? await payments.disputedOf(paymentId) : 0n;
    const disputed = listed ?? seen.received;
    return { next: judgeTopUp(topUp, { ...seen, disputed }, wallNowMs()), sentAttempt };
  }

  /** Of one that is being sent and has no transaction: what happened to the payment since counts, and that it is sent is noted there. */
  async function clearanceOf(topUp: TopUp): ReturnType<Clearance> {
    const { next, sentAttempt } = await judged({ ...topUp, state: 'CLEARED' });
    if (next.state !== 'CLEARED' || next.paymentId === null) return 'DROP';
    if (sentAttempt !== null && sentAttempt > topUp.attempt) return 'HOLD';
    if (sentAttempt !== topUp.attempt) {
      await payments.noteTopUpSent(next.paymentId, topUp.attempt);
    }
    return 'SEND';
  }

  /** Goes on with one that is being sent. */
  async function goOn({ topUp, version }: StoredTopUp): Promise<void> {
    if (treasury === null) {
      await topUps.save(waiting(topUp, 'CHAIN_AWAY'), version);
      return;
    }
    const program = await programOf(topUp);
    let sent;
    try {
      sent = await treasury.send(program, topUp, () => clearanceOf(topUp));
    } catch (error) {
      if (!isRetryable(error)) throw error;
      const away = error instanceof PaymentsError ? 'PAYMENTS_AWAY' : 'CHAIN_AWAY';
      logger.warn({ err: error, topUp: topUp.id, away }, 'a top-up waits');
      await topUps.save(waiting(topUp, away), version);
      return;
    }
    const { transactionId } = sent;
    const reason = REASONS_TO_WAIT[sent.is];
    if (reason !== undefined) {
      await wait({ topUp: { ...topUp, transactionId }, version }, reason);
    } else if (sent.is === 'FAILED') {
      logger.warn({ topUp: topUp.id, transactionId }, 'a top-up was not sent and is tried again');
      const again = waiting({ ...topUp, state: 'CLEARED' }, 'TREASURY_EMPTY');
      // With another number, so that who has read this one sends nothing any more.
      await topUps.save(
        { ...again, attempt: topUp.attempt + 1, gasLimit: null, transactionId },
        version,
      );
    } else {
      const nowMs = wallNowMs();
      const credited = { state: 'CREDITED', reason: null, creditedAtMs: nowMs } as const;
      // Looked at once more at once: messages may have come while it was sent.
      await topUps.save({ ...topUp, ...credited, transactionId, dueAtMs: nowMs }, version);
      logger.info({ topUp: topUp.id, transactionId }, 'a reserve was topped up');
    }
  }

  /** Begins to send one that has cleared, if nothing is in the way. */
  async function begin({ topUp, version }: StoredTopUp): Promise<void> {
    const program = await programOf(topUp);
    const waitFor = (reason: TopUpReason): Promise<void> => wait({ topUp, version }, reason);
    if (treasury === null || deps.limits === null) return waitFor('TURNED_OFF');
    if (await topUps.hasDebt(topUp.organisationId)) return waitFor('DEBT');
    const ready = await treasury.ready(program, topUp);
    if (ready.gasLimit === null) return waitFor(ready.reason);
    const limits = limitsOf(deps.limits, topUp.decimals);
    if (topUp.amount > limits.perProgram) return waitFor('ABOVE_LIMIT');
    const day = topUpDay(wallNowMs());
    if ((await topUpLimits.reserve('sent', day, shareOf(topUp), limits)) !== null) {
      return waitFor('DAILY_LIMIT');
    }
    // All of the above took its time: what happened to the payment meanwhile counts.
    const { next, sentAttempt } = await judged(topUp);
    if (next.state !== 'CLEARED') {
      // Only then: when this one was not first, another server may be sending it.
      if (await topUps.save(next, version)) {
        await topUpLimits.release('sent', day, shareOf(topUp));
      }
      return;
    }
    if (sentAttempt !== null && sentAttempt >= topUp.attempt) return waitFor('SENT_BEFORE');
    // The point of no return: all who come from here on send this one transaction.
    const sending = { ...topUp, state: 'SENDING', reason: 'NOT_MINED' } as const;
    const begun = await saved(
      { ...sending, gasLimit: ready.gasLimit, dueAtMs: wallNowMs() },
      version,
    );
    if (begun !== null) await tried(begun, goOn);
  }

  async function endUnpaid(before: StoredTopUp, topUp: TopUp): Promise<void> {
    // Again after a crash in between: until it is saved, it is not done.
    await topUpLimits.release('started', topUpDay(topUp.startedAtMs), shareOf(topUp));
    await topUps.save(topUp, before.version);
  }

  async function step(stored: StoredTopUp): Promise<void> {
    const { topUp, version } = stored;
    if (topUp.checkoutId === null) {
      const abandonedAtMs = topUp.startedAtMs + ABANDONED_AFTER_MS;
      if (wallNowMs() >= abandonedAtMs) return endUnpaid(stored, abandoned(topUp));
      await topUps.save({ ...topUp, dueAtMs: abandonedAtMs }, version);
      return;
    }
    const { next } = await judged(topUp);
    if (next.debt > topUp.debt) {
      const { id, organisationId, state, debt } = next;
      logger.error({ topUp: id, organisationId, state, debt }, 'a credited top-up is owed');
    }
    if (next.reason === 'OTHER_AMOUNT' && isBeforeSending(topUp)) {
      logger.error({ topUp: topUp.id }, 'a top-up was paid otherwise: refund it by hand');
    }
    const isUnpaidEnd = topUp.state === 'STARTED' && ['CANCELLED', 'EXPIRED'].includes(next.state);
    if (isUnpaidEnd) return endUnpaid(stored, next);
    const now = await saved(next, version);
    if (now !== null && next.state === 'CLEARED') await tried(now, begin);
  }

  /** One that fails for good is tried again later, so that it is not in the way of the others. @param stored As it was saved last. */
  async function tried(
    stored: StoredTopUp,
    work: (stored: StoredTopUp) => Promise<void>,
  ): Promise<void> {
    try {
      await work(stored);
    } catch (error) {
      if (!isRetryable(error)) {
        const dueAtMs = wallNowMs() + HOUR_MS;
        await topUps.save({ ...stored.topUp, dueAtMs }, stored.version);
      }
      throw error;
    }
  }

  return {
    follow: async () => {
      // These wait for the chain alone: a provider that is away does not hold them up.
      const sending = await topUps.listDue(['SENDING'], wallNowMs(), AT_ONCE);
      const goneOn = await eachInTurn(sending, (one) => tried(one, goOn));
      // Debts before what is sent: they stop it, and no number of pages that are open holds them up.
      const credited = await topUps.listDue(CREDITED, wallNowMs(), AT_ONCE);
      const watched = await eachInTurn(credited, (one) => tried(one, step));
      const others = await topUps.listDue(NOT_SENT, wallNowMs(), AT_ONCE);
      return goneOn + watched + (await eachInTurn(others, (one) => tried(one, step)));
    },
  };
}
