import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { createWorld, type World } from '../world/world.ts';

/** 2026-01-01, 00:00 UTC. */
const STARTS_AT = 1_767_225_600;

/** A service with a program of its own, and what it logged as failures. */
export interface FuzzWorld {
  readonly world: World;
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

/** Starts a service for requests that are made up. */
export async function startFuzzWorld(): Promise<FuzzWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'dewpoint-fuzz-'));
  const failures: string[] = [];
  const rule = { perAction: 100n, perUnit: 1_000_000n, maxCount: NO_COUNT_CAP };
  const world = await createWorld({
    ...{ dir, startsAt: STARTS_AT, budgetPerEpoch: NO_BUDGET_CAP },
    rules: [
      { id: 0, name: 'visit', text: '', ...rule, maxPoints: NO_POINTS_CAP, untilEpoch: NO_END },
    ],
    logLevel: 'error',
    onLog: (line) => failures.push(line),
  });
  const stop = async (): Promise<void> => {
    await world.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await world.startServer();
    return { world, failures, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The keys of a world's program: of the app and of the operator. */
export const keysOf = ({ program }: World): string[] => [program.apiKey, program.operatorApiKey];
