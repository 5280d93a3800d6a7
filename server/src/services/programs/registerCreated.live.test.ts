import type { Database } from '@dewpoint/infra/database/database.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createProgramFactory } from '../../chain/programs/programFactory.ts';
import type { TransactionRequest } from '../../ports/chain/submitter.ts';
import { accepted, startActingWorld, type ActingWorld } from '../../testing/actingWorld.ts';
import { RULES, STARTS_AT_MS, startTestDatabase } from '../../testing/settlingWorld.ts';
import { createPrograms, type Programs } from './programs.ts';
import { createRegisterCreated, PROGRAM_CREATE, type RegisterCreated } from './registerCreated.ts';

/** Two programs are created, on a machine that does everything else at the same time. */
const SLOW_TIMEOUT_MS = 120_000;

let database: Database;
let acting: ActingWorld;
let programs: Programs;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  acting = await startActingWorld(database);
  programs = createPrograms({ ...acting.world.store, clock: acting.world.chain.clock });
});
afterEach(() => acting.close());

const registerCreated = (): RegisterCreated => {
  const { deployment, chain, keystore, store } = acting.world;
  const factory = createProgramFactory(deployment, keystore.signer.recorderAddress());
  const { chainId } = chain;
  return createRegisterCreated({ ...store, chainId, factory, programs, wallNowMs: Date.now });
};
const creation = async (): Promise<TransactionRequest> => {
  const { deployment, keystore } = acting.world;
  const { call } = await deployment.prepareProgram({
    name: 'Second',
    symbol: 'TWO',
    startsAtMs: STARTS_AT_MS,
    epochLengthMs: 86_400_000,
    settlementWindow: 40,
    transferable: true,
    opening: [RULES],
    recorder: keystore.signer.recorderAddress(),
  });
  return acting.operatorAct(PROGRAM_CREATE, call);
};
const names = async (): Promise<string[]> => (await programs.list()).map(({ name }) => name);

it('takes in a program that nobody waited for, once', { timeout: SLOW_TIMEOUT_MS }, async () => {
  accepted(await acting.process().submitter.submit(await creation()));
  await registerCreated().step();
  expect(await names()).toEqual(['Dew']);
  await acting.drive();
  const worker = registerCreated();
  expect(await worker.step()).toBe(1);
  expect(await worker.step()).toBe(0);
  expect(await registerCreated().step()).toBe(1);
  expect((await names()).toSorted()).toEqual(['Dew', 'Second']);
  await acting.drive();
  const second = (await programs.list()).find(({ name }) => name === 'Second');
  expect(second?.ruleSets).toHaveLength(1);
  expect(second?.buybackTerms).toHaveLength(1);
});
