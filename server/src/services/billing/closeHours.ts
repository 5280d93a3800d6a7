import {
  closedHour,
  METER_HOUR_MS,
  hourOf,
  hourStartMs,
  isClosed,
  nextClosingMs,
  MAX_AGE_MS,
  WAIVED_AFTER_MS,
} from '../../domain/billing/meterHour.ts';
import { isPaid } from '../../domain/billing/subscription.ts';
import type { Program } from '../../domain/program.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';
import type { MeterHourStore } from '../../ports/stores/billing/meterHours.ts';
import type { BillingAccounts } from './accounts.ts';
import { eachInTurn } from './eachInTurn.ts';

/** Puts hours into the ledger, once nothing can be recorded into them any more, and decides which are billed. */
export interface HourCloser {
  /** Counts the hours of a program that have closed, oldest first. @returns how many */
  close(program: Program): Promise<number>;
  /** Decides about entries that wait for a plan. @returns how many it looked at */
  decide(): Promise<number>;
}

/** Hours that one step counts for a program. */
const HOURS_AT_ONCE = 50;
const DECIDED_AT_ONCE = 100;
/** How soon an organisation that gets a plan is billed. */
const DECIDE_AGAIN_MS = 5 * 60_000;

export function createHourCloser(deps: {
  actionLog: Pick<ActionLog, 'firstActionLogged' | 'countActionsLogged'>;
  meterHours: MeterHourStore;
  billingAccounts: Pick<BillingAccountStore, 'read'>;
  accounts: Pick<BillingAccounts, 'sync'>;
  wallNowMs: () => number;
}): HourCloser {
  const { actionLog, meterHours, billingAccounts, accounts, wallNowMs } = deps;

  /** When the next hour of each program closes, of those that have been looked at since the last one did. */
  const lookFromMs = new Map<string, number>();

  /** Finds the next hour with actions that has closed; null for none. */
  async function nextHour(programId: string): Promise<number | null> {
    const newest = await meterHours.newestHour(programId);
    const oldestMs = wallNowMs() - MAX_AGE_MS;
    const fromMs = Math.max(newest === null ? 0 : hourStartMs(newest + 1), oldestMs);
    const range = { fromMs: hourStartMs(hourOf(fromMs)), beforeMs: wallNowMs() };
    const firstMs = await actionLog.firstActionLogged(programId, range);
    if (firstMs === null) return null;
    const hour = hourOf(firstMs);
    return isClosed(hour, wallNowMs()) ? hour : null;
  }

  return {
    close: async ({ id: programId, organisationId }) => {
      if (wallNowMs() < (lookFromMs.get(programId) ?? 0)) return 0;
      for (let closed = 0; closed < HOURS_AT_ONCE; closed += 1) {
        const nowMs = wallNowMs();
        const hour = await nextHour(programId);
        if (hour === null) {
          lookFromMs.set(programId, nextClosingMs(nowMs));
          return closed;
        }
        const fromMs = hourStartMs(hour);
        const range = { fromMs, beforeMs: fromMs + METER_HOUR_MS };
        const count = await actionLog.countActionsLogged(programId, range);
        const taken = await meterHours.ofHour(organisationId, hour);
        const entry = { programId, organisationId, hour, count };
        await meterHours.insert(closedHour(entry, taken.length, wallNowMs()));
      }
      return HOURS_AT_ONCE;
    },
    decide: async () => {
      const waiting = await meterHours.listDue('WAITING', wallNowMs(), DECIDED_AT_ONCE);
      return eachInTurn(waiting, async (entry) => {
        const { account } = await billingAccounts.read(entry.organisationId);
        const { subscription } = account;
        const nowMs = wallNowMs();
        const startMs = hourStartMs(entry.hour);
        if (subscription !== null && isBilled(subscription, startMs)) {
          await meterHours.update(entry, { state: 'PENDING', dueAtMs: nowMs });
          return;
        }
        // Recorded live without a plan: the grace begins, if it has not.
        if (account.graceSinceMs === null && !isPaid(subscription)) {
          await accounts.sync(entry.organisationId, { hasRecorded: true });
        }
        const isOver = nowMs >= startMs + WAIVED_AFTER_MS;
        await meterHours.update(
          entry,
          isOver ? { state: 'WAIVED' } : { dueAtMs: nowMs + DECIDE_AGAIN_MS },
        );
      });
    },
  };
}

/** An hour is billed by a plan that had begun, whether it has been paid or not, and has not ended. */
function isBilled(
  { state, startedAtMs }: { readonly state: string; readonly startedAtMs: number },
  hourStartsAtMs: number,
): boolean {
  return state !== 'INCOMPLETE' && state !== 'CANCELED' && startedAtMs <= hourStartsAtMs;
}
