/** `npm run replay`: a purchase log through the API of a fresh local service. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEPT_DIR, ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { SetupProblem } from '@dewpoint/infra/setupProblem.ts';
import type { World } from '../world/world.ts';
import { readOptions, UsageError, USAGE, type ReplayOptions } from './options.ts';
import { createProgressDisplay } from './progress.ts';
import { PurchaseLogError, readPurchases, type Purchase } from './log/purchases.ts';
import { reportTable } from './report.ts';
import { readRules, RulesFileError, type ReplayRule } from './log/rules.ts';
import { createReplayWorld, runReplay } from './run.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;
const DEFAULT_RULES = join(ROOT_DIR, 'test/fixtures/purchases/rules.json');

const say = (line: string): void => console.log(line);

/** A file that can't be read is the user's to mend, in one sentence. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${(error as Error).message}`);
  }
}

function readInputs(options: ReplayOptions): { purchases: Purchase[]; rules: ReplayRule[] } {
  const rulesFile = options.rulesFile ?? DEFAULT_RULES;
  try {
    return {
      purchases: readPurchases(readText(options.file), options.limit),
      rules: readRules(readText(rulesFile)),
    };
  } catch (error) {
    if (error instanceof PurchaseLogError)
      throw new UsageError(`${options.file}: ${error.message}`);
    if (error instanceof RulesFileError) throw new UsageError(`${rulesFile}: ${error.message}`);
    throw error;
  }
}

async function untilInterrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

async function replayIn(
  world: World,
  options: ReplayOptions,
  purchases: Purchase[],
): Promise<number> {
  await world.startServer();
  say(`Replaying ${purchases.length.toLocaleString('en-US')} purchases through ${world.apiUrl()}`);
  const display = createProgressDisplay(process.stderr);
  const { report, rejections } = await runReplay({
    world,
    purchases,
    onProgress: (progress) => display.show(progress),
    onStage: (stage) => {
      display.end();
      say(stage);
    },
  });
  say(reportTable(report));
  if (options.reportFile !== null) {
    writeFileSync(options.reportFile, `${JSON.stringify(report, null, 2)}\n`);
    say(`Report: ${options.reportFile}`);
  }
  for (const rejection of rejections) say(`Refused: ${rejection}`);
  if (report.rejected > 0) say(`${report.rejected} actions were refused.`);
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
  const { purchases, rules } = readInputs(options);
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
      purchases,
      rules,
      withBuyback: options.buyback,
      onLog: say,
      onProgress: say,
    });
    return await replayIn(world, options, purchases);
  } finally {
    await world?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = EXIT_USAGE;
  } else if (error instanceof SetupProblem) {
    console.error(error.message);
    process.exitCode = EXIT_FAILED;
  } else {
    throw error;
  }
}
