/** The ledger of top-ups: money of a card that becomes reserve of a program, once it has cleared. */
import { unitsRoundedDown, unitsRoundedUp } from './cardExchange.ts';

/**
 * STARTED -> PAID -> CLEARED -> SENDING -> CREDITED, each saved before the next begins.
 *
 * - STARTED: the page to pay on is open. EXPIRED: it closed without a payment.
 * - PAID: the card was charged. CLEARED: the provider has the money available.
 * - SENDING: the treasury sends the tokens; from here on nothing stops them. CREDITED: that is final.
 * - CANCELLED: there was no payment, or another one than was asked for. Nothing is sent.
 * - DISPUTED, REFUNDED: the card has its money back, or asks for it. Before the credit nothing is sent; after it, it is a debt.
 */
export const TOP_UP_STATES = [
  ...(['STARTED', 'PAID', 'CLEARED', 'SENDING', 'CREDITED'] as const),
  ...(['CANCELLED', 'DISPUTED', 'REFUNDED', 'EXPIRED'] as const),
] as const;
export type TopUpState = (typeof TOP_UP_STATES)[number];

/** Why a top-up does not go on for now, or ended without a credit. */
export const TOP_UP_REASONS = [
  ...(['NOT_PAID', 'NOT_CLEARED', 'DAILY_LIMIT', 'TREASURY_EMPTY', 'TREASURY_BUSY'] as const),
  ...([
    'CHAIN_AWAY',
    'TRANSFER_REFUSED',
    'NOT_MINED',
    'DEBT',
    'OTHER_AMOUNT',
    'TURNED_OFF',
    'TRANSFER_UNSEEN',
    'TREASURY_AHEAD',
    'SENT_BEFORE',
    'NONCE_TAKEN',
    'PAYMENTS_AWAY',
    'ABOVE_LIMIT',
  ] as const),
] as const;
export type TopUpReason = (typeof TOP_UP_REASONS)[number];

/** One top-up. Amounts of the token are base units; times unix milliseconds. */
export interface TopUp {
  readonly id: string;
  readonly organisationId: string;
  readonly programId: string;
  /** What is sent. */
  readonly amount: bigint;
  /** Decimals of the token. */
  readonly decimals: number;
  /** What the card pays, in hundredths of the currency. */
  readonly charge: bigint;
  /** ISO 4217, in small letters. */
  readonly currency: string;
  /** Of the provider; null before there is one. */
  readonly customerId: string | null;
  readonly checkoutId: string | null;
  readonly paymentId: string | null;
  readonly state: TopUpState;
  /** Null when it needs no reason. */
  readonly reason: TopUpReason | null;
  /** Number of the transaction: goes up when one is final without an effect. */
  readonly attempt: number;
  /** Gas of the transaction; null before SENDING. */
  readonly gasLimit: bigint | null;
  readonly startedAtMs: number;
  /** When the provider has the money available, as far as it has said. */
  readonly availableAtMs: number | null;
  readonly clearedAtMs: number | null;
  readonly creditedAtMs: number | null;
  /** Id of the newest transaction. */
  readonly transactionId: string | null;
  /** What the organisation owes of it; 0 for none. */
  readonly debt: bigint;
  /** When the owners were told of the debt. */
  readonly toldAtMs: number | null;
  /** When it is looked at next; null for never. */
  readonly dueAtMs: number | null;
}

/** What the provider says of a top-up now. */
export interface TopUpPayment {
  readonly checkout: 'OPEN' | 'COMPLETE' | 'EXPIRED';
  /** Null before there is a payment. */
  readonly paymentId: string | null;
  readonly isPaid: boolean;
  /** Whether there will be no payment any more. */
  readonly isCanceled: boolean;
  /** In hundredths. */
  readonly received: bigint;
  /** In small letters. */
  readonly currency: string;
  readonly isAvailable: boolean;
  readonly availableAtMs: number | null;
  /** In hundredths. */
  readonly refunded: bigint;
  readonly isDisputed: boolean;
  /** What its disputes hold or took, in hundredths; 0 once all of them have ended well. */
  readonly disputed: bigint;
  /** What of its debt a person has noted as paid at the provider, in hundredths. */
  readonly settled: bigint;
  /** Number of the newest transaction that was noted at the provider before it was made; null for none. */
  readonly sentAttempt: number | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A message that is lost makes a difference for no longer than this. */
const LOOK_AGAIN_MS = HOUR_MS;
/** The provider makes the page once under one key within this, and has told of no other one. */
export const ABANDONED_AFTER_MS = 25 * HOUR_MS;
/** Cards can be disputed for 120 days, and a few schemes take longer. */
const WATCHED_MS = 540 * DAY_MS;

const BEFORE_SENDING: readonly TopUpState[] = ['STARTED', 'PAID', 'CLEARED'];

export const isBeforeSending = ({ state }: Pick<TopUp, 'state'>): boolean =>
  BEFORE_SENDING.includes(state);

/** Counts days since 1970, UTC: limits are of each. */
export const topUpDay = (nowMs: number): number => Math.floor(nowMs / DAY_MS);
export const nextTopUpDayMs = (nowMs: number): number => (topUpDay(nowMs) + 1) * DAY_MS;

/** Name of its transaction, the same on every server. */
export const topUpRequestId = ({ id, attempt }: Pick<TopUp, 'id' | 'attempt'>): string =>
  `${id}#${attempt}`;

/** Makes one that is not paid yet. */
export const newTopUp = (
  of: Pick<
    TopUp,
    'id' | 'organisationId' | 'programId' | 'amount' | 'decimals' | 'charge' | 'currency'
  >,
  nowMs: number,
): TopUp => ({
  ...of,
  ...{ customerId: null, checkoutId: null, paymentId: null },
  ...{ state: 'STARTED', reason: 'NOT_PAID', attempt: 0, gasLimit: null },
  ...{ startedAtMs: nowMs, availableAtMs: null, clearedAtMs: null, creditedAtMs: null },
  ...{ transactionId: null, debt: 0n, toldAtMs: null },
  dueAtMs: nowMs + ABANDONED_AFTER_MS,
});

const ended = (topUp: TopUp, state: TopUpState, reason: TopUpReason | null = null): TopUp => ({
  ...topUp,
  ...{ state, reason, dueAtMs: null },
});

/** What the card has back, or asks for, and nobody has paid otherwise. */
function debtOf({ amount, decimals }: TopUp, seen: TopUpPayment): bigint {
  const taken = unitsRoundedUp(seen.refunded + seen.disputed, decimals);
  const settled = unitsRoundedDown(seen.settled, decimals);
  const owed = (taken < amount ? taken : amount) - settled;
  return owed > 0n ? owed : 0n;
}

/** Of one whose tokens went into the reserve, from where the service can not take them back. */
function judgeCredited(topUp: TopUp, seen: TopUpPayment, nowMs: number): TopUp {
  const debt = debtOf(topUp, seen);
  const taken = seen.disputed > 0n ? 'DISPUTED' : seen.refunded > 0n ? 'REFUNDED' : 'CREDITED';
  const isWatched = nowMs - (topUp.creditedAtMs ?? 0) < WATCHED_MS;
  const pauseMs = debt > 0n ? LOOK_AGAIN_MS : DAY_MS;
  return {
    ...topUp,
    ...{ state: taken, debt, reason: null },
    // A letter says how much: of more there is another one.
    toldAtMs: debt > 0n && debt <= topUp.debt ? topUp.toldAtMs : null,
    dueAtMs: debt > 0n || isWatched ? nowMs + pauseMs : null,
  };
}

function judgeUnpaid(topUp: TopUp, seen: TopUpPayment, nowMs: number): TopUp {
  if (topUp.state !== 'STARTED') return { ...topUp, dueAtMs: nowMs + LOOK_AGAIN_MS };
  if (seen.isCanceled) return ended(topUp, 'CANCELLED');
  if (seen.checkout === 'EXPIRED') return ended(topUp, 'EXPIRED');
  return { ...topUp, reason: 'NOT_PAID', dueAtMs: nowMs + LOOK_AGAIN_MS };
}

/**
 * Judges a top-up by what the provider says now, whatever was said before: so the order of its messages, and how often they come, make
 * no difference.
 */
export function judgeTopUp(before: TopUp, seen: TopUpPayment, nowMs: number): TopUp {
  const { paymentId, availableAtMs } = seen;
  const topUp: TopUp = {
    ...before,
    paymentId: paymentId ?? before.paymentId,
    availableAtMs: availableAtMs ?? before.availableAtMs,
  };
  if (topUp.state === 'SENDING') return topUp;
  if (topUp.creditedAtMs !== null) return judgeCredited(topUp, seen, nowMs);
  // Nothing was sent, and nothing ever is: of both, the dispute is what is told.
  if (seen.isDisputed) return ended(topUp, 'DISPUTED');
  if (topUp.state === 'DISPUTED') return ended(topUp, 'DISPUTED');
  if (seen.refunded > 0n) return ended(topUp, 'REFUNDED');
  if (!isBeforeSending(topUp)) return { ...topUp, dueAtMs: null };
  if (!seen.isPaid) return judgeUnpaid(topUp, seen, nowMs);
  const isOther = seen.currency !== topUp.currency || seen.received !== topUp.charge;
  if (isOther) return ended(topUp, 'CANCELLED', 'OTHER_AMOUNT');
  const isCleared = seen.isAvailable && availableAtMs !== null && availableAtMs <= nowMs;
  if (isCleared || topUp.state === 'CLEARED') {
    const clearedAtMs = topUp.clearedAtMs ?? nowMs;
    return { ...topUp, state: 'CLEARED', clearedAtMs, dueAtMs: nowMs };
  }
  const waitMs = Math.max(MINUTE_MS, (availableAtMs ?? 0) - nowMs);
  return {
    ...topUp,
    ...{ state: 'PAID', reason: 'NOT_CLEARED' },
    dueAtMs: nowMs + Math.min(waitMs, LOOK_AGAIN_MS),
  };
}

/** Of one that can't be sent now. */
export const waits = (topUp: TopUp, reason: TopUpReason, untilMs: number): TopUp => ({
  ...topUp,
  ...{ reason, dueAtMs: untilMs },
});

/** Of one that was never offered to be paid. */
export const abandoned = (topUp: TopUp): TopUp => ended(topUp, 'EXPIRED');
