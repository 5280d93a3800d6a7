import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { minedReceipt } from '@dewpoint/contracts/minedReceipt.ts';
import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { verify } from '@dewpoint/contracts/verifier/verify.ts';
import { DEV_KEYS } from '@dewpoint/infra/chain/chain.ts';
import { Contract, JsonRpcProvider, Wallet } from 'ethers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createClient, type ActionResult, type Client } from '../../client/src/index.ts';
import { createLocalClock, type LocalClock } from '../replay/play/localClock.ts';
import { createWorld, type World } from '../world/world.ts';
import { createAsk, type Ask } from './graphql.ts';

const DAY = 86_400;
const HOUR = 3_600;
/** 2026-01-01, 00:00 UTC. */
const STARTS_AT = 1_767_225_600;
/** Base units: one day's budget is 100 points. */
const BUDGET = 10_000n;
const SETTLES_WITHIN = { timeout: 240_000, interval: 100 };

const MEMBER = `query ($id: String!, $epoch: Int!) {
  member(memberId: $id) {
    account
    balance { settled pending maturing asOfBlock stale }
    drops { epoch points maturing }
    history(first: 10) { edges { node { epoch count amount points state transactionHash rule { name } } } }
    receipt(epoch: $epoch) { account epoch lines signer signature }
  }
}`;

interface Receipt {
  readonly account: string;
  readonly epoch: number;
  readonly lines: string;
  readonly signer: string;
  readonly signature: string;
}
interface MemberAnswer {
  readonly account: string;
  readonly balance: { settled: string; pending: string; maturing: string; asOfBlock: number };
  readonly drops: { epoch: number; points: string; maturing: string }[];
  readonly history: {
    edges: { node: { state: string; points: string; transactionHash: string | null } }[];
  };
  readonly receipt: Receipt | null;
}
let dir: string;
let world: World;
let app: Client;
let ask: Ask;
let clock: LocalClock;
let provider: JsonRpcProvider;
let points: Contract;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-e2e-'));
  world = await createWorld({
    dir,
    startsAt: STARTS_AT,
    budgetPerEpoch: BUDGET,
    rules: [
      {
        id: 0,
        name: 'walk',
        text: '5 points a walk',
        perAction: 500n,
        perUnit: 0n,
        maxCount: NO_COUNT_CAP,
        maxPoints: NO_POINTS_CAP,
        untilEpoch: NO_END,
      },
    ],
  });
  await world.startServer();
  const url = new URL(world.apiUrl()).origin;
  app = createClient({ url, key: world.program.apiKey });
  ask = createAsk(url, world.program.apiKey);
  clock = createLocalClock(world.rpcUrl);
  provider = new JsonRpcProvider(world.rpcUrl, undefined, {
    staticNetwork: true,
    cacheTimeout: -1,
  });
  points = new Contract(world.program.address, pointsAbi, new Wallet(DEV_KEYS.stranger, provider));
  // Rejected until the server has read the rules of the program.
  await vi.waitFor(() => record('warm-up', 'first', {}), SETTLES_WITHIN);
});

afterAll(async () => {
  await app.close();
  provider.destroy();
  await world.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Reports an action, as an app does. */
function record(
  memberId: string,
  eventId: string,
  { day = 0, ...fields }: { count?: number; day?: number; maturesAt?: string },
): Promise<ActionResult> {
  const occurredAt = new Date((STARTS_AT + day * DAY) * 1_000);
  return app.recordAction({ memberId, eventId, rule: 'walk', occurredAt, ...fields });
}

const member = async (id: string, epoch = 0): Promise<MemberAnswer> =>
  (await ask<{ member: MemberAnswer }>(MEMBER, { id, epoch })).member;

const collect = async (memberId: string): Promise<void> => {
  await ask(
    `mutation ($input: DropsCollectInput!) {
      dropsCollect(input: $input) { drops { epoch points } userErrors { code message } }
    }`,
    { input: { memberId } },
  );
};

const balanceOnChain = async (account: string): Promise<bigint> =>
  (await points.getFunction('balanceOf')(account)) as bigint;

it('an action becomes a drop, a collected drop becomes points on chain, and history links the transaction', async () => {
  expect(await record('ann', 'walk-1', { count: 2 })).toMatchObject({
    status: 'RECORDED',
    epoch: 0,
  });
  await vi.waitFor(async () => {
    expect((await member('ann')).drops).toEqual([{ epoch: 0, points: '10.00', maturing: '0.00' }]);
  }, SETTLES_WITHIN);

  await collect('ann');
  await vi.waitFor(async () => {
    expect((await member('ann')).balance).toMatchObject({ settled: '10.00', pending: '0.00' });
  }, SETTLES_WITHIN);
  const ann = await member('ann');
  const [line] = ann.history.edges;
  expect(line?.node).toMatchObject({
    epoch: 0,
    count: 2,
    points: '10.00',
    state: 'SETTLED',
    rule: { name: 'walk' },
  });
  expect(ann.balance.asOfBlock).toBeGreaterThan(0);
  expect(await balanceOnChain(ann.account)).toBe(1_000n);
  const receipt = await provider.getTransactionReceipt(line?.node.transactionHash ?? '');
  expect(receipt?.to).toBe(world.program.address);
});

it('a repeated eventId never mints twice, and another body under it is refused', async () => {
  expect((await record('ann', 'walk-1', { count: 2 })).status).toBe('DUPLICATE');
  await expect(record('ann', 'walk-1', { count: 3 })).rejects.toMatchObject({
    code: 'EVENT_ID_REUSED',
  });
  const { balance } = await member('ann');
  expect(balance).toMatchObject({ settled: '10.00', pending: '0.00' });
});

it('a receipt that a stranger sends settles on chain, and the server shows what the chain says', async () => {
  await record('bob', 'walk-1', { count: 3 });
  const { receipt } = await member('bob');
  if (receipt === null) throw new Error('no receipt');
  const { account, epoch, lines, signer, signature } = receipt;
  const settleSigned = points.getFunction('settleSigned');
  const sent = (await settleSigned(account, epoch, lines, signer, signature)) as { hash: string };
  await minedReceipt(provider, sent.hash);
  expect(await balanceOnChain(account)).toBe(1_500n);
  await vi.waitFor(async () => {
    const bob = await member('bob');
    expect(bob.balance).toMatchObject({ settled: '15.00', pending: '0.00' });
    expect(bob.history.edges[0]?.node).toMatchObject({
      state: 'SETTLED',
      transactionHash: sent.hash,
    });
  }, SETTLES_WITHIN);
});

it('what has not matured is in no receipt, and what was voided before never counts', async () => {
  const maturesAt = new Date((STARTS_AT + 2 * DAY) * 1_000).toISOString();
  await record('cleo', 'kept', { maturesAt });
  await record('cleo', 'returned', { maturesAt });
  await vi.waitFor(async () => {
    expect((await member('cleo')).balance).toMatchObject({ pending: '10.00', maturing: '10.00' });
  }, SETTLES_WITHIN);
  expect((await member('cleo')).receipt).toBeNull();
  const returned = { memberId: 'cleo', eventId: 'returned', reason: 'sent back' };
  expect((await app.voidAction(returned)).status).toBe('VOIDED');

  await clock.atLeast(STARTS_AT + 2 * DAY + HOUR);
  await vi.waitFor(async () => {
    const cleo = await member('cleo');
    expect(cleo.balance).toMatchObject({ settled: '5.00', pending: '0.00', maturing: '0.00' });
    expect(await balanceOnChain(cleo.account)).toBe(500n);
  }, SETTLES_WITHIN);
});

it('what the budget of a day holds back is minted the next day', async () => {
  await clock.atLeast(STARTS_AT + 10 * DAY);
  // 150 points against 100 a day.
  await vi.waitFor(() => record('dora', 'marathon', { count: 30, day: 10 }), SETTLES_WITHIN);
  await clock.atLeast(STARTS_AT + 11 * DAY + 7 * HOUR);
  await vi.waitFor(async () => {
    expect((await member('dora')).balance).toMatchObject({ settled: '100.00', pending: '50.00' });
  }, SETTLES_WITHIN);
  await clock.atLeast(STARTS_AT + 12 * DAY + HOUR);
  await vi.waitFor(async () => {
    expect((await member('dora')).balance).toMatchObject({ settled: '150.00', pending: '0.00' });
  }, SETTLES_WITHIN);
});

it('with the server gone for good, a kept receipt still settles, and the logs alone verify everything', async () => {
  await clock.atLeast(STARTS_AT + 20 * DAY);
  await vi.waitFor(() => record('eve', 'walk-1', { day: 20 }), SETTLES_WITHIN);
  const { receipt } = await member('eve', 20);
  await world.stopServer();
  if (receipt === null) throw new Error('no receipt');
  const { account, epoch, lines, signer, signature } = receipt;
  await clock.atLeast(STARTS_AT + 60 * DAY);
  const sent = (await points.getFunction('settleSigned')(
    account,
    epoch,
    lines,
    signer,
    signature,
  )) as {
    hash: string;
  };
  await minedReceipt(provider, sent.hash);
  expect(await balanceOnChain(account)).toBe(500n);
  const report = await verify({
    provider: new HttpRpc(world.rpcUrl),
    program: world.program.address,
  });
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  expect(report.totals.minted).toBe(1_000n + 1_500n + 500n + 15_000n + 500n + 500n);
});
