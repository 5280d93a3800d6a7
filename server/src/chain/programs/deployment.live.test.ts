import { TEST_ORGANISATION } from '../../testing/builders/program.ts';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { startChain, type Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NO_DOCUMENT } from '../../domain/terms/document.ts';
import { contractsOf } from '../../domain/program.ts';
import { connectChain, type Chain } from '../connect.ts';
import { createDeployment, type Deployment, type ProgramCreation } from './deployment.ts';
import { ServiceError } from '../../domain/errors.ts';
import type { Rpc } from '../rpc/rpc.ts';
import { createKeystore } from '../keys/keystore.ts';
import type { NewProgram } from './newProgram.ts';

const STARTS_AT_MS = 1_767_225_600_000;
const DAY_MS = 86_400_000;
const keystore = createKeystore({
  recorderMaster: '11'.repeat(32),
  operatorMaster: '22'.repeat(32),
  relayerMaster: '33'.repeat(32),
  memberMaster: '44'.repeat(32),
});
/** Each transaction has a block of its own. */
const sent = async (): Promise<number> => Number(await chain.rpc.call('eth_blockNumber', []));
const RULE = {
  id: 1,
  perAction: 1n,
  perUnit: 0n,
  maxCount: NO_COUNT_CAP,
  maxPoints: NO_POINTS_CAP,
  untilEpoch: NO_END,
  name: 'act',
  text: '',
};

let anvil: Anvil;
let chain: Chain;
let deployment: Deployment;
beforeAll(async () => {
  anvil = await startChain({ genesisTimestamp: STARTS_AT_MS / 1_000 });
  chain = await connectChain({ rpcUrls: [anvil.url], chainId: null });
  deployment = createDeployment({ chain, keystore, environment: 'test' });
  await deployment.fund([]);
});
afterAll(async () => {
  deployment.close();
  chain.close();
  await anvil.stop();
});

const settings = (name: string): ProgramCreation => ({
  organisationId: TEST_ORGANISATION,
  name,
  symbol: 'DEW',
  startsAtMs: STARTS_AT_MS,
  epochLengthMs: 86_400_000,
  settlementWindow: 40,
  transferable: true,
  opening: [{ notBefore: 0, budgetPerEpoch: 1n, documentHash: NO_DOCUMENT, rules: [RULE] }],
});
const create = (name: string, more: Partial<NewProgram> = {}) =>
  deployment.createProgram({ ...settings(name), ...more });

it('creates a program once, however often it is asked to', async () => {
  const first = await create('First');
  const transactions = await sent();
  expect(await create('First')).toEqual(first);
  expect(await sent()).toBe(transactions);
  const { number } = await chain.reader.head();
  expect(first).toMatchObject({ id: expect.stringMatching(/^prg_\d+_[0-9a-f]{40}$/) as string });
  expect(first.createdAtBlock).toBe(number);
});

it('creates further programs with the same factory', async () => {
  const first = await create('First');
  const before = await sent();
  const second = await create('Second');
  expect(second.address).not.toBe(first.address);
  expect(await sent()).toBe(before + 1);
});

it('says of a program what its contracts say, with local money where no token is named', async () => {
  const first = await create('First');
  const second = await create('Second', {
    noticePeriodMs: 9 * DAY_MS,
    objectionThresholdBps: 700,
    firstRoundAtMs: STARTS_AT_MS + 4 * DAY_MS,
    roundPeriodMs: 21 * DAY_MS,
    roundWindowMs: 2 * DAY_MS,
    orderDeadlineMs: 5 * DAY_MS,
  });
  expect(second).toMatchObject({
    noticePeriodMs: 9 * DAY_MS,
    objectionThresholdBps: 700,
    firstRoundAtMs: STARTS_AT_MS + 4 * DAY_MS,
    roundPeriodMs: 21 * DAY_MS,
    roundWindowMs: 2 * DAY_MS,
    orderDeadlineMs: 5 * DAY_MS,
    settlementToken: { symbol: 'LD', decimals: 6 },
  });
  expect(second.settlementToken).toEqual(first.settlementToken);
  expect(second.forwarder).toBe(first.forwarder);
  expect(await deployment.readProgram(second.address, TEST_ORGANISATION)).toEqual(second);
});

it('spends nothing on settings that the factory refuses', async () => {
  await create('First');
  const before = await sent();
  await expect(create('Hasty', { noticePeriodMs: 1_000 })).rejects.toMatchObject({
    kind: 'REVERTED',
    message: expect.stringContaining('SettingOutOfBounds') as string,
  });
  expect(await sent()).toBe(before);
});

it('publishes a version of the rule set that the reader finds', async () => {
  const program = await create('First');
  const terms = {
    notBefore: 0,
    budgetPerEpoch: 1n,
    documentHash: NO_DOCUMENT,
    rules: [{ ...RULE, perAction: 2n }],
  };
  await deployment.publishRuleSet(program, terms);
  const toBlock = (await chain.reader.head()).number;
  const logs = await chain.reader.logs({
    programs: [contractsOf(program)],
    fromBlock: program.createdAtBlock,
    toBlock,
  });
  const published = logs.filter(({ event }) => event.kind === 'RuleSetPublished');
  expect(published.map(({ event }) => event)).toMatchObject([
    { ruleSet: { version: 0, budgetPerEpoch: 1n } },
    {
      ruleSet: {
        version: 1,
        budgetPerEpoch: 1n,
        documentHash: NO_DOCUMENT,
        rules: [{ perAction: 2n }],
      },
    },
  ]);
});

it('deploys nothing anew because the chain does not say what is there', async () => {
  await create('There already');
  const away = new ServiceError({ code: 'CHAIN_UNAVAILABLE', message: 'gone', retryAfterMs: 1 });
  const call: Rpc['call'] = (method, params) =>
    method === 'eth_call' ? Promise.reject(away) : chain.rpc.call(method, params);
  const flickering = createDeployment({
    chain: { ...chain, rpc: { ...chain.rpc, call } },
    keystore,
    environment: 'test',
  });
  const before = await sent();
  await expect(flickering.programCreatedIn(`0x${'00'.repeat(32)}`)).rejects.toBe(away);
  await expect(flickering.createProgram(settings('Another'))).rejects.toBe(away);
  expect(await sent()).toBe(before);
  flickering.close();
});
