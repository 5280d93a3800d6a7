import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { pointsDomain, MOVE_ACCOUNT_TYPES } from '@dewpoint/contracts/typedData.ts';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TOLD_KINDS, type ToldKind } from '../../domain/webhooks/eventKinds.ts';
import { BUDGET, RULES, TEST_ORGANISATION } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS } from '../../testing/builders/time.ts';
import { pointsCall } from '../../testing/chain.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';
import type { WebhookEventRecord, WebhookHome } from '../../ports/webhooks.ts';

const TIMEOUT_MS = 300_000;
const HOME: WebhookHome = {
  organisationId: TEST_ORGANISATION,
  environment: 'test',
  programId: null,
};
const SHOP: Address = '0x00000000000000000000000000000000000051ab';
const WALLET = new Wallet(`0x${'51'.repeat(32)}`);
/** More than the rest after a change that was withdrawn. */
const REST_MS = 30 * DAY_MS;
/** Kinds that `teller.live.test.ts` tells of. */
const IN_THE_OTHER_STORY: readonly ToldKind[] = [
  ...(['points.settled', 'tender.placed', 'tender.withdrawn', 'tender.settled'] as const),
  ...(['tender.returned', 'order.placed', 'order.fulfilled', 'order.refunded'] as const),
  ...(['objection.placed', 'member.merged', 'member.erased', 'change.announced'] as const),
  ...(['change.threshold_reached', 'change.struck_down', 'rules.published'] as const),
  ...(['buyback_terms.published', 'buyback_terms.in_force', 'round.opened'] as const),
  ...(['round.closed', 'round.settled', 'reserve.deposited', 'reserve.low'] as const),
  ...(['recorder.rotated', 'operator.changed', 'item.added', 'item.price_cut'] as const),
  ...(['item.price_rise_scheduled', 'item.stock_added', 'epoch.closed'] as const),
  ...(['item.withdrawal_scheduled', 'item.withdrawal_cancelled'] as const),
];

let harness: Harness;
let events: WebhookEventRecord[];

const later = async (ms: number): Promise<void> =>
  harness.moveTo((await harness.chain.clock.now()).nowMs + ms);
const announce = async (perAction: bigint): Promise<void> => {
  const { calls, program, done, byOperator } = harness;
  const rules = RULES.rules.map((rule) => ({ ...rule, perAction }));
  const call = calls.announceChange(program, { target: 'RULES', terms: { ...RULES, rules } });
  await done(byOperator('changeAnnounce', call));
};

/** Money of a round that goes to an own place and on, a change that is enacted, one that is taken back and one that dies, and other keys. */
async function story(): Promise<void> {
  const { calls, program, done, byOperator, byMember, operator, account, sendAs } = harness;
  for (const member of [1, 2]) {
    await harness.join(member);
    await harness.earn(member, 0, 10);
  }
  await harness.settleAll();
  await harness.deposit(2n * BUDGET);
  await done(byOperator('reserveWithdraw', calls.withdrawReserve(program, SHOP, 1_000_000n)));
  // Held against by too few: it is enacted once its notice is over, and the points come back.
  await announce(900n);
  await done(byMember(2, 'object', calls.objectToChange(program, 1, 100n)));
  await harness.openRound(0);
  await done(byMember(1, 'tender', calls.tenderPoints(program, 0, 4_000n)));
  await harness.closeRound(0);
  await harness.keep();
  await done(byMember(1, 'claim', calls.claimMoneyTo(program, 0, account(1))));
  await sendAs(
    account(1),
    calls.approveReserve(program, 1_000n),
    calls.sendMoney(program, SHOP, 1_000n),
  );
  const { noticeEndsAtMs = 0 } = (await harness.store.changes.find(program.id, 1)) ?? {};
  await harness.moveTo(noticeEndsAtMs + HOUR_MS);
  await harness.keep();
  // The day after it, its log is anchored.
  await later(DAY_MS);
  await harness.keep();
  const { nowMs } = await harness.chain.clock.now();
  const deadlineSeconds = Math.floor(nowMs / 1_000) + 600;
  const signature = (await WALLET.signTypedData(
    pointsDomain(program.chainId, program.address),
    MOVE_ACCOUNT_TYPES,
    { from: account(2), to: WALLET.address, deadline: deadlineSeconds },
  )) as Hex;
  const to = WALLET.address as Address;
  await done(byMember(2, 'move', calls.moveAccount(program, { to, deadlineSeconds, signature })));
  await sendAs(operator, pointsCall(program, 'revokeRecorder', SHOP, SHOP));
  await done(byOperator('operatorOffer', calls.offerOperator(program, SHOP)));
  await announce(800n);
  await done(byOperator('changeWithdraw', calls.withdrawChange(program, 2)));
  // Nobody enacts this one.
  await later(REST_MS);
  await announce(700n);
  const { diesAtMs = 0 } = (await harness.store.changes.find(program.id, 3)) ?? {};
  await harness.moveTo(diesAtMs + HOUR_MS);
  await harness.drive();
  for (let lane = 0; lane < 2; lane += 1) {
    const payer = harness.keystore.signer.addressOf({ role: 'RELAYER', lane });
    await harness.rpc('anvil_setBalance', payer, '0x1');
  }
}

beforeAll(async () => {
  harness = await startHarness();
  await harness.store.webhookEndpoints.insert({
    ...{ ...HOME, id: 'whe_1', url: 'https://shop.example', kinds: null, description: '' },
    ...{ state: 'ENABLED', secrets: [], createdAtMs: 0, lastTakenAtMs: null, failures: 0 },
    ...{ pausedUntilMs: 0, arrivals: 0 },
  });
  await story();
  const program = await harness.readProgram();
  const { teller } = harness.process();
  const { blockNumber } = await harness.store.totals.asOf(program.chainId);
  while ((await teller.step(program, blockNumber)) > 0);
  events = await harness.store.webhookEvents.listSince(HOME, { fromPosition: 0, limit: 1_000 });
}, TIMEOUT_MS);
afterAll(() => harness.close());

const dataOf = (kind: ToldKind): unknown[] =>
  events.filter((event) => event.kind === kind).map(({ data }) => data);

it('tells of every kind, with the other story', () => {
  const told = new Set<string>([...events.map(({ kind }) => kind), ...IN_THE_OTHER_STORY]);
  expect(TOLD_KINDS.filter((kind) => !told.has(kind))).toEqual([]);
});

it('says where money went', () => {
  const [paid] = dataOf('tender.paid') as { money: string; to: string }[];
  expect(paid?.to).toBe(harness.account(1));
  expect(dataOf('money.sent')).toEqual([{ money: '0.001000', to: SHOP }]);
  expect(dataOf('reserve.withdrawn')).toMatchObject([{ money: '1.000000', to: SHOP }]);
});

it('says what became of changes, each once', () => {
  expect(dataOf('change.enacted')).toMatchObject([{ change: 1, version: 1 }]);
  expect(dataOf('rules.in_force')).toMatchObject([{ version: 1 }]);
  expect(dataOf('objection.released')).toEqual([{ change: 1, points: '1.00' }]);
  expect(dataOf('change.withdrawn')).toEqual([{ change: 2, isStrike: false }]);
  expect(dataOf('change.died')).toEqual([{ change: 3 }]);
});

it('says which keys and accounts are others now', () => {
  expect(dataOf('recorder.revoked')).toEqual([{ recorder: SHOP, next: null }]);
  expect(dataOf('operator.changed')).toEqual([{ previous: null, operator: harness.operator }]);
  expect(dataOf('operator.offered')).toEqual([{ operator: harness.operator, next: SHOP }]);
  expect(dataOf('member.moved')).toEqual([
    { from: harness.account(2), to: WALLET.address, points: '100.00' },
  ]);
  expect(dataOf('gas_tank.low')).toContainEqual({
    payer: harness.keystore.signer.addressOf({ role: 'RELAYER', lane: 0 }),
    balanceWei: '1',
  });
});
