import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPurchases } from '../replay/log/purchases.ts';
import { readRules } from '../replay/log/rules.ts';
import { createReplayWorld, runReplay, type ReplayRun } from '../replay/run.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/purchases');

/** 6,919 real purchases of 1997 and 1998, sorted by customer. */
export const SAMPLE_LOG = readFileSync(join(FIXTURES, 'purchases-sample.csv'), 'utf8');
export const SAMPLE_RULES = readFileSync(join(FIXTURES, 'rules.json'), 'utf8');

/** The heading and the first rows of a log: those of its first customers. */
export const firstRows = (log: string, rows: number): string =>
  log
    .trim()
    .split('\n')
    .slice(0, rows + 1)
    .join('\n');

/** Replays a log by the rules of the sample in a world of its own. */
export async function replayText(log: string): Promise<ReplayRun> {
  const dir = mkdtempSync(join(tmpdir(), 'dewpoint-replay-'));
  const purchases = readPurchases(log);
  const world = await createReplayWorld({
    dir,
    purchases,
    rules: readRules(SAMPLE_RULES),
    onLog: (line) => console.error(line),
    onProgress: () => undefined,
  });
  try {
    await world.startServer();
    return await runReplay({
      world,
      purchases,
      onProgress: () => undefined,
      onStage: () => undefined,
    });
  } finally {
    await world.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
