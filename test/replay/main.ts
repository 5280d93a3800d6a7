/** `npm run replay`: a purchase log through the API of a fresh local service. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLineError, EXIT_USAGE } from '@dewpoint/infra/commandLine.ts';
import { KEPT_DIR } from '@dewpoint/infra/paths.ts';
import { SetupProblem } from '@dewpoint/infra/setupProblem.ts';
import type { World } from '../world/world.ts';
import { readInputs, type ReplayInputs } from './inputs.ts';
import type { PurchaseLog } from './log/purchases.ts';
import { readOptions, REPLAY_HELP, type ReplayOptions } from './options.ts';
import { createProgressDisplay } from './progress.ts';
import { reportTable } from './report.ts';
import { createReplayWorld, runReplay, type ReplayRun } from './run.ts';

const EXIT_FAILED = 1;
const EXIT_INTERRUPTED = 130;

const say = (line: string): void => console.log(line);

async function untilInterrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

const SHOWN = 5;

function sayAll(what: string, all: number, first: readonly string[]): void {
  for (const one of first.slice(0, SHOWN)) say(`${what}: ${one}`);
  if (all > first.slice(0, SHOWN).length) say(`${what}: ${all} in all.`);
}

/** Says what the numbers leave out, and why. */
function sayLeftOut({ report, rejections, repeats }: ReplayRun, log: PurchaseLog): void {
  sayAll('Left out', log.leftOut.length, log.leftOut);
  sayAll('Duplicate, not counted', report.repeated, repeats);
  sayAll('Refused', report.rejected, rejections);
  if (rejections.some((rejection) => rejection.includes('EVENT_ID_REUSED'))) {
    say(
      'Rows that share an event_id and differ: --without event_id takes the line of a row as its id.',
    );
  }
  const { rejected, repeated } = report;
  say(
    `${repeated} actions were duplicates and ${rejected} were refused; neither count as actions.`,
  );
}

async function replayIn(
  world: World,
  options: ReplayOptions,
  { log }: ReplayInputs,
): Promise<number> {
  await world.startServer();
  const { purchases } = log;
  say(`Replaying ${purchases.length.toLocaleString('en-US')} purchases through ${world.apiUrl()}`);
  const display = createProgressDisplay(process.stderr);
  const run = await runReplay({
    world,
    purchases,
    onProgress: (progress) => display.show(progress),
    onStage: (stage) => {
      display.end();
      say(stage);
    },
  });
  const { report } = run;
  say(reportTable(report));
  if (options.reportFile !== null) {
    writeFileSync(options.reportFile, `${JSON.stringify(report, null, 2)}\n`);
    say(`Report: ${options.reportFile}`);
  }
  sayLeftOut(run, log);
  const verifyCommand = `npm run verify -- --rpc ${world.rpcUrl} --program ${world.program.address}`;
  if (options.keep) {
    say(
      `The chain and the API stay up until Ctrl-C. API key: ${world.program.apiKey}\n${verifyCommand}`,
    );
    await untilInterrupted();
  } else {
    say(`With --keep the chain stays up, for you to run: ${verifyCommand}`);
  }
  return report.verified && report.rejected === 0 ? 0 : EXIT_FAILED;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    say(REPLAY_HELP);
    return 0;
  }
  const inputs = readInputs(options);
  mkdirSync(KEPT_DIR, { recursive: true });
  const dir = mkdtempSync(join(KEPT_DIR, 'replay-'));
  let world: World | null = null;
  const interrupted = (): void => {
    // The children end with this process.
    rmSync(dir, { recursive: true, force: true });
    process.exit(EXIT_INTERRUPTED);
  };
  if (!options.keep) process.once('SIGINT', interrupted);
  try {
    world = await createReplayWorld({
      dir,
      purchases: inputs.log.purchases,
      rules: inputs.rules,
      withBuyback: options.buyback,
      onLog: say,
      onProgress: say,
    });
    return await replayIn(world, options, inputs);
  } finally {
    await world?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof CommandLineError) {
    console.error(error.message);
    process.exitCode = EXIT_USAGE;
  } else if (error instanceof SetupProblem) {
    console.error(error.message);
    process.exitCode = EXIT_FAILED;
  } else {
    throw error;
  }
}
