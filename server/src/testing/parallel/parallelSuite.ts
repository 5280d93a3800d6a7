import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectOneEffect, type ParallelCalls } from './parallelCall.ts';
import { openParallelStage, type ParallelStage, type StageOptions } from './parallelStage.ts';

/** Dozens of calls with transactions, on a machine that does everything else at the same time. */
const TIMEOUT_MS = 900_000;
/** Enough for each server to have several under way. `parallelCalls.deep.test.ts` has many more. */
const FEW = 10;

/** Mutations that are called on one service. */
export interface ParallelMutations {
  readonly calls: ParallelCalls;
  readonly options: StageOptions;
}

/** Declares a test for each of these mutations, on one service. @param atOnce Calls at the same time. */
export function parallelSuite({ calls, options }: ParallelMutations, atOnce = FEW): void {
  let stage: ParallelStage;
  beforeAll(async () => {
    stage = await openParallelStage(options);
  }, TIMEOUT_MS);
  afterAll(() => stage.close(), TIMEOUT_MS);

  describe(`${atOnce} calls at the same time on two servers under one key have one effect and equal answers`, () => {
    it.each(Object.entries(calls))(
      '%s',
      (name, prepare) => expectOneEffect(stage, name, { prepare, calls: atOnce }),
      TIMEOUT_MS,
    );
  });
}
