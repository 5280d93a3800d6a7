import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEventfulProgram, type EventfulProgram } from '../testing/eventfulProgram.ts';
import { verify } from './verify.ts';

let eventful: EventfulProgram;
beforeAll(async () => {
  eventful = await startEventfulProgram();
});
afterAll(() => eventful.program.stop());

it('finds nothing wrong with a program in which everything has happened', async () => {
  const { program } = eventful;
  const report = await verify({ provider: program.provider, program: program.address });
  expect(report.ok).toBe(true);
});
