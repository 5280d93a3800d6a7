import { afterAll, beforeAll, describe, it } from 'vitest';
import { RoundMathBench } from './testing/roundMathBench.ts';

/** Two calls each: a second or two; `npm run test:deep` compares many more. */
const ROUNDS = 100;
const TIMEOUT_MS = 120_000;

describe('the arithmetic of rounds in TypeScript and the contract', () => {
  let bench: RoundMathBench;
  beforeAll(async () => {
    bench = await RoundMathBench.start();
  });
  afterAll(() => bench.stop());

  it(
    'agree on what every round buys, pays and gives back',
    () => bench.compare(ROUNDS),
    TIMEOUT_MS,
  );
});
