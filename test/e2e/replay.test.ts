import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
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
/** One purchase three times, the last with another basket. */
const REPEATS = `event_id,customer,date,items,cents
a,ana,2026-01-01,2,100
b,tom,2026-01-01,1,250
a,ana,2026-01-01,2,100
a,ana,2026-01-01,3,100`;

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

it(
  'what the log repeats, and what is refused, counts neither as action nor in the comparison',
  async () => {
    const { report, repeats, rejections } = await replayText(REPEATS);
    expect(report).toMatchObject({
      ...{ rows: 4, actions: 4, repeated: 3, rejected: 1, members: 2, statements: 2 },
      // ana: 1000 + 100 and 2 * 500; tom: 1000 + 250 and 500.
      ...{ pointsMinted: 2_100 + 1_750, verified: true },
    });
    expect(repeats).toEqual(['a:purchase', 'a:album', 'a:purchase']);
    expect(rejections).toEqual([expect.stringMatching(/^a:album: EVENT_ID_REUSED /)]);
    const { gasFirstMint, gasLaterMint, gasUsed } = report.openZeppelinMint;
    expect(gasUsed).toBe(2 * gasFirstMint + 2 * gasLaterMint);
  },
  TIMEOUT_MS,
);

it('a file that does not fit ends with 2, one sentence and no stack, and starts nothing', () => {
  const dir = mkdtempSync(join(tmpdir(), 'dewpoint-replay-'));
  const file = join(dir, 'log.csv');
  try {
    writeFileSync(file, 'event_id,customer,date,items,cents\na,ana,2026-01-01,2\n');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['infra/run.mjs', 'test/replay/main.ts', file],
      { cwd: ROOT_DIR, encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      `${file}: line 2: column cents is missing: the row has 4 fields and the header 5 (--skip leaves such rows out).\n`,
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
});
