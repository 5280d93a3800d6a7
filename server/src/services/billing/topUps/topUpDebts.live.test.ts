import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TopUp } from '../../../domain/billing/topUp.ts';
import type { Program } from '../../../domain/program.ts';
import type { TransactionRecord } from '../../../domain/transactions/transaction.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../testing/builders/time.ts';
import { dyingStore } from '../../../testing/deaths.ts';
import { startTopUpStage, TOKEN, type TopUpStage } from '../../../testing/payments/topUpStage.ts';

let stage: TopUpStage;
beforeAll(async () => {
  stage = await startTopUpStage();
});
beforeEach(async () => {
  // Limits are of a day.
  stage.pass(DAY_MS);
  await stage.fill(100_000n * TOKEN);
});
afterAll(() => stage.close());

const codeOf = (code: string): object => ({ refusals: [{ code }] });
const reserveOf = ({ buyback }: Program): Promise<bigint> => stage.money(buyback);
const transactionsOf = ({ id }: TopUp): Promise<TransactionRecord[]> =>
  stage.store.transactions.listByRequestPrefix(`${id}#`);

// Each has its top-ups, whose transactions are mined on a real chain.
describe('money that goes back to the card', () => {
  it.each([
    ['disputed', 'DISPUTED', 'charge.dispute.created'],
    ['refunded', 'REFUNDED', 'charge.refunded'],
  ] as const)('and is %s before the credit is never sent', async (how, state, type) => {
    const program = await stage.newProgram();
    const paid = await stage.start(program, 20n);
    const payment = stage.pay(paid);
    await stage.tell('charge.succeeded', payment);
    await stage.settle();
    expect(await stage.read(paid)).toMatchObject({ state: 'PAID' });
    // Of another one the service hears nothing before its tokens are to be sent.
    const unheard = await stage.cleared(program, 21n);
    for (const of of [payment, unheard.payment]) {
      if (how === 'disputed') of.disputes.push('needs_response');
      else of.refunded = 100;
    }
    await stage.tell(type, payment);
    payment.isAvailable = true;
    stage.pass(HOUR_MS);
    await stage.settle();
    for (const topUp of [paid, unheard.topUp]) {
      expect(await stage.read(topUp)).toMatchObject({ state, creditedAtMs: null, debt: 0n });
      expect(await transactionsOf(topUp)).toEqual([]);
    }
    // A dispute that is won later changes nothing: the money is refunded by hand.
    if (how === 'disputed') payment.disputes[0] = 'won';
    await stage.tell('charge.dispute.closed', payment);
    await stage.settle();
    expect(await stage.read(paid)).toMatchObject({ state });
    expect(await reserveOf(program)).toBe(0n);
    expect((await stage.parts.graphql.topUps.terms(program.organisationId)).isStopped).toBe(false);
  });

  it('after the credit is a debt, of which owners are told once for each growth, and which stops further top-ups', async () => {
    const program = await stage.newProgram();
    const { organisationId } = program;
    const { topUp, payment } = await stage.credited(program, 30n);
    const waiting = await stage.cleared(program, 31n);
    payment.refunded = 1_000;
    await stage.tell('charge.refunded', payment);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'REFUNDED', debt: 10n * TOKEN });
    payment.disputes.push('needs_response');
    payment.disputedAmount = 700;
    await stage.tell('charge.dispute.created', payment);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'DISPUTED', debt: 17n * TOKEN });
    delete payment.disputedAmount;
    stage.pass(HOUR_MS);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'DISPUTED', debt: 30n * TOKEN });
    expect(await reserveOf(program)).toBe(30n * TOKEN);
    const told = stage.letters.filter(({ to }) => to.includes(organisationId));
    // Another one each time that it grew.
    expect(told.map(({ text }) => /owes (\S+) EUR/.exec(text)?.[1])).toEqual([
      ...['10.000000', '17.000000', '30.000000'],
    ]);
    expect((await stage.parts.gauges())?.topUpDebts).toBeGreaterThan(0);

    await expect(stage.start(program, 5n)).rejects.toMatchObject(codeOf('TOP_UPS_STOPPED'));
    await stage.tell('charge.succeeded', waiting.payment);
    await stage.settle();
    expect(await stage.read(waiting.topUp)).toMatchObject({ state: 'CLEARED', reason: 'DEBT' });
    const others = await stage.newProgram();
    await stage.credited(others, 5n);

    // The dispute is won, and a person notes that the rest was paid.
    payment.disputes[0] = 'won';
    await stage.tell('charge.dispute.closed', payment);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'REFUNDED', debt: 10n * TOKEN });
    for (const [settled, debt] of [
      ['settled', 10n],
      ['400', 6n],
      ['1000', 0n],
    ] as const) {
      payment.metadata['dewpoint_debt'] = settled;
      stage.pass(HOUR_MS);
      await stage.settle();
      expect(await stage.read(topUp)).toMatchObject({ state: 'REFUNDED', debt: debt * TOKEN });
    }
    stage.pass(HOUR_MS);
    await stage.settle();
    expect(await stage.read(waiting.topUp)).toMatchObject({ state: 'CREDITED' });
    expect(await stage.start(program, 5n)).toMatchObject({ state: 'STARTED' });
  });

  it('while it is being sent is a debt as soon as it is credited', async () => {
    const program = await stage.newProgram();
    const { topUp, payment } = await stage.cleared(program, 40n);
    await stage.tell('charge.succeeded', payment);
    await stage.work();
    expect(await stage.read(topUp)).toMatchObject({ state: 'SENDING' });
    payment.disputes.push('needs_response');
    await stage.tell('charge.dispute.created', payment);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'DISPUTED', debt: 40n * TOKEN });
  });

  it('after a transaction that was sent in vain is not sent again', async () => {
    const program = await stage.newProgram();
    const { topUp, payment } = await stage.cleared(program, 41n);
    await stage.tell('charge.succeeded', payment);
    await stage.work();
    await stage.fill(0n);
    await stage.settle();
    payment.disputes.push('needs_response');
    await stage.fill(1_000n * TOKEN);
    stage.pass(MINUTE_MS);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'DISPUTED', debt: 0n });
    expect(await reserveOf(program)).toBe(0n);
  });
});

describe('a top-up whose transaction is not made yet', () => {
  /** One that is SENDING, by a process that died before there was a transaction. */
  async function sendingWithout(amount: bigint) {
    const program = await stage.newProgram();
    const made = await stage.cleared(program, amount);
    await stage.tell('charge.succeeded', made.payment);
    const { store } = dyingStore(stage.store, 0, { transactions: ['insert'] });
    await stage.process(store).worker?.step();
    expect(await stage.read(made.topUp)).toMatchObject({ state: 'SENDING' });
    expect(await transactionsOf(made.topUp)).toEqual([]);
    return { program, ...made };
  }

  it('and that is disputed by then is dropped by one that sends nothing', async () => {
    const { program, topUp, payment } = await sendingWithout(50n);
    payment.disputes.push('needs_response');
    stage.pass(2 * HOUR_MS);
    await stage.settle();
    stage.pass(MINUTE_MS);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'DISPUTED', attempt: 1, debt: 0n });
    const rows = await transactionsOf(topUp);
    expect(rows).toMatchObject([{ status: 'final', call: { kind: 'noop' } }]);
    expect(await reserveOf(program)).toBe(0n);
  });

  it('goes on after the crash, though it is noted at the payment', async () => {
    const { program, topUp, payment } = await sendingWithout(51n);
    expect(payment.metadata['dewpoint_sent']).toBe('0');
    stage.pass(2 * HOUR_MS);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CREDITED' });
    expect(await reserveOf(program)).toBe(51n * TOKEN);
  });

  it('and that is noted at the payment as sent waits for a person', async () => {
    const program = await stage.newProgram();
    const { topUp, payment } = await stage.cleared(program, 52n);
    payment.metadata['dewpoint_sent'] = '0';
    await stage.tell('charge.succeeded', payment);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CLEARED', reason: 'SENT_BEFORE' });
    expect(await transactionsOf(topUp)).toEqual([]);
    payment.metadata['dewpoint_sent'] = '';
    stage.pass(HOUR_MS);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CREDITED' });
  });
});
