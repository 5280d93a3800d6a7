import { parseArgs } from 'node:util';
import { moveClockTo } from '../chain/local/localClock.ts';
import { runCommand, UsageError, type Surroundings } from '../lib/commandLine.ts';
import { LOCAL_PROBLEMS, onLocalChain } from './localChain.ts';

const MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
/** Epochs that nobody has settled yet must not run out of their window in one jump. */
const MAX_DAYS = 30;
const MAX_MOVE_MS = MAX_DAYS * 86_400_000;
const STEP = /^\+(\d{1,9})([smhd])$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;

const HELP = `npm run clock -- [MOVE] [--rpc URL]

Says what time it is on a local chain, and moves its clock on. Rounds, notices, deadlines and epochs go by that clock, and
actions are reported with its moments. It never goes back, and other chains are refused.

  npm run clock                            the time
  npm run clock -- +8d                     8 days later; s, m, h and d are seconds, minutes, hours and days
  npm run clock -- 2026-12-24T18:00:00Z    to a moment

  MOVE       at most ${MAX_DAYS} days at once, so that the service settles what is open
  --rpc URL  JSON-RPC of the node; without it, RPC_URL, or the chain of the service that npm start runs, from the folder
             that DEWPOINT_DIR names

Exit code 0: done. 1: refused. 2: it could not be tried.`;
const COMMAND = { help: HELP, problems: LOCAL_PROBLEMS };

const textOf = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** @throws UsageError for what is no move, or one back, or too far */
function targetOf(move: string, nowMs: number): number {
  const [, count, unit = ''] = STEP.exec(move) ?? [];
  const isMoment = MOMENT.test(move) && !Number.isNaN(Date.parse(move));
  if (count === undefined && !isMoment) {
    throw new UsageError(
      `${JSON.stringify(move)} is no move of the clock; write +8d, +90m or a moment such as 2026-12-24T18:00:00Z.`,
    );
  }
  const targetMs = isMoment ? Date.parse(move) : nowMs + Number(count) * (MS[unit] ?? 0);
  if (targetMs < nowMs) {
    throw new UsageError(`It is ${textOf(nowMs)} on this chain, and a clock never goes back.`);
  }
  if (targetMs > nowMs + MAX_MOVE_MS) {
    throw new UsageError(
      `It is ${textOf(nowMs)} on this chain; move its clock by at most ${MAX_DAYS} days at once, to ${textOf(nowMs + MAX_MOVE_MS)}.`,
    );
  }
  return targetMs;
}

/** Runs `npm run clock` and returns its exit code. */
export function runClock(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand(COMMAND, args, surroundings, async (say) => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { rpc: { type: 'string' } },
    });
    const [move, ...more] = positionals;
    if (more.length > 0) throw new UsageError(HELP);
    await onLocalChain(values.rpc, surroundings, async (chain) => {
      const { nowMs } = await chain.clock.now();
      if (move === undefined) return say(`It is ${textOf(nowMs)} on chain ${chain.chainId}.`);
      await moveClockTo(chain, targetOf(move, nowMs));
      const moved = (await chain.clock.now()).nowMs;
      say(`It was ${textOf(nowMs)} on chain ${chain.chainId}, and it is ${textOf(moved)} now.`);
      say('Report actions with moments of this clock: it does not follow the one on the wall.');
    });
  });
}
