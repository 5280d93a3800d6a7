/** What an organisation owes by its plan, and what stops when it does not pay. */

/** States of a subscription, as the provider has them. */
export const SUBSCRIPTION_STATES = [
  'INCOMPLETE',
  'TRIALING',
  'ACTIVE',
  'PAST_DUE',
  'UNPAID',
  'PAUSED',
  'CANCELED',
] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** The plan of an organisation. Unix milliseconds. */
export interface Subscription {
  readonly id: string;
  readonly state: SubscriptionState;
  readonly startedAtMs: number;
  readonly periodStartMs: number;
  readonly periodEndMs: number;
  /** When it ends by itself; null for one that goes on. */
  readonly cancelsAtMs: number | null;
}

/** What is known of the payments of an organisation. Unix milliseconds. */
export interface BillingAccount {
  readonly organisationId: string;
  /** Of the provider; null before the first checkout. */
  readonly customerId: string | null;
  /** The plan in the best state; null for none. */
  readonly subscription: Subscription | null;
  /** Since when it has not paid for live recording; null while it has, and before it recorded anything live. */
  readonly graceSinceMs: number | null;
  /** Letters of this grace that were sent. */
  readonly letters: readonly GraceLetter[];
  /** When the subscription was read from the provider last; 0 for never. */
  readonly syncedAtMs: number;
}

/** Letters to the owners: that the grace has begun, and that it is about to end. */
export type GraceLetter = 'BEGUN' | 'ENDING';

/** How an organisation stands: IDLE has recorded nothing live and has no plan. */
export const STANDINGS = ['IDLE', 'PAID', 'GRACE', 'STOPPED'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Why live recording has stopped: a bill is open, or there is no plan. */
export const STOP_REASONS = ['UNPAID', 'NO_PLAN'] as const;
export type StopReason = (typeof STOP_REASONS)[number];

export interface RecordingStop {
  readonly sinceMs: number;
  readonly reason: StopReason;
}

const DAY_MS = 86_400_000;
/** From the first unpaid bill, or the first live action without a plan, until recording stops. */
export const GRACE_PERIOD_MS = 14 * DAY_MS;
/** How long before its end owners are told once more. */
export const LAST_LETTER_MS = 3 * DAY_MS;

const PAID: readonly SubscriptionState[] = ['TRIALING', 'ACTIVE'];
const OWING: readonly SubscriptionState[] = ['PAST_DUE', 'UNPAID', 'PAUSED'];

/** Makes the account of an organisation of which nothing is known. */
export const newAccount = (organisationId: string): BillingAccount => ({
  ...{ organisationId, customerId: null, subscription: null },
  ...{ graceSinceMs: null, letters: [], syncedAtMs: 0 },
});

export const isPaid = (subscription: Subscription | null): boolean =>
  subscription !== null && PAID.includes(subscription.state);

/** Orders states: the one that lets an organisation do the most comes first. */
const rankOf = ({ state }: Subscription): number =>
  [...PAID, ...OWING].includes(state) ? SUBSCRIPTION_STATES.indexOf(state) : 10;

/** Chooses the plan that counts of several: the one in the best state, of equal ones the newest. */
export function bestSubscription(all: readonly Subscription[]): Subscription | null {
  const [best] = all.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || b.startedAtMs - a.startedAtMs || (a.id < b.id ? -1 : 1),
  );
  return best ?? null;
}

/**
 * Judges an account by what the provider says now. The grace begins when a bill is seen to be open, or when something was recorded live
 * without a plan, and is over with all its letters as soon as a plan is paid.
 */
export function judgeAccount(
  account: BillingAccount,
  seen: { readonly subscription: Subscription | null; readonly hasRecorded: boolean },
  nowMs: number,
): BillingAccount {
  const { subscription } = seen;
  if (isPaid(subscription)) {
    return { ...account, subscription, graceSinceMs: null, letters: [], syncedAtMs: nowMs };
  }
  const owes = subscription !== null && OWING.includes(subscription.state);
  const begins = owes || seen.hasRecorded;
  const graceSinceMs = account.graceSinceMs ?? (begins ? nowMs : null);
  return { ...account, subscription, graceSinceMs, syncedAtMs: nowMs };
}

/** Tells until when an organisation that has not paid can go on recording; null while it need not. */
export const graceUntilMs = ({ graceSinceMs }: BillingAccount): number | null =>
  graceSinceMs === null ? null : graceSinceMs + GRACE_PERIOD_MS;

/** Tells whether recording live has stopped for an organisation, and why; null while it goes on. */
export function recordingStopOf(account: BillingAccount, nowMs: number): RecordingStop | null {
  const sinceMs = graceUntilMs(account);
  if (sinceMs === null || nowMs < sinceMs) return null;
  const { subscription } = account;
  const owes = subscription !== null && OWING.includes(subscription.state);
  return { sinceMs, reason: owes ? 'UNPAID' : 'NO_PLAN' };
}

export function standingOf(account: BillingAccount, nowMs: number): Standing {
  if (isPaid(account.subscription)) return 'PAID';
  if (account.graceSinceMs === null) return 'IDLE';
  return recordingStopOf(account, nowMs) === null ? 'GRACE' : 'STOPPED';
}

/** Tells which letter is due; null for none. Once recording has stopped it is too late for either. */
export function letterDue(account: BillingAccount, nowMs: number): GraceLetter | null {
  const endsAtMs = graceUntilMs(account);
  if (endsAtMs === null || nowMs >= endsAtMs) return null;
  if (nowMs >= endsAtMs - LAST_LETTER_MS) {
    return account.letters.includes('ENDING') ? null : 'ENDING';
  }
  return account.letters.includes('BEGUN') ? null : 'BEGUN';
}
