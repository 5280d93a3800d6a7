import type { Database } from '@dewpoint/infra/database/database.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeStateAt } from '../../domain/terms/change.ts';
import { BUDGET, PRICE, startActingWorld, type ActingWorld } from '../../testing/actingWorld.ts';
import { RULES, startTestDatabase } from '../../testing/settlingWorld.ts';

/** A dozen transactions one after the other, on a machine that does everything else at the same time. */
const SLOW_TIMEOUT_MS = 120_000;

let database: Database;
let acting: ActingWorld;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  acting = await startActingWorld(database);
});
afterEach(() => acting.close());

const DAY_MS = 86_400_000;
/** Of the tests' program: 7 days of notice, 2 days for an order. */
const NOTICE_MS = 7 * DAY_MS;
const ORDER_MS = 2 * DAY_MS;
/** Longer than the keeper rests between two looks, and shorter than it leaves alone what would revert; and longer. */
const SHORT_MS = 5_000;
const RETRY_MS = 60_000;
/** A half of what is tendered by two members with 80 points can be bought: 40 points. */
const TENDER = 4_000n;

const member = async (number: number): Promise<void> => {
  await acting.world.join(number);
  await acting.world.earn(number, 0, 10);
};
const tender = (number: number, amount = TENDER): Promise<unknown> =>
  acting.done(
    acting.memberAct(number, 'tender', acting.calls.tenderPoints(acting.program, 0, amount)),
  );
const money = async (number: number): Promise<bigint> =>
  (await acting.view.money('balanceOf', acting.world.account(number)))[0] as bigint;
const points = async (number: number): Promise<bigint> =>
  (await acting.world.balances(number)).chain;
const relayed = async (): Promise<number> => {
  const { chain, keystore } = acting.world;
  return chain.gateway.minedNonce(keystore.signer.addressOf('relayer'));
};

describe('the keeper', { timeout: SLOW_TIMEOUT_MS }, () => {
  beforeEach(async () => {
    await member(1);
    await member(2);
    await acting.world.settleAll();
  });

  it('settles a round that has closed and hands its members what is theirs', async () => {
    await acting.deposit(BUDGET);
    await acting.openRound(0);
    await tender(1);
    await tender(2);
    await acting.keep();
    expect(await acting.world.store.rounds.listUnsettled(acting.program.id)).toHaveLength(1);
    await acting.closeRound(0);
    await acting.keep();
    const [settled] = await acting.world.store.rounds.findMany(acting.program.id, [0]);
    expect(settled?.result).toMatchObject({ covered: true, filled: TENDER, payout: BUDGET });
    for (const number of [1, 2]) {
      expect(await money(number)).toBe(BUDGET / 2n);
      expect(await points(number)).toBe(10_000n - TENDER / 2n);
    }
    expect(PRICE * 40n).toBe(BUDGET);
  });

  it('leaves alone what belongs to somebody who is no member', async () => {
    await acting.world.earn(3, 0, 10);
    await acting.world.settleAll();
    await acting.deposit(BUDGET);
    await acting.openRound(0);
    await tender(1);
    await tender(3);
    await acting.closeRound(0);
    await acting.keep();
    expect(await money(1)).toBe(BUDGET / 2n);
    expect(await money(3)).toBe(0n);
  });

  it('settles a round without tenders once, for its cover to be on record', async () => {
    await acting.closeRound(0);
    await acting.keep();
    const [settled] = await acting.world.store.rounds.findMany(acting.program.id, [0]);
    expect(settled?.result).toMatchObject({ covered: false });
    const sent = await relayed();
    await acting.keep();
    expect(await relayed()).toBe(sent);
  });

  it('refunds an order that was not fulfilled in time', async () => {
    const item = { price: 300n, stock: 5, text: 'Tea' };
    const { calls, program } = acting;
    await acting.done(acting.operatorAct('itemAdd', calls.addItem(program, item)));
    const orderRef = `0x${'07'.repeat(32)}` as const;
    const order = { item: 1, quantity: 2, maxPrice: 300n, orderRef };
    await acting.done(acting.memberAct(1, 'redeem', calls.redeemItem(program, order)));
    expect(await points(1)).toBe(10_000n - 600n);
    await acting.keep();
    expect(await points(1)).toBe(10_000n - 600n);
    await acting.moveTo((await acting.world.chain.clock.now()).nowMs + ORDER_MS);
    await acting.keep();
    expect(await points(1)).toBe(10_000n);
    const found = await acting.world.store.catalogue.findOrder(program.id, 1);
    expect(found?.state).toBe('OVERDUE');
  });

  it('enacts a change when its notice is over, and gives back what was objected', async () => {
    const { calls, program } = acting;
    const worse = RULES.rules.map((rule) => ({ ...rule, perAction: 500n }));
    const terms = { ...RULES, notBefore: 9, rules: worse };
    const announce = calls.announceChange(program, { target: 'RULES', terms });
    await acting.done(acting.operatorAct('changeAnnounce', announce));
    await acting.done(acting.memberAct(1, 'object', calls.objectToChange(program, 1, 300n)));
    await acting.keep();
    const { changes } = acting.world.store;
    const pending = await changes.findPending(program.id);
    expect(pending).toMatchObject({ number: 1, state: 'PENDING', objections: 300n });
    await acting.moveTo((await acting.world.chain.clock.now()).nowMs + NOTICE_MS);
    await acting.keep();
    const enacted = await changes.find(program.id, 1);
    expect(enacted === null ? null : changeStateAt(enacted, Date.now())).toBe('ENACTED');
    expect(await points(1)).toBe(10_000n);
  });

  it('strikes a change down when the supply has fallen to where the objections are enough', async () => {
    const { calls, program } = acting;
    const worse = RULES.rules.map((rule) => ({ ...rule, perAction: 500n }));
    const terms = { ...RULES, notBefore: 9, rules: worse };
    const announce = calls.announceChange(program, { target: 'RULES', terms });
    await acting.done(acting.operatorAct('changeAnnounce', announce));
    // 5 % of 200 points would be 10; of the 140 that are left, 7.
    await acting.done(acting.memberAct(1, 'object', calls.objectToChange(program, 1, 700n)));
    await acting.keep();
    const { changes } = acting.world.store;
    expect(await changes.find(program.id, 1)).toMatchObject({ state: 'PENDING' });
    const item = { price: 6_000n, stock: 5, text: 'A teapot' };
    await acting.done(acting.operatorAct('itemAdd', calls.addItem(program, item)));
    const orderRef = `0x${'07'.repeat(32)}` as const;
    const order = { item: 1, quantity: 1, maxPrice: 6_000n, orderRef };
    await acting.done(acting.memberAct(2, 'redeem', calls.redeemItem(program, order)));
    await acting.done(acting.operatorAct('orderFulfil', calls.fulfilOrder(program, 1)));
    await acting.keep();
    expect(await changes.find(program.id, 1)).toMatchObject({ state: 'STRUCK_DOWN' });
  });

  it('waits with a change for its last round, and enacts it when that has closed with cover', async () => {
    const { calls, program } = acting;
    await acting.deposit(BUDGET);
    const terms = { pricePerPoint: PRICE / 2n, budgetPerRound: BUDGET, minTender: 100n };
    const announce = calls.announceChange(program, { target: 'BUYBACK', terms });
    await acting.done(acting.operatorAct('changeAnnounce', announce));
    await acting.moveTo((await acting.world.chain.clock.now()).nowMs + NOTICE_MS);
    await acting.keep();
    const { changes } = acting.world.store;
    const first = (await changes.find(program.id, 1))?.firstEligibleRound ?? -1;
    expect(first).toBe(1);
    expect(await changes.find(program.id, 1)).toMatchObject({ state: 'PENDING' });
    await acting.closeRound(first);
    await acting.keep();
    expect(await changes.find(program.id, 1)).toMatchObject({ state: 'ENACTED' });
  });

  it('does nothing twice when two processes look after the same program', async () => {
    await acting.deposit(BUDGET);
    await acting.openRound(0);
    await tender(1);
    await tender(2);
    await acting.closeRound(0);
    const before = await relayed();
    for (let round = 0; round < 4; round += 1) {
      const [one, two] = [acting.process(), acting.process()];
      await acting.drive(one);
      await Promise.all([one, two].map(({ keeper }) => keeper.step(acting.program)));
    }
    await acting.drive();
    expect(await money(1)).toBe(BUDGET / 2n);
    // The round, and for each of two members points and money.
    expect((await relayed()) - before).toBe(5);
  });

  it('tries what would revert again after a while, and does it once it no longer would', async () => {
    const { calls, program } = acting;
    const item = { price: 300n, stock: 5, text: 'Tea' };
    await acting.done(acting.operatorAct('itemAdd', calls.addItem(program, item)));
    const orderRef = `0x${'07'.repeat(32)}` as const;
    const order = { item: 1, quantity: 2, maxPrice: 300n, orderRef };
    await acting.done(acting.memberAct(1, 'redeem', calls.redeemItem(program, order)));
    let wallMs = Date.now();
    const refund = { name: 'refund:1', kind: 'orderRefund', call: calls.refundOrder(program, 1) };
    const due = (_program: unknown, _nowMs: number, isWaiting: (name: string) => boolean) =>
      Promise.resolve(isWaiting(refund.name) ? [] : [refund]);
    const patient = acting.process({ wallNowMs: () => wallMs, upkeeps: { due } });
    expect(await patient.keeper.step(program)).toBe(0);
    await acting.moveTo((await acting.world.chain.clock.now()).nowMs + ORDER_MS);
    wallMs += SHORT_MS;
    expect(await patient.keeper.step(program)).toBe(0);
    wallMs += RETRY_MS;
    expect(await patient.keeper.step(program)).toBe(1);
    await acting.drive(patient);
    expect(await points(1)).toBe(10_000n);
  });
});
