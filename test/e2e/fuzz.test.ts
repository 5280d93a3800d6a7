import { afterAll, beforeAll, expect, it } from 'vitest';
import { fuzz } from '../fuzz/fuzz.ts';
import { expectUnharmed } from '../fuzz/unharmed.ts';
import { families, largestOf } from '../fuzz/largest.ts';
import { startFuzzWorld, type FuzzWorld } from '../fuzz/fuzzWorld.ts';

/** `DEWPOINT_FUZZ_SEED` repeats the requests of an earlier run. */
const SEED = Number(process.env['DEWPOINT_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const REQUESTS = 500;

let fuzzed: FuzzWorld;
beforeAll(async () => {
  fuzzed = await startFuzzWorld();
});
afterAll(() => fuzzed.stop());

it('answers no document under the limits with more than 5 MB or anything that is not typed', async () => {
  const { world, failures } = fuzzed;
  const globalId = Buffer.from(`Program:${world.program.id}`).toString('base64url');
  const send = { apiUrl: world.apiUrl(), key: world.program.apiKey };
  for (const family of families(globalId)) {
    const { size, status, bytes, codes } = await largestOf(family, send);
    console.log(`${family.name}: ${size} fields, ${bytes} bytes`);
    expect([family.name, status]).toEqual([family.name, 200]);
    expect(bytes).toBeLessThan(5_000_000);
    expect(codes).not.toContain('INTERNAL');
  }
  expect(failures).toEqual([]);
});

it(`answers ${REQUESTS} made-up requests with typed errors at worst, shows and changes nothing of a neighbour (the long form has 10,000)`, async () => {
  console.log(`seed ${SEED}: DEWPOINT_FUZZ_SEED repeats it`);
  const { world, callers, neighbour } = fuzzed;
  const before = await neighbour.state();
  const report = await fuzz({
    ...{ apiUrl: world.apiUrl(), callers, neighbour },
    ...{ requests: REQUESTS, seed: SEED },
  });
  console.log(JSON.stringify(report.codes), `longest answer: ${report.longestAnswer}`);
  await expectUnharmed(fuzzed, report, before);
  // It is no test of refusals alone.
  expect(report.codes['OK']).toBeGreaterThan(REQUESTS / 50);
});
