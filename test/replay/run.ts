import { verify } from '@dewpoint/contracts/verifier/verify.ts';
import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { DEV_KEYS } from '@dewpoint/infra/chain/chain.ts';
import { createWorld, type World } from '../world/world.ts';
import { createApi } from './play/api.ts';
import {
  createReplayBuyback,
  REPLAY_BUYBACK,
  ROUND_PERIOD_DAYS,
  ROUND_WINDOW_DAYS,
} from './play/buyback.ts';
import { readChainTotals } from './totals/chainTotals.ts';
import { createLocalClock } from './play/localClock.ts';
import { measureMint } from './totals/mintComparison.ts';
import { byDay, type Purchase } from './log/purchases.ts';
import { replay, type ReplayProgress } from './play/replay.ts';
import type { ReplayReport } from './report.ts';
import type { ReplayRule } from './log/rules.ts';

/** What a replay did, and what the verifier has to say where it disagrees. */
export interface ReplayRun {
  readonly report: ReplayReport;
  /** The first few actions that were refused, in words, and that the log repeats. */
  readonly rejections: readonly string[];
  readonly repeats: readonly string[];
}

const MS_PER_SECOND = 1_000;
const SECONDS_PER_DAY = 86_400;

/** Of nothing, nothing: a log may be refused whole. */
const share = (gas: number, among: number): number => (among === 0 ? 0 : gas / among);

/** Creates the world of a replay: a chain whose clock starts on the first day of the log. */
export async function createReplayWorld(args: {
  dir: string;
  purchases: readonly Purchase[];
  rules: readonly ReplayRule[];
  /** Whether points are bought back, every 28 days. */
  withBuyback?: boolean;
  onLog: (line: string) => void;
  onProgress: (line: string) => void;
}): Promise<World> {
  const [firstDay] = byDay(args.purchases);
  if (firstDay === undefined) throw new Error('a log has at least one purchase');
  return createWorld({
    dir: args.dir,
    startsAt: firstDay.startsAt,
    rules: args.rules,
    budgetPerEpoch: NO_BUDGET_CAP,
    ...(args.withBuyback === true && {
      buyback: {
        firstRoundAt: firstDay.startsAt + ROUND_PERIOD_DAYS * SECONDS_PER_DAY,
        periodSeconds: ROUND_PERIOD_DAYS * SECONDS_PER_DAY,
        windowSeconds: ROUND_WINDOW_DAYS * SECONDS_PER_DAY,
        terms: REPLAY_BUYBACK,
      },
    }),
    onLog: args.onLog,
    onProgress: args.onProgress,
  });
}

/** Replays, reads what the chain says, verifies it from the logs alone, and compares with plain mints. */
export async function runReplay(args: {
  world: World;
  purchases: readonly Purchase[];
  onProgress: (progress: ReplayProgress) => void;
  onStage: (stage: string) => void;
}): Promise<ReplayRun> {
  const { world, purchases } = args;
  const { address: program } = world.program;
  const days = byDay(purchases);
  const api = createApi(world.apiUrl(), world.program);
  const startsAt = days[0]?.startsAt ?? 0;
  const buyback = world.program.buysBack ? createReplayBuyback({ api, startsAt }) : null;
  const outcome = await replay({
    days,
    api,
    clock: createLocalClock(world.rpcUrl),
    startsAt,
    buyback,
    onProgress: args.onProgress,
  });
  const totals = await readChainTotals(world.rpcUrl, program);

  args.onStage('Verifying from the logs ...');
  const verifyStartedAt = performance.now();
  const verification = await verify({ provider: new HttpRpc(world.rpcUrl), program });
  const verifySeconds = (performance.now() - verifyStartedAt) / MS_PER_SECOND;

  args.onStage('Minting with OpenZeppelin for comparison ...');
  const mint = await measureMint(world.rpcUrl, DEV_KEYS.stranger);
  const { counted: actions, members, statements } = outcome;
  const mintGas = members * mint.gasFirstMint + (actions - members) * mint.gasLaterMint;
  const minted = totals.totalSupply + totals.boughtBack;
  return {
    rejections: outcome.rejections,
    repeats: outcome.repeats,
    report: {
      rows: purchases.length,
      actions,
      members,
      statements,
      repeated: outcome.repeated,
      rejected: outcome.rejected,
      pointsMinted: minted <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(minted) : String(minted),
      gasUsed: totals.gasUsed,
      transactions: totals.transactions,
      gasPerStatement: share(totals.gasUsed, statements),
      gasPerAction: share(totals.gasUsed, actions),
      buyback: buyback && {
        rounds: buyback.rounds,
        tenders: buyback.tenders,
        pointsBoughtBack: String(totals.boughtBack),
        moneyPaid: String(totals.paid),
      },
      seconds: outcome.totalSeconds,
      recordingSeconds: outcome.recordingSeconds,
      verified: verification.ok,
      verifySeconds,
      openZeppelinMint: { ...mint, gasUsed: mintGas, gasPerAction: share(mintGas, actions) },
      chainId: verification.chainId,
      program,
      database: world.databaseKind,
    },
  };
}
