import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pointsOfLog } from '../replay/totals/independent.ts';
import { readPurchases } from '../replay/log/purchases.ts';
import { readRules } from '../replay/log/rules.ts';
import { createReplayWorld, runReplay, type ReplayRun } from '../replay/run.ts';

const TIMEOUT_MS = 900_000;
const FIXTURES = join(import.meta.dirname, '../fixtures/purchases');
const LOG = readFileSync(join(FIXTURES, 'purchases-sample.csv'), 'utf8');
const RULES = readFileSync(join(FIXTURES, 'rules.json'), 'utf8');
/** Two shops of a different century in one log, with a leap day and a year without a purchase. */
const GAPS = `date,customer,event_id,items,cents
2023-12-31,old,a,1,100
2024-02-29,old,b,0,250
2024-02-29,new,c,12,0
2026-03-01,old,d,2,9999`;

const dir = mkdtempSync(join(tmpdir(), 'dewpoint-replay-'));
let run: ReplayRun;

async function replayText(name: string, text: string): Promise<ReplayRun> {
  const purchases = readPurchases(text);
  const world = await createReplayWorld({
    dir: join(dir, name),
    purchases,
    rules: readRules(RULES),
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
  }
}

beforeAll(async () => {
  run = await replayText('sample', LOG);
}, TIMEOUT_MS);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('the sample of real purchases mints exactly what an independent computation says', () => {
  expect(run.report).toMatchObject({
    rows: 6_919,
    actions: 13_838,
    members: 2_357,
    statements: 6_696,
    rejected: 0,
    pointsMinted: pointsOfLog(LOG, RULES),
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
    const { report } = await replayText('gaps', GAPS);
    // a: 1000 + 100 and 500; b: 1000 + 250; c: 1000 and 10 * 500; d: 1000 + 9999 and 1000.
    expect(report).toMatchObject({ rows: 4, actions: 7, rejected: 0, verified: true });
    expect(report.pointsMinted).toBe(1_600 + 1_250 + 6_000 + 11_999);
  },
  TIMEOUT_MS,
);
