import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProgramFactory } from '../../chain/programs/programFactory.ts';
import type { TransactionRequest } from '../../ports/chain/submitter.ts';
import { createPrograms, type Programs } from './programs.ts';
import { createRegisterCreated, PROGRAM_CREATE, type RegisterCreated } from './registerCreated.ts';
import { accepted } from '../../testing/builders/request.ts';
import { RULES } from '../../testing/builders/program.ts';
import { STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

let harness: Harness;
let programs: Programs;
beforeEach(async () => {
  harness = await startHarness();
  programs = createPrograms({ ...harness.store, ...harness.chain });
});
afterEach(() => harness.close());

const registerCreated = (): RegisterCreated => {
  const { deployment, chain, store } = harness;
  const factory = createProgramFactory(deployment);
  const { chainId } = chain;
  return createRegisterCreated({ ...store, chainId, factory, programs, wallNowMs: Date.now });
};
const creation = async (): Promise<TransactionRequest> => {
  const { deployment } = harness;
  const { call } = await deployment.prepareProgram({
    organisationId: harness.program.organisationId,
    name: 'Second',
    symbol: 'TWO',
    startsAtMs: STARTS_AT_MS,
    epochLengthMs: 86_400_000,
    settlementWindow: 40,
    transferable: true,
    opening: [RULES],
  });
  return { ...harness.byOperator(PROGRAM_CREATE, call), program: null };
};
const names = async (): Promise<string[]> => (await programs.list()).map(({ name }) => name);

it('takes in a program that nobody waited for, once', async () => {
  accepted(await harness.process().submitter.submit(await creation()));
  await registerCreated().step();
  expect(await names()).toEqual(['Dew']);
  await harness.drive();
  const worker = registerCreated();
  expect(await worker.step()).toBe(1);
  expect(await worker.step()).toBe(0);
  expect(await registerCreated().step()).toBe(1);
  expect((await names()).toSorted()).toEqual(['Dew', 'Second']);
  await harness.drive();
  const second = (await programs.list()).find(({ name }) => name === 'Second');
  expect(second?.ruleSets).toHaveLength(1);
  expect(second?.buybackTerms).toHaveLength(1);
});
