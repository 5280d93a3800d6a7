import type { Logger } from '../../lib/logger.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import { isRetryable } from '../isRetryable.ts';
import { createLease } from './lease.ts';
import type { BillingAccounts } from '../billing/accounts.ts';
import type { HourCloser } from '../billing/closeHours.ts';
import type { GraceLetters } from '../billing/graceLetters.ts';
import type { PaymentEvents } from '../billing/paymentEvents.ts';
import type { HourSender } from '../billing/sendHours.ts';
import type { DebtLetters } from '../billing/topUps/debtLetters.ts';
import type { TopUpFollower } from '../billing/topUps/followTopUps.ts';

/** Does what billing is about, apart from the pipeline: a provider of payments that hangs holds up no settling. */
export interface BillingWorker {
  start(): void;
  /** Goes through all steps once, with the lease or without. @returns whether there is more to do at once */
  step(): Promise<boolean>;
  /** Stops after the current step and releases the lease. */
  stop(): Promise<void>;
}

const LEASE = 'billing';
/** Longer than any call of the provider takes. */
const LEASE_TTL_MS = 60_000;
export const DEFAULT_BILLING_POLL_MS = 2_000;

export function createBillingWorker(deps: {
  programs: Pick<ProgramStore, 'list'>;
  accounts: Pick<BillingAccounts, 'refresh'>;
  paymentEvents: Pick<PaymentEvents, 'workOff'>;
  hourCloser: HourCloser;
  hourSender: Pick<HourSender, 'send' | 'confirm'>;
  graceLetters: GraceLetters;
  topUpFollower: TopUpFollower;
  debtLetters: DebtLetters;
  leases: LeaseStore;
  holder: string;
  pollMs?: number;
  logger: Pick<Logger, 'warn' | 'error' | 'debug'>;
  wallNowMs: () => number;
}): BillingWorker {
  const { logger, wallNowMs } = deps;
  const lease = createLease({
    ...{ leases: deps.leases, name: LEASE, holder: deps.holder },
    ...{ ttlMs: LEASE_TTL_MS, wallNowMs },
  });
  let running: Promise<void> | null = null;
  let stopping = false;
  let interrupt = (): void => undefined;
  /** Steps that failed last time. */
  const failing = new Set<string>();

  const attempt = async (step: string, run: () => Promise<number>): Promise<number> => {
    if (stopping) return 0;
    try {
      const done = await run();
      failing.delete(step);
      return done;
    } catch (error) {
      // Told once, not at every try; what is left is done later.
      const level = failing.has(step) ? 'debug' : isRetryable(error) ? 'warn' : 'error';
      logger[level]({ err: error, step }, 'a step of billing failed and is tried again');
      failing.add(step);
      return 0;
    }
  };

  async function closeAll(): Promise<number> {
    let closed = 0;
    for (const program of await deps.programs.list()) {
      if (program.environment === 'live') closed += await deps.hourCloser.close(program);
    }
    return closed;
  }

  const step = async (): Promise<boolean> => {
    const done = [
      await attempt('events', () => deps.paymentEvents.workOff()),
      await attempt('close', closeAll),
      await attempt('decide', () => deps.hourCloser.decide()),
      await attempt('send', () => deps.hourSender.send()),
      await attempt('confirm', () => deps.hourSender.confirm()),
      await attempt('refresh', () => deps.accounts.refresh()),
      await attempt('top-ups', () => deps.topUpFollower.follow()),
      await attempt('letters', () => deps.graceLetters.send()),
      await attempt('debts', () => deps.debtLetters.send()),
    ];
    return done.some((count) => count > 0);
  };

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopping) interrupt();
    });

  const loop = async (): Promise<void> => {
    while (!stopping) {
      let busy = false;
      const held = await lease.hold().catch((error: unknown) => {
        logger.debug({ err: error }, 'billing has no lease');
        return false;
      });
      if (held) busy = await step();
      if (!busy) await rest(deps.pollMs ?? DEFAULT_BILLING_POLL_MS);
    }
  };

  return {
    start: () => {
      running ??= loop();
    },
    step,
    stop: async () => {
      stopping = true;
      interrupt();
      await running;
      await lease.release().catch(() => undefined);
    },
  };
}
