import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { KEPT_DIR } from '@dewpoint/infra/paths.ts';
import { createWorld, type World } from '../world/world.ts';

/** Start of epoch 0 and of the chain's clock, unix seconds. */
export const BENCH_STARTS_AT = 1_767_225_600;
export const BENCH_DAY = 86_400;

/** Runs something on a fresh world with one rule, `visit`, and a server; ends it all after that. */
export async function inBenchWorld<T>(
  onProgress: (line: string) => void,
  run: (world: World) => Promise<T>,
): Promise<T> {
  mkdirSync(KEPT_DIR, { recursive: true });
  const dir = mkdtempSync(join(KEPT_DIR, 'bench-'));
  const numbers = { perAction: 100n, perUnit: 1_000_000n, untilEpoch: NO_END };
  const caps = { maxCount: NO_COUNT_CAP, maxPoints: NO_POINTS_CAP };
  const world = await createWorld({
    ...{ dir, startsAt: BENCH_STARTS_AT, budgetPerEpoch: NO_BUDGET_CAP },
    rules: [{ id: 0, name: 'visit', text: '', ...numbers, ...caps }],
    ...{ onProgress, onLog: onProgress },
  });
  try {
    await world.startServer();
    return await run(world);
  } finally {
    await world.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The one in the middle. */
export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
