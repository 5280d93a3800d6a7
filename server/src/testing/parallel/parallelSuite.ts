import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectOneEffect, type ParallelCalls } from './parallelCall.ts';
import { openParallelStage, type ParallelStage, type StageOptions } from './parallelStage.ts';

/** Dozens of calls with transactions, on a machine that does everything else at the same time. */
const TIMEOUT_MS = 900_000;

/** Declares a test for each of these mutations, on one service. */
export function parallelSuite(
  calls: ParallelCalls,
  options: StageOptions = { hasKeeper: true },
): void {
  let stage: ParallelStage;
  beforeAll(async () => {
    stage = await openParallelStage(options);
  }, TIMEOUT_MS);
  afterAll(() => stage.close(), TIMEOUT_MS);

  describe('50 calls at the same time on two servers under one key have one effect and equal answers', () => {
    it.each(Object.entries(calls))(
      '%s',
      (name, prepare) => expectOneEffect(stage, name, prepare),
      TIMEOUT_MS,
    );
  });
}
