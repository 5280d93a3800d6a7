import { afterAll, beforeAll, describe, it } from 'vitest';
import { compareFormulas } from './testing/formulaDifferential.ts';
import { rule, terms, TestProgram } from './testing/testProgram.ts';

/** Seconds; `npm run test:deep` creates many more. */
const PROGRAMS = 8;
const TIMEOUT_MS = 120_000;

describe('the formula in TypeScript and the contract', () => {
  let program: TestProgram;
  beforeAll(async () => {
    program = await TestProgram.start([terms({ rules: [rule({ id: 1 })] })]);
  });
  afterAll(() => program.stop());

  it(
    'agree on every statement, and settling mints what they agree on',
    () => compareFormulas(program, PROGRAMS),
    TIMEOUT_MS,
  );
});
