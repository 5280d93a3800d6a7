import { setTimeout as delay } from 'node:timers/promises';
import type { DewpointApi, ReportedAction } from './api.ts';
import type { ReplayBuyback } from './buyback.ts';
import type { LocalClock } from './localClock.ts';
import { inParallel } from './inParallel.ts';
import { createPatientClock, type PatientClock } from './patientClock.ts';
import { createTally, type Tally, type TallyResult } from './tally.ts';
import type { Purchase, PurchaseDay } from '../log/purchases.ts';

const SECONDS_PER_HOUR = 3_600;
const SECONDS_PER_DAY = 86_400;
/** The API takes at most this many actions a call. */
const ACTIONS_PER_CALL = 500;
/** Calls under way at once, as an app with a small pool would have. */
const CONCURRENT_CALLS = 4;
/** Settling may trail the clock by this many epochs; then the app waits before it moves the clock on. */
const LONGEST_TRAIL_EPOCHS = 20;
/** Recording of an epoch closes 6 h after its end, and settling starts then; an hour more makes it certain. */
const SETTLE_AFTER_HOURS = 7;
const POLL_MS = 100;
/**
 * A local chain may come back from an older state in the middle of a call, and its clock with it: try again. The service leaves a
 * node alone for a while after it failed, and goes by the time that it knew until then.
 */
const IN_FUTURE_FOR_MS = 30_000;
/** Nothing settled for this long means that something is broken. */
const STUCK_AFTER_MS = 180_000;

/** As much of the API as reporting needs. */
type Reporting = Pick<DewpointApi, 'record' | 'settlement'>;

/** What the log came to, and how it went. */
export interface ReplayOutcome extends TallyResult {
  readonly recordingSeconds: number;
  /** From the first action to the last statement settled and the last claim paid, recording included. */
  readonly totalSeconds: number;
}

/** What a progress bar wants to know. */
export interface ReplayProgress {
  readonly rowsDone: number;
  readonly rowsTotal: number;
  readonly date: string;
  readonly openStatements: number;
}

/** A purchase becomes two actions of its customer, at noon UTC. An empty basket has no albums to report. */
export function actionsOf(purchase: Purchase): ReportedAction[] {
  const common = { memberId: purchase.customer, occurredAt: `${purchase.date}T12:00:00.000Z` };
  const bought: ReportedAction = {
    ...common,
    eventId: `${purchase.eventId}:purchase`,
    rule: 'purchase',
    count: 1,
    amount: String(purchase.cents),
  };
  if (purchase.items === 0) return [bought];
  const albums: ReportedAction = {
    ...common,
    eventId: `${purchase.eventId}:album`,
    rule: 'album',
    count: purchase.items,
    amount: '0',
  };
  return [bought, albums];
}

function inCalls(actions: readonly ReportedAction[]): ReportedAction[][] {
  const calls: ReportedAction[][] = [];
  for (let at = 0; at < actions.length; at += ACTIONS_PER_CALL) {
    calls.push(actions.slice(at, at + ACTIONS_PER_CALL));
  }
  return calls;
}

async function recordCall(args: {
  api: Reporting;
  clock: PatientClock;
  noon: number;
  actions: readonly ReportedAction[];
  tally: Tally;
}): Promise<void> {
  let pending = args.actions;
  const startedAt = Date.now();
  while (pending.length > 0) {
    const mayWait = Date.now() - startedAt < IN_FUTURE_FOR_MS;
    const results = await args.api.record(pending);
    const again: ReportedAction[] = [];
    pending.forEach((action, index) => {
      const result = results[index];
      if (result === undefined) throw new Error(`no result for ${action.eventId}`);
      if (result.code === 'IN_FUTURE' && mayWait) again.push(action);
      else args.tally.add(action, result);
    });
    pending = again;
    if (pending.length === 0) return;
    await args.clock.atLeast(args.noon);
    await delay(POLL_MS);
  }
}

/** Waits until nothing older than `epoch` is open; the clock is held at `now` also by a chain that fell back. */
async function settledBefore(args: {
  api: Reporting;
  clock: PatientClock;
  now: number;
  epoch: number;
  onOpen: (open: number) => void;
}): Promise<void> {
  let open = Number.POSITIVE_INFINITY;
  let changedAt = Date.now();
  for (;;) {
    const progress = await args.api.settlement();
    args.onOpen(progress.open);
    if (progress.oldestOpenEpoch === null || progress.oldestOpenEpoch >= args.epoch) return;
    if (progress.open !== open) {
      open = progress.open;
      changedAt = Date.now();
    }
    if (Date.now() - changedAt > STUCK_AFTER_MS) {
      throw new Error(`settling is stuck with ${open} statements open`);
    }
    await args.clock.atLeast(args.now);
    await delay(POLL_MS);
  }
}

/**
 * Plays a purchase log through the public API as an app would have reported it: day by day, the chain's clock moved on
 * to noon of each day that has purchases. Settling may trail by up to 20 epochs; before a longer gap in the log, and at
 * its end, everything settles first.
 */
export async function replay(args: {
  days: readonly PurchaseDay[];
  api: Reporting;
  clock: LocalClock;
  /** Start of epoch 0, unix seconds: 00:00 UTC of the first day. */
  startsAt: number;
  /** Rounds that are played beside it; null for none. */
  buyback: ReplayBuyback | null;
  onProgress: (progress: ReplayProgress) => void;
}): Promise<ReplayOutcome> {
  const { days, api, startsAt, buyback, onProgress } = args;
  const clock = createPatientClock(args);
  const rowsTotal = days.reduce((sum, day) => sum + day.purchases.length, 0);
  const tally = createTally();
  const startedAt = performance.now();
  let rowsDone = 0;
  let openStatements = 0;
  let recordingMs = 0;
  const settled = async (day: PurchaseDay, now: number, epoch: number): Promise<void> =>
    settledBefore({
      api,
      clock,
      now,
      epoch,
      onOpen: (open) => {
        openStatements = open;
        onProgress({ rowsDone, rowsTotal, date: day.date, openStatements });
      },
    });

  for (const [index, day] of days.entries()) {
    const noon = day.startsAt + 12 * SECONDS_PER_HOUR;
    await clock.atLeast(noon);
    await buyback?.day(day, noon);
    const recordingSince = performance.now();
    const ofDay = day.purchases.flatMap(actionsOf);
    await inParallel(CONCURRENT_CALLS, inCalls(ofDay), (call) =>
      recordCall({ api, clock, noon, actions: call, tally }),
    );
    recordingMs += performance.now() - recordingSince;
    rowsDone += day.purchases.length;
    onProgress({ rowsDone, rowsTotal, date: day.date, openStatements });

    const next = days[index + 1];
    if (
      next === undefined ||
      next.startsAt - day.startsAt > LONGEST_TRAIL_EPOCHS * SECONDS_PER_DAY
    ) {
      const closed = day.startsAt + SECONDS_PER_DAY + SETTLE_AFTER_HOURS * SECONDS_PER_HOUR;
      await clock.atLeast(closed);
      await settled(day, closed, Number.POSITIVE_INFINITY);
    } else {
      const nextEpoch = (next.startsAt - startsAt) / SECONDS_PER_DAY;
      await settled(day, noon, nextEpoch - LONGEST_TRAIL_EPOCHS);
    }
  }
  const lastCloses = buyback?.closesAt() ?? null;
  if (buyback !== null && lastCloses !== null) {
    await clock.atLeast(lastCloses);
    await buyback.paid();
  }
  return {
    ...tally.result(),
    recordingSeconds: recordingMs / 1000,
    totalSeconds: (performance.now() - startedAt) / 1000,
  };
}
