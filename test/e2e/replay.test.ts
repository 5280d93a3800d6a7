import { beforeAll, expect, it } from 'vitest';
import { pointsOfLog } from '../replay/totals/independent.ts';
import type { ReplayRun } from '../replay/run.ts';
import { firstRows, replayText, SAMPLE_LOG, SAMPLE_RULES } from './replaySample.ts';

const TIMEOUT_MS = 900_000;
/** replaySample.deep.test.ts takes the whole of it. */
const FIRST_ROWS = firstRows(SAMPLE_LOG, 200);
/** Two shops of a different century in one log, with a leap day and a year without a purchase. */
const GAPS = `date,customer,event_id,items,cents
2023-12-31,old,a,1,100
2024-02-29,old,b,0,250
2024-02-29,new,c,12,0
2026-03-01,old,d,2,9999`;

let run: ReplayRun;

beforeAll(async () => {
  run = await replayText(FIRST_ROWS);
}, TIMEOUT_MS);

it('the first of real purchases mint exactly what an independent computation says', () => {
  expect(run.report).toMatchObject({
    rows: 200,
    actions: 400,
    members: 76,
    statements: 195,
    rejected: 0,
    pointsMinted: pointsOfLog(FIRST_ROWS, SAMPLE_RULES),
    verified: true,
  });
});

it('a statement costs less gas than one plain mint for each of its actions', () => {
  const { gasUsed, openZeppelinMint } = run.report;
  expect(gasUsed).toBeLessThan(openZeppelinMint.gasUsed);
});

it(
  'a log with gaps of years, unordered columns and empty baskets replays whole',
  async () => {
    const { report } = await replayText(GAPS);
    // a: 1000 + 100 and 500; b: 1000 + 250; c: 1000 and 10 * 500; d: 1000 + 9999 and 1000.
    expect(report).toMatchObject({ rows: 4, actions: 7, rejected: 0, verified: true });
    expect(report.pointsMinted).toBe(1_600 + 1_250 + 6_000 + 11_999);
  },
  TIMEOUT_MS,
);
