import type { Program } from '../../domain/program.ts';
import { recordingStopOf, type RecordingStop } from '../../domain/billing/subscription.ts';
import { ServiceError } from '../../domain/errors.ts';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';

/** Tells which live programs record nothing more, because their organisation has not paid. Nothing else ever stops. */
export interface RecordingStops {
  /** Tells since when recording has stopped, and why; null while it goes on. */
  of(program: Pick<Program, 'organisationId' | 'environment'>): Promise<RecordingStop | null>;
}

/** Where nobody is billed. */
export const NEVER_STOPPED: RecordingStops = { of: () => Promise.resolve(null) };

/** Refuses to record for a program that has stopped. @throws ServiceError RECORDING_STOPPED */
export async function refuseIfStopped(stops: RecordingStops, program: Program): Promise<void> {
  const stop = await stops.of(program);
  if (stop === null) return;
  const since = new Date(stop.sinceMs).toISOString();
  const why = stop.reason === 'UNPAID' ? 'a bill is not paid' : 'it has no plan';
  throw new ServiceError({
    code: 'RECORDING_STOPPED',
    message: `Live actions of this organisation are not recorded since ${since}, as ${why}. What is recorded is safe; an owner pays in billing, and the same request works again.`,
  });
}

/** Recording asks thousands of times a second; a payment is seen this much later. */
const KEPT_MS = 5_000;
/** Organisations that are remembered; then all of them are read again. */
const MAX_KEPT = 10_000;

export function createRecordingStops(deps: {
  billingAccounts: Pick<BillingAccountStore, 'read'>;
  wallNowMs: () => number;
}): RecordingStops {
  const { billingAccounts, wallNowMs } = deps;
  interface Kept {
    readonly untilMs: number;
    readonly stop: Promise<RecordingStop | null>;
  }
  const kept = new Map<string, Kept>();
  const read = async (organisationId: string): Promise<RecordingStop | null> =>
    recordingStopOf((await billingAccounts.read(organisationId)).account, wallNowMs());

  return {
    of: async ({ organisationId, environment }) => {
      if (environment !== 'live') return null;
      const nowMs = wallNowMs();
      const known = kept.get(organisationId);
      if (known !== undefined && nowMs < known.untilMs) return known.stop;
      if (kept.size >= MAX_KEPT) kept.clear();
      const stop = read(organisationId);
      kept.set(organisationId, { untilMs: nowMs + KEPT_MS, stop });
      try {
        return await stop;
      } catch (error) {
        // Not remembered: the next call asks again.
        kept.delete(organisationId);
        throw error;
      }
    },
  };
}
