import { UserError, type ErrorCode } from '../../domain/errors.ts';
import { epochAt, GRACE_MS, recordingClosesAtMs, windowClosesAtMs } from '../../domain/epochs.ts';
import { newestRoundAt, nextRoundAt, roundOpensAtMs } from '../../domain/buyback/roundClock.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainClock, MovableClock } from '../../ports/chain/clock.ts';
import type { ReadSettlementProgress } from '../statements/settlementProgress.ts';
import { runDecided, type Once } from '../transactions/once.ts';

/** Where a clock is moved to: past the close of the current epoch's recording, or to the opening of the next round. */
export const CLOCK_TARGETS = ['NEXT_DAY', 'NEXT_ROUND'] as const;
export type ClockTarget = (typeof CLOCK_TARGETS)[number];

/** What a move of the clock came to. Times are Unix milliseconds of the chain. */
export interface MovedClock {
  readonly beforeMs: number;
  readonly afterMs: number;
  /** Newest epoch of the program whose recording it closed; null for none. */
  readonly closedEpoch: number | null;
  /** Newest round of the program that it opened; null for none. */
  readonly openedRound: number | null;
}

/**
 * Moves the clock of a program's chain on: of a local chain with the programs of one organisation alone. To which time is kept before
 * it is moved, and it is moved to at least that, so that doing it again moves nothing.
 *
 * @throws UserError CLOCK_FIXED, STATEMENTS_OPEN, IDEMPOTENCY_KEY_REUSED
 * @throws ServiceError BUSY, CHAIN_UNAVAILABLE
 */
export type MoveClock = (
  program: Program,
  to: ClockTarget,
  idempotencyKey: string,
) => Promise<MovedClock>;

const refusal = (code: ErrorCode, field: string | null, message: string): UserError =>
  new UserError({ code, field, message });
const fixed = (message: string): UserError => refusal('CLOCK_FIXED', null, message);

/** Of a move to a time: null for what it leaves as it is. */
function passed(
  program: Program,
  beforeMs: number,
  toMs: number,
): Pick<MovedClock, 'closedEpoch' | 'openedRound'> {
  const closedAt = (ms: number): number => epochAt(program, ms - GRACE_MS) - 1;
  const [closed, round] = [closedAt(toMs), newestRoundAt(program, toMs)];
  return {
    closedEpoch: closed > closedAt(beforeMs) ? closed : null,
    openedRound: round > newestRoundAt(program, beforeMs) ? round : null,
  };
}

const timeOf = (program: Program, to: ClockTarget, nowMs: number): number =>
  to === 'NEXT_DAY'
    ? recordingClosesAtMs(program, epochAt(program, nowMs))
    : roundOpensAtMs(program, nextRoundAt(program, nowMs));

export function createMoveClock(deps: {
  /** Null where nobody can move the clock. */
  movableClock: MovableClock | null;
  clock: ChainClock;
  programs: { list(): Promise<Program[]> };
  settlementProgress: ReadSettlementProgress;
  once: Once;
}): MoveClock {
  const { movableClock, clock, programs, settlementProgress, once } = deps;

  /** Gives the clock of a program's chain, and all programs that go by it. @throws UserError CLOCK_FIXED */
  async function open(program: Program): Promise<{ movable: MovableClock; all: Program[] }> {
    if (program.environment === 'live') {
      throw fixed('The program is live, and its time is real; move the clock of a test program.');
    }
    if (movableClock === null) {
      throw fixed(
        `Chain ${program.chainId} is no local chain, and nobody can move its clock; use a local one, such as that of npm start.`,
      );
    }
    const all = (await programs.list()).filter(({ chainId }) => chainId === program.chainId);
    if (all.every(({ organisationId }) => organisationId === program.organisationId)) {
      return { movable: movableClock, all };
    }
    throw fixed(
      `Programs of other organisations go by the clock of chain ${program.chainId} too; move the clock of a chain that only one organisation uses.`,
    );
  }

  /** Refuses a leap past the time in which statements can be settled: their points would be lost. */
  async function requireSettled(all: readonly Program[], toMs: number): Promise<void> {
    for (const program of all) {
      const { open: count, oldestOpenEpoch } = await settlementProgress(program, toMs);
      if (oldestOpenEpoch === null || windowClosesAtMs(program, oldestOpenEpoch) > toMs) continue;
      throw refusal(
        'STATEMENTS_OPEN',
        'to',
        `to is a round that opens when ${count} statements of ${program.name} can be settled no more; move to NEXT_DAY and wait until "settlement { open }" is 0 first.`,
      );
    }
  }

  async function decide(
    program: Program,
    to: ClockTarget,
  ): Promise<{ readonly beforeMs: number; readonly toMs: number }> {
    const { all } = await open(program);
    const { nowMs: beforeMs } = await clock.now();
    if (beforeMs < program.startsAtMs) {
      throw fixed(
        `The program begins at ${new Date(program.startsAtMs).toISOString()}, later than the clock of its chain says; move its clock there with npm run clock.`,
      );
    }
    const toMs = timeOf(program, to, beforeMs);
    // From one day to the next, nothing is lost but what could not be settled in all its time.
    if (to === 'NEXT_ROUND') await requireSettled(all, toMs);
    return { beforeMs, toMs };
  }

  return (program, to, idempotencyKey) =>
    runDecided(
      once,
      { owner: [program.id], kind: 'clockMove', idempotencyKey, input: { to } },
      () => decide(program, to),
      async ({ beforeMs, toMs }): Promise<MovedClock> => {
        // Another organisation may have come since.
        const { movable } = await open(program);
        if (!(await movable.moveTo(toMs))) {
          throw fixed(
            `The node of chain ${program.chainId} can't move its clock; anvil and Hardhat can.`,
          );
        }
        const { nowMs: afterMs } = await clock.now();
        return { beforeMs, afterMs, ...passed(program, beforeMs, toMs) };
      },
    );
}
