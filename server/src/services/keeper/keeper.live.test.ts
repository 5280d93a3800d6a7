import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mintLocalMoney } from '../../chain/local/localMoney.ts';
import { ANCHOR_AFTER_MS } from '../../domain/actions/anchoredEntry.ts';
import { changeStateAt } from '../../domain/terms/change.ts';
import { BUDGET, PRICE, RULES } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { silentLogger } from '../../testing/foundation.ts';
import { createLanes } from '../transactions/queue/lanes.ts';
import { createKeeper } from './keeper.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

/** Of the tests' program: 7 days of notice, 2 days for an order. */
const NOTICE_MS = 7 * DAY_MS;
const ORDER_MS = 2 * DAY_MS;
/** Longer than the keeper rests between two looks, and shorter than it leaves alone what would revert; and longer. */
const SHORT_MS = 5_000;
const RETRY_MS = 60_000;
/** A half of what is tendered by two members with 80 points can be bought: 40 points. */
const TENDER = 4_000n;

const member = async (number: number): Promise<void> => {
  await harness.join(number);
  await harness.earn(number, 0, 10);
};
const tender = (number: number, amount = TENDER): Promise<unknown> =>
  harness.done(
    harness.byMember(number, 'tender', harness.calls.tenderPoints(harness.program, 0, amount)),
  );
const money = async (number: number): Promise<bigint> =>
  (await harness.view.money('balanceOf', harness.account(number)))[0] as bigint;
const points = async (number: number): Promise<bigint> => (await harness.balances(number)).chain;
const relayed = async (): Promise<number> => {
  const { chain, keystore } = harness;
  return chain.gateway.minedNonce(keystore.signer.addressOf({ role: 'RELAYER', lane: 0 }));
};

describe('the keeper', () => {
  beforeEach(async () => {
    await member(1);
    await member(2);
    await harness.settleAll();
  });

  it('settles a round that has closed and hands its members what is theirs', async () => {
    await harness.deposit(BUDGET);
    await harness.openRound(0);
    await tender(1);
    await tender(2);
    await harness.keep();
    expect(await harness.store.rounds.listUnsettled(harness.program.id)).toHaveLength(1);
    await harness.closeRound(0);
    await harness.keep();
    const [settled] = await harness.store.rounds.findMany(harness.program.id, [0]);
    expect(settled?.result).toMatchObject({ covered: true, filled: TENDER, payout: BUDGET });
    for (const number of [1, 2]) {
      expect(await points(number)).toBe(10_000n - TENDER / 2n);
      // It stays owed until the member says where to.
      expect(await money(number)).toBe(0n);
    }
    expect(await harness.store.totals.reserve(harness.program.id)).toMatchObject({ owed: BUDGET });
    expect(PRICE * 40n).toBe(BUDGET);
  });

  it('leaves alone what belongs to a holder who is no member', async () => {
    await harness.earn(3, 0, 10);
    await harness.settleAll();
    await harness.deposit(BUDGET);
    await harness.openRound(0);
    await tender(1);
    await tender(3);
    await harness.closeRound(0);
    await harness.keep();
    expect(await points(1)).toBe(10_000n - TENDER / 2n);
    expect(await points(3)).toBe(10_000n - TENDER);
  });

  it('settles a round without tenders once, for its cover to be on record', async () => {
    await harness.closeRound(0);
    await harness.keep();
    const [settled] = await harness.store.rounds.findMany(harness.program.id, [0]);
    expect(settled?.result).toMatchObject({ covered: false });
    const sent = await relayed();
    await harness.keep();
    expect(await relayed()).toBe(sent);
  });

  it('takes money that was sent to the buyback into the reserve, and leaves dust', async () => {
    const { program, store } = harness;
    const pay = (amount: bigint): Promise<void> =>
      harness.sendAs(harness.operator, mintLocalMoney(program)(program.buyback, amount));
    for (const payments of [1n, 2n]) {
      await pay(BUDGET);
      await harness.keep();
      expect(await store.totals.reserve(program.id)).toEqual({
        reserve: payments * BUDGET,
        owed: 0n,
      });
    }
    await pay(PRICE - 1n);
    const sent = await relayed();
    await harness.keep();
    expect(await relayed()).toBe(sent);
  });

  it('anchors the log of the day before, once', async () => {
    const { program, view, store } = harness;
    await harness.moveTo(STARTS_AT_MS + DAY_MS + ANCHOR_AFTER_MS - 60_000);
    await harness.keep();
    expect(await store.anchors.find(program.id, 0)).toBeNull();
    await harness.moveTo(STARTS_AT_MS + DAY_MS + ANCHOR_AFTER_MS);
    await harness.keep();
    const anchor = await store.anchors.find(program.id, 0);
    expect([anchor?.root, BigInt(anchor?.count ?? -1)]).toEqual([
      ...(await view.points('anchorOf', 0)),
    ]);
    const sent = await relayed();
    await harness.keep();
    expect(await relayed()).toBe(sent);
  });

  it('refunds an order that was not fulfilled in time', async () => {
    const item = { price: 300n, stock: 5, text: 'Tea' };
    const { calls, program } = harness;
    await harness.done(harness.byOperator('itemAdd', calls.addItem(program, item)));
    const orderRef = `0x${'07'.repeat(32)}` as const;
    const order = { item: 1, quantity: 2, maxPrice: 300n, orderRef };
    await harness.done(harness.byMember(1, 'redeem', calls.redeemItem(program, order)));
    expect(await points(1)).toBe(10_000n - 600n);
    await harness.keep();
    expect(await points(1)).toBe(10_000n - 600n);
    await harness.moveTo((await harness.chain.clock.now()).nowMs + ORDER_MS);
    await harness.keep();
    expect(await points(1)).toBe(10_000n);
    const found = await harness.store.catalogue.findOrder(program.id, 1);
    expect(found?.state).toBe('OVERDUE');
  });

  it('enacts a change when its notice is over, and gives back what was objected', async () => {
    const { calls, program } = harness;
    const worse = RULES.rules.map((rule) => ({ ...rule, perAction: 500n }));
    const terms = { ...RULES, notBefore: 9, rules: worse };
    const announce = calls.announceChange(program, { target: 'RULES', terms });
    await harness.done(harness.byOperator('changeAnnounce', announce));
    await harness.done(harness.byMember(1, 'object', calls.objectToChange(program, 1, 200n)));
    await harness.keep();
    const { changes } = harness.store;
    const pending = await changes.findPending(program.id);
    expect(pending).toMatchObject({ number: 1, state: 'PENDING', objections: 200n });
    await harness.moveTo((await harness.chain.clock.now()).nowMs + NOTICE_MS);
    await harness.keep();
    const enacted = await changes.find(program.id, 1);
    expect(enacted === null ? null : changeStateAt(enacted, Date.now())).toBe('ENACTED');
    expect(await points(1)).toBe(10_000n);
  });

  it('strikes a change down when the supply has fallen to where the objections are enough', async () => {
    const { calls, program } = harness;
    // All points were there a notice period before.
    await harness.moveTo((await harness.chain.clock.now()).nowMs + NOTICE_MS + DAY_MS);
    const worse = RULES.rules.map((rule) => ({ ...rule, perAction: 500n }));
    const terms = { ...RULES, notBefore: 9, rules: worse };
    const announce = calls.announceChange(program, { target: 'RULES', terms });
    await harness.done(harness.byOperator('changeAnnounce', announce));
    // 5 % of 200 points would be 10; of the 140 that are left, 7.
    await harness.done(harness.byMember(1, 'object', calls.objectToChange(program, 1, 700n)));
    await harness.keep();
    const { changes } = harness.store;
    expect(await changes.find(program.id, 1)).toMatchObject({ state: 'PENDING' });
    const item = { price: 6_000n, stock: 5, text: 'A teapot' };
    await harness.done(harness.byOperator('itemAdd', calls.addItem(program, item)));
    const orderRef = `0x${'07'.repeat(32)}` as const;
    const order = { item: 1, quantity: 1, maxPrice: 6_000n, orderRef };
    await harness.done(harness.byMember(2, 'redeem', calls.redeemItem(program, order)));
    await harness.done(harness.byOperator('orderFulfil', calls.fulfilOrder(program, 1)));
    await harness.keep();
    expect(await changes.find(program.id, 1)).toMatchObject({ state: 'STRUCK_DOWN' });
  });

  it('waits with a change for its last round, and enacts it when that has closed with cover', async () => {
    const { calls, program } = harness;
    await harness.deposit(BUDGET);
    const terms = { pricePerPoint: PRICE / 2n, budgetPerRound: BUDGET, minTender: 100n };
    const announce = calls.announceChange(program, { target: 'BUYBACK', terms });
    await harness.done(harness.byOperator('changeAnnounce', announce));
    await harness.moveTo((await harness.chain.clock.now()).nowMs + NOTICE_MS);
    await harness.keep();
    const { changes } = harness.store;
    const first = (await changes.find(program.id, 1))?.firstEligibleRound ?? -1;
    expect(first).toBe(1);
    expect(await changes.find(program.id, 1)).toMatchObject({ state: 'PENDING' });
    await harness.closeRound(first);
    await harness.keep();
    expect(await changes.find(program.id, 1)).toMatchObject({ state: 'ENACTED' });
  });

  it('does nothing twice when two processes look after the same program', async () => {
    await harness.deposit(BUDGET);
    await harness.openRound(0);
    await tender(1);
    await tender(2);
    await harness.closeRound(0);
    const before = await relayed();
    for (let round = 0; round < 4; round += 1) {
      const [one, two] = [harness.process(), harness.process()];
      await harness.drive(one);
      await Promise.all([one, two].map(({ keeper }) => keeper.step(harness.program)));
    }
    await harness.drive();
    expect(await points(1)).toBe(10_000n - TENDER / 2n);
    // The round, and for each of two members the points.
    expect((await relayed()) - before).toBe(3);
  });

  it('tries what would revert again after a while, and does it once it no longer would', async () => {
    const { calls, program } = harness;
    const item = { price: 300n, stock: 5, text: 'Tea' };
    await harness.done(harness.byOperator('itemAdd', calls.addItem(program, item)));
    const orderRef = `0x${'07'.repeat(32)}` as const;
    const order = { item: 1, quantity: 2, maxPrice: 300n, orderRef };
    await harness.done(harness.byMember(1, 'redeem', calls.redeemItem(program, order)));
    let wallMs = Date.now();
    const refund = { name: 'refund:1', kind: 'orderRefund', call: calls.refundOrder(program, 1) };
    const due = (_program: unknown, _nowMs: number, isWaiting: (name: string) => boolean) =>
      Promise.resolve(isWaiting(refund.name) ? [] : [refund]);
    const { chain, keystore, store } = harness;
    const deps = { ...store, ...chain, logger: silentLogger, wallNowMs: () => wallMs };
    const lanes = createLanes({ ...deps, lanes: 1, signer: keystore.signer });
    const keeper = createKeeper({ ...deps, lanes, upkeeps: { due } });
    const patient = { ...harness.process({ wallNowMs: () => wallMs }), keeper };
    expect(await patient.keeper.step(program)).toBe(0);
    await harness.moveTo((await harness.chain.clock.now()).nowMs + ORDER_MS);
    wallMs += SHORT_MS;
    expect(await patient.keeper.step(program)).toBe(0);
    wallMs += RETRY_MS;
    expect(await patient.keeper.step(program)).toBe(1);
    await harness.drive(patient);
    expect(await points(1)).toBe(10_000n);
  });
});
