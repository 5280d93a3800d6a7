import { setTimeout as delay } from 'node:timers/promises';
import type { DewpointApi } from './api.ts';
import type { LocalClock } from './localClock.ts';

/** The clock as a replay moves it: never over statements that were settled, lost with their blocks, and wait again. */
export interface PatientClock {
  /** Moves the clock to at least this moment, unix seconds. */
  atLeast(timestamp: number): Promise<void>;
}

const SECONDS_PER_DAY = 86_400;
/** A fall of less than this leaves every window wide open, so it needs no care. */
const HARMLESS_FALL_SECONDS = SECONDS_PER_DAY;
/** The way back is taken in steps that are short beside a settlement window. */
const STEP_DAYS = 5;
const POLL_MS = 50;
const STUCK_AFTER_MS = 180_000;

/**
 * A chain that was killed comes back with an older state, which at the pace of a replay can be weeks of its own time
 * older. What was settled in the lost blocks has to be settled again while its window is open, as it would be on a chain
 * whose time does not jump. So the way back to where the clock stood is taken step by step.
 */
export function createPatientClock(args: {
  clock: LocalClock;
  api: Pick<DewpointApi, 'settlement'>;
  /** Start of epoch 0, unix seconds. */
  startsAt: number;
}): PatientClock {
  const { clock, api, startsAt } = args;
  let reached = 0;
  let turn: Promise<void> = Promise.resolve();

  const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    const giveUpAt = Date.now() + STUCK_AFTER_MS;
    while (!(await holds())) {
      if (Date.now() > giveUpAt) throw new Error(`the chain fell back, and ${what}`);
      await delay(POLL_MS);
    }
  };

  /** Takes one step back to where the clock stood. */
  const step = async (): Promise<void> => {
    // Until the service has noticed, it takes for settled what the chain has lost.
    await until('the service does not notice', async () => {
      const [{ asOfBlock }, { blockNumber }] = await Promise.all([api.settlement(), clock.now()]);
      return asOfBlock <= blockNumber;
    });
    const { timestamp } = await clock.now();
    const epoch = Math.floor((timestamp - startsAt) / SECONDS_PER_DAY);
    await until('what was lost is not settled again', async () => {
      const { oldestOpenEpoch } = await api.settlement();
      return oldestOpenEpoch === null || oldestOpenEpoch >= epoch - 1;
    });
    await clock.atLeast(Math.min(reached, timestamp + STEP_DAYS * SECONDS_PER_DAY), timestamp);
  };

  const advance = async (timestamp: number): Promise<void> => {
    while (!(await clock.atLeast(timestamp, reached - HARMLESS_FALL_SECONDS))) await step();
    reached = Math.max(reached, timestamp);
  };

  return {
    atLeast(timestamp) {
      const mine = turn.then(() => advance(timestamp));
      // One mover at a time; who comes after does not care how this one ended.
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
