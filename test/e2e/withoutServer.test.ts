import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { runMemberCommand } from '@dewpoint/contracts/member/commandLine.ts';
import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { verify } from '@dewpoint/contracts/verifier/verify.ts';
import { callJsonRpc } from '@dewpoint/infra/chain/jsonRpc.ts';
import { Wallet, type TypedDataDomain, type TypedDataField } from 'ethers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createLocalClock, type LocalClock } from '../replay/play/localClock.ts';
import { createWorld, type World } from '../world/world.ts';
import { createAsk, type Ask } from './graphql.ts';

const HOUR = 3_600;
const DAY = 86_400;
/** 2026-01-01, 00:00 UTC. */
const STARTS_AT = 1_767_225_600;
const at = (day: number, hour = 12): number => STARTS_AT + day * DAY + hour * HOUR;
const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString();
const FIRST_ROUND_AT = at(10, 0);
const ROUND_CLOSES_AT = at(13, 0);
const SETTLES_WITHIN = { timeout: 240_000, interval: 100 };

const RECORD = `mutation ($input: ActionsRecordInput!) {
  actionsRecord(input: $input) { results { status code message } userErrors { code message } }
}`;
const MEMBER = `query ($id: String!, $epoch: Int!) {
  member(memberId: $id) {
    balance { settled }
    receipt(epoch: $epoch) { chainId points account epoch lines signer signature }
  }
}`;
const TYPED_DATA = `query ($id: String!, $to: Address!, $deadline: DateTime!) {
  accountMoveTypedData(memberId: $id, to: $to, deadline: $deadline) { json }
}`;
const ACTED = 'transaction { status } userErrors { code field message }';

interface TypedData {
  readonly domain: TypedDataDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly message: Record<string, unknown>;
}
interface MemberAnswer {
  readonly balance: { readonly settled: string };
  readonly receipt: { readonly account: string } | null;
}

/** A member's own key. The server never sees it. */
const own = new Wallet(Wallet.createRandom().privateKey);
let dir: string;
let world: World;
let clock: LocalClock;
let app: Ask;
let operator: Ask;
let receiptFile: string;

async function act(ask: Ask, name: string, inputType: string, input: object): Promise<void> {
  const query = `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${ACTED} } }`;
  const answer = await ask<Record<string, unknown>>(query, {
    input: { ...input, idempotencyKey: name },
  });
  expect(answer[name]).toMatchObject({ transaction: { status: 'MINED' }, userErrors: [] });
}

const mei = async (epoch: number): Promise<MemberAnswer> =>
  (await app<{ member: MemberAnswer }>(MEMBER, { id: 'mei', epoch })).member;

async function walk(eventId: string, count: number, seconds: number): Promise<void> {
  const action = { memberId: 'mei', eventId, rule: 'walk', count, occurredAt: iso(seconds) };
  const { actionsRecord } = await app<{ actionsRecord: unknown }>(RECORD, {
    input: { actions: [action] },
  });
  expect(actionsRecord).toMatchObject({ results: [{ code: null }] });
}

const rule = (perAction: bigint) => ({
  id: 0,
  name: 'walk',
  text: '5 points a walk',
  perAction,
  perUnit: 0n,
  maxCount: NO_COUNT_CAP,
  maxPoints: NO_POINTS_CAP,
  untilEpoch: NO_END,
});

/** Everything that needs the server happens here; then it is gone for good. */
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-without-'));
  world = await createWorld({
    dir,
    startsAt: STARTS_AT,
    rules: [rule(500n)],
    budgetPerEpoch: 1_000_000n,
    buyback: {
      firstRoundAt: FIRST_ROUND_AT,
      periodSeconds: 14 * DAY,
      windowSeconds: ROUND_CLOSES_AT - FIRST_ROUND_AT,
      terms: { pricePerPoint: 10_000n, budgetPerRound: 100_000n, minTender: 100n },
    },
  });
  await world.startServer();
  clock = createLocalClock(world.rpcUrl);
  const { origin } = new URL(world.apiUrl());
  app = createAsk(origin, world.program.apiKey);
  operator = createAsk(origin, world.program.operatorApiKey);

  await clock.atLeast(at(0));
  await vi.waitFor(() => walk('first', 12, at(0)), SETTLES_WITHIN);
  await clock.atLeast(at(1));
  await vi.waitFor(
    async () => expect((await mei(0)).balance.settled).toBe('60.00'),
    SETTLES_WITHIN,
  );

  const move = { to: own.address, deadline: iso(at(2)) };
  const { accountMoveTypedData } = await app<{ accountMoveTypedData: { json: string } }>(
    TYPED_DATA,
    { id: 'mei', ...move },
  );
  const { domain, types, message } = JSON.parse(accountMoveTypedData.json) as TypedData;
  const { EIP712Domain: _implied, ...signed } = types;
  const signature = await own.signTypedData(domain, signed, message);
  await act(app, 'accountMove', 'AccountMoveInput', { memberId: 'mei', ...move, signature });

  await act(operator, 'itemAdd', 'ItemAddInput', { price: '5.00', text: 'A pot of tea' });
  await act(operator, 'reserveDeposit', 'ReserveDepositInput', { amount: '0.10' });
  await act(operator, 'changeAnnounce', 'ChangeAnnounceInput', {
    terms: {
      ruleSet: {
        budgetPerEpoch: '10000.00',
        rules: [{ ruleId: 0, name: 'walk', text: '5 points a walk', perAction: '4.00' }],
      },
    },
  });

  await clock.atLeast(at(2));
  await vi.waitFor(() => walk('second', 4, at(2)), SETTLES_WITHIN);
  receiptFile = join(dir, 'receipt.json');
  await vi.waitFor(async () => {
    const { receipt } = await mei(2);
    // From the epoch after the move on, the member's statements are for the own wallet.
    expect(receipt).toMatchObject({ account: own.address });
    writeFileSync(receiptFile, JSON.stringify(receipt));
  }, SETTLES_WITHIN);
  await world.stopServer();
  await callJsonRpc(world.rpcUrl, 'anvil_setBalance', [own.address, '0xde0b6b3a7640000']);
});

afterAll(async () => {
  await world.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** `npm run member` with the member's own key. */
async function member(...args: string[]): Promise<string> {
  let stdout = '';
  let stderr = '';
  const exitCode = await runMemberCommand(
    [...args, '--rpc', world.rpcUrl, '--program', world.program.address],
    {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      env: { DEWPOINT_MEMBER_KEY: own.privateKey },
    },
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

it('a member whose server is gone for good settles, objects, redeems, is refunded, tenders and is paid', async () => {
  await expect(fetch(world.apiUrl())).rejects.toThrow();
  expect(await member('status')).toContain('has 60.00 points');
  await member('settle', '--receipt', receiptFile);
  expect(await member('status')).toContain('has 80.00 points');

  // 10 of 80 points are more than the 5 % that strike a change down.
  expect(await member('object', '--change', '1', '--points', '10')).toContain('ChangeStruckDown');
  await member('redeem', '--item', '1', '--max-price', '5.00', '--reference', 'tea');
  await clock.atLeast(at(9, 13));
  await member('refund', '--order', '1');
  await member('release', '--change', '1');
  expect(await member('status')).toContain('has 80.00 points');

  await clock.atLeast(FIRST_ROUND_AT + HOUR);
  await member('tender', '--points', '40');
  await clock.atLeast(ROUND_CLOSES_AT);
  await member('close');
  // The budget of 0.10 buys 10 points at 0.01.
  expect(await member('claim', '--round', '0')).toContain('buyback.MoneyClaimed');
  const status = await member('status');
  expect(status).toContain('has 70.00 points');
  expect(status).toContain('0.10 LD');
  expect(status).toContain('Order 1: 5.00 points, overdue and refunded');
  expect(status).toContain('Change 1: struck down');

  const report = await verify({
    provider: new HttpRpc(world.rpcUrl),
    program: world.program.address,
  });
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
});
