import { beforeAll, expect, it } from 'vitest';
import { pointsOfLog } from '../replay/totals/independent.ts';
import type { ReplayRun } from '../replay/run.ts';
import { replayText, SAMPLE_LOG, SAMPLE_RULES } from './replaySample.ts';

const TIMEOUT_MS = 900_000;

let run: ReplayRun;

beforeAll(async () => {
  run = await replayText(SAMPLE_LOG);
}, TIMEOUT_MS);

it('the sample of real purchases mints exactly what an independent computation says', () => {
  expect(run.report).toMatchObject({
    rows: 6_919,
    actions: 13_838,
    members: 2_357,
    statements: 6_696,
    rejected: 0,
    pointsMinted: pointsOfLog(SAMPLE_LOG, SAMPLE_RULES),
    verified: true,
  });
});

it('a statement costs less gas than one plain mint for each of its actions', () => {
  const { gasUsed, openZeppelinMint } = run.report;
  expect(gasUsed).toBeLessThan(openZeppelinMint.gasUsed);
});
