import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fuzz, heapOf } from '../fuzz/fuzz.ts';
import { startFuzzWorld, type FuzzWorld } from '../fuzz/fuzzWorld.ts';
import { expectUnharmed } from '../fuzz/unharmed.ts';

/** `DEWPOINT_FUZZ_SEED` repeats the requests of an earlier run. */
const SEED = Number(process.env['DEWPOINT_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const REQUESTS = 10_000;
/** So that what is compiled and kept once is there before memory is looked at. */
const WARM_UP = 1_000;
const MAX_HEALTH_MS = 1_000;
const MAX_GROWTH = 1.2;
/** The garbage of the last requests goes when the engine thinks of it. */
const SETTLES_WITHIN = { timeout: 300_000, interval: 2_000 };

let fuzzed: FuzzWorld;
beforeAll(async () => {
  fuzzed = await startFuzzWorld();
});
afterAll(() => fuzzed.stop());

/** The least that the heap has within a while. */
async function settledHeap(apiUrl: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  let unchanged = 0;
  await vi.waitFor(async () => {
    const heap = await heapOf(apiUrl);
    unchanged = heap < least * 0.99 ? 0 : unchanged + 1;
    least = Math.min(least, heap);
    if (unchanged < 20) throw new Error('the heap still falls');
  }, SETTLES_WITHIN);
  return least;
}

it(`answers ${REQUESTS} made-up requests with typed errors at worst, shows and changes nothing of a neighbour, and forgets them`, async () => {
  console.log(`seed ${SEED}: DEWPOINT_FUZZ_SEED repeats it`);
  const { world, callers, neighbour } = fuzzed;
  const run = { apiUrl: world.apiUrl(), callers, neighbour };
  const stateBefore = await neighbour.state();
  const before = await fuzz({ ...run, requests: WARM_UP, seed: SEED + 1 });
  const heapBefore = await settledHeap(run.apiUrl);
  const report = await fuzz({ ...run, requests: REQUESTS, seed: SEED });
  console.log(JSON.stringify({ ...report, faults: report.faults.length }));
  expect(before.faults).toEqual([]);
  await expectUnharmed(fuzzed, report, stateBefore);
  // Each kind of caller was asked for more than what is refused to it.
  for (const [name, count] of Object.entries(report.answered)) {
    expect(count, name).toBeGreaterThan(0);
  }
  await vi.waitFor(async () => {
    const heap = await heapOf(run.apiUrl);
    console.log(`heap: ${Math.round(heap / 1e6)} MB, ${Math.round(heapBefore / 1e6)} MB before`);
    expect(heap).toBeLessThan(heapBefore * MAX_GROWTH);
  }, SETTLES_WITHIN);
  // Last, as it alone depends on what else the machine does.
  expect(report.slowestHealthMs).toBeLessThan(MAX_HEALTH_MS);
});
