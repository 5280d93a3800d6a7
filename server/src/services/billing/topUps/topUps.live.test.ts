import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ABANDONED_AFTER_MS, type TopUp } from '../../../domain/billing/topUp.ts';
import type { Program } from '../../../domain/program.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../testing/builders/time.ts';
import {
  DAILY_LIMIT,
  PROGRAM_LIMIT,
  startTopUpStage,
  TOKEN,
  type TopUpStage,
} from '../../../testing/payments/topUpStage.ts';

let stage: TopUpStage;
beforeAll(async () => {
  stage = await startTopUpStage();
});
beforeEach(async () => {
  stage.standIn.fail(() => null);
  // Limits are of a day.
  stage.pass(DAY_MS);
  await stage.fill(100_000n * TOKEN);
});
afterAll(() => stage.close());

const codeOf = (code: string) => ({ refusals: [{ code }] });
const reserveOf = ({ buyback }: Program): Promise<bigint> => stage.money(buyback);
const transactionsOf = ({ id }: TopUp) => stage.store.transactions.listByRequestPrefix(`${id}#`);
// Each has its top-ups, whose transactions are mined on a real chain.
describe('a top-up', () => {
  it('is credited once its money has cleared, and not before', async () => {
    const program = await stage.newProgram();
    const topUp = await stage.start(program, 50n);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'STARTED', reason: 'NOT_PAID' });
    const payment = stage.pay(topUp);
    payment.availableOn += 2 * 86_400;
    await stage.tell('charge.succeeded', payment);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({
      ...{ state: 'PAID', reason: 'NOT_CLEARED', charge: 5_000n },
      availableAtMs: payment.availableOn * 1_000,
    });
    // The provider says that it is available, and its time has not come.
    await stage.clear(payment);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'PAID' });
    expect(await reserveOf(program)).toBe(0n);
    // Without a message: the time has come.
    stage.pass(2 * DAY_MS);
    await stage.settle();
    const done = await stage.read(topUp);
    expect(done).toMatchObject({ state: 'CREDITED', reason: null, debt: 0n });
    expect(await reserveOf(program)).toBe(50n * TOKEN);
    const [sent, ...others] = await transactionsOf(topUp);
    expect(sent).toMatchObject({ id: done.transactionId, status: 'final' });
    expect(others).toEqual([]);
    expect(stage.letters).toEqual([]);
  });

  it('is looked for when no message ever comes', async () => {
    const program = await stage.newProgram();
    const { topUp } = await stage.cleared(program, 5n);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'STARTED' });
    stage.pass(HOUR_MS);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CREDITED' });
  });

  it('that nobody pays is over with its page, and gives its part of the limit back', async () => {
    const program = await stage.newProgram();
    const topUp = await stage.start(program, PROGRAM_LIMIT);
    await expect(stage.start(program, 1n)).rejects.toMatchObject(codeOf('TOP_UP_LIMIT'));
    stage.standIn.state.expireSession(topUp.checkoutId ?? '');
    stage.pass(MINUTE_MS * 11);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'EXPIRED', dueAtMs: null });
    expect(await stage.start(program, PROGRAM_LIMIT)).toMatchObject({ state: 'STARTED' });
  });

  it('whose page was never given away goes on under its key, and is over without it', async () => {
    const program = await stage.newProgram();
    const { topUps } = stage.parts.graphql;
    const key = randomUUID();
    stage.standIn.fail(({ path }) => (path.endsWith('/sessions') ? 'DIE_AFTER' : null));
    const lost = { code: 'PAYMENTS_UNAVAILABLE' };
    await expect(topUps.start(program, '7', key)).rejects.toMatchObject(lost);
    await expect(topUps.start(program, '8', 'another')).rejects.toMatchObject(lost);
    stage.standIn.fail(() => null);
    const { topUp, url } = await topUps.start(program, '7', key);
    expect(url).toMatch(/^https:/);
    const pages = [...stage.standIn.state.sessions.values()].filter(
      ({ price }) => price?.metadata['dewpoint_top_up'] === topUp.id,
    );
    expect(pages.map(({ id }) => id)).toEqual([topUp.checkoutId]);
    stage.pass(ABANDONED_AFTER_MS);
    await stage.settle();
    const [abandoned] = (await topUps.list(program, 10)).filter(({ id }) => id !== topUp.id);
    expect(abandoned).toMatchObject({ state: 'EXPIRED', checkoutId: null });
  });

  it('that is paid otherwise than it was asked for is not credited', async () => {
    const program = await stage.newProgram();
    const topUp = await stage.start(program, 9n);
    const payment = stage.pay(topUp);
    payment.isAvailable = true;
    stage.standIn.state.cards.payments.set(payment.id, { ...payment, amount: 899 });
    await stage.tell('charge.succeeded', payment);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CANCELLED', reason: 'OTHER_AMOUNT' });
    expect(await transactionsOf(topUp)).toEqual([]);
  });

  it('is refused for what a card can not pay, for other programs, and while top-ups are off', async () => {
    const program = await stage.newProgram();
    const { topUps } = stage.parts.graphql;
    const refused = async (amount: string, code: string, of: Program = program): Promise<void> => {
      await expect(topUps.start(of, amount, randomUUID())).rejects.toMatchObject(codeOf(code));
    };
    await refused('1.001', 'MALFORMED');
    await refused('0.99', 'OUT_OF_RANGE');
    await refused(`${PROGRAM_LIMIT}.01`, 'OUT_OF_RANGE');
    await refused('5', 'TOP_UP_NOT_OFFERED', { ...program, environment: 'test' });
    const settlementToken = { ...program.settlementToken, address: program.address };
    await refused('5', 'TOP_UP_NOT_OFFERED', { ...program, settlementToken });
    const off = stage.process(undefined, null).graphql.topUps;
    await expect(off.start(program, '5', 'off')).rejects.toMatchObject(codeOf('TOP_UPS_OFF'));
    const { organisationId } = program;
    expect((await off.terms(organisationId)).offBecause).toContain('STRIPE_TOP_UPS');
    expect(await topUps.terms(organisationId)).toMatchObject({
      ...{ offBecause: null, treasury: stage.treasury, currency: 'EUR', isStopped: false },
    });
    expect(await topUps.list(program, 10)).toEqual([]);
  });
});

describe('the treasury', () => {
  it('that is empty has a top-up wait, and says so', async () => {
    const program = await stage.newProgram();
    await stage.fill(9n * TOKEN);
    const { topUp, payment } = await stage.cleared(program, 10n);
    await stage.tell('charge.succeeded', payment);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CLEARED', reason: 'TREASURY_EMPTY' });
    stage.pass(HOUR_MS);
    expect(await stage.parts.gauges()).toMatchObject({ openTopUps: 1 });
    expect((await stage.parts.gauges())?.oldestClearedTopUpSeconds).toBeGreaterThan(3_500);
    await stage.fill(10n * TOKEN);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CREDITED' });
    expect(await stage.money(stage.treasury)).toBe(0n);
  });

  it('waits for a chain that is away, and says so', async () => {
    const program = await stage.newProgram();
    const { topUp, payment } = await stage.cleared(program, 11n);
    stage.setChain(false);
    await stage.tell('charge.succeeded', payment);
    await stage.work();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CLEARED', reason: 'CHAIN_AWAY' });
    stage.setChain(true);
    stage.pass(MINUTE_MS);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CREDITED' });
  });

  it('that runs empty while it sends tries again, by another transaction', async () => {
    const program = await stage.newProgram();
    const { topUp, payment } = await stage.cleared(program, 12n);
    await stage.tell('charge.succeeded', payment);
    await stage.work();
    expect(await stage.read(topUp)).toMatchObject({ state: 'SENDING', attempt: 0 });
    await stage.fill(0n);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({
      ...{ state: 'CLEARED', reason: 'TREASURY_EMPTY', attempt: 1 },
    });
    await stage.fill(1_000n * TOKEN);
    stage.pass(MINUTE_MS);
    await stage.settle();
    expect(await stage.read(topUp)).toMatchObject({ state: 'CREDITED' });
    expect(await reserveOf(program)).toBe(12n * TOKEN);
    expect(await transactionsOf(topUp)).toHaveLength(2);
  });

  it('sends nothing more while top-ups are turned off, and brings to its end what it sends', async () => {
    const program = await stage.newProgram();
    const off = stage.process(undefined, null);
    const one = await stage.cleared(program, 13n);
    await stage.tell('charge.succeeded', one.payment);
    await stage.work();
    const two = await stage.cleared(program, 14n);
    await stage.tell('charge.succeeded', two.payment);
    await stage.settle(off);
    expect(await stage.read(one.topUp)).toMatchObject({ state: 'CREDITED' });
    expect(await stage.read(two.topUp)).toMatchObject({ state: 'CLEARED', reason: 'TURNED_OFF' });
    expect(await reserveOf(program)).toBe(13n * TOKEN);
    stage.pass(HOUR_MS);
    await stage.settle();
    expect(await stage.read(two.topUp)).toMatchObject({ state: 'CREDITED' });
  });
});

const sumOf = (all: readonly TopUp[]): bigint => all.reduce((sum, { amount }) => sum + amount, 0n);

describe('the limit of a day', () => {
  it('holds for top-ups that begin at the same time on two servers', async () => {
    const [one, two] = [await stage.newProgram(), await stage.newProgram()];
    const other = stage.process();
    const tries = Array.from({ length: 24 }, (_none, index) => {
      const { topUps } = (index % 2 === 0 ? stage.parts : other).graphql;
      return topUps.start(index % 4 < 2 ? one : two, '40', randomUUID());
    });
    const settled = await Promise.allSettled(tries);
    const begun = settled.flatMap((of) => (of.status === 'fulfilled' ? [of.value.topUp] : []));
    // Each is held to its own limit: what begins costs nothing, and shuts no other program out.
    for (const { id } of [one, two]) {
      const ofProgram = begun.filter(({ programId }) => programId === id);
      expect(sumOf(ofProgram)).toBe(280n * TOKEN);
    }
    expect(560n).toBeGreaterThan(DAILY_LIMIT);
    const failed = settled.flatMap((of) => (of.status === 'rejected' ? [of.reason as object] : []));
    for (const error of failed) expect(error).toMatchObject(codeOf('TOP_UP_LIMIT'));
    expect(failed).toHaveLength(10);
    await expect(stage.start(one, 21n)).rejects.toThrow(/20\.000000 is left/);
  });

  it('holds for what leaves the treasury, of two workers too; the rest goes on the day after', async () => {
    const programs = [await stage.newProgram(), await stage.newProgram(), await stage.newProgram()];
    const made: { topUp: TopUp; program: Program }[] = [];
    for (let day = 0; day < 2; day += 1) {
      for (const program of programs) {
        const { topUp } = await stage.cleared(program, 150n);
        made.push({ topUp, program });
      }
      stage.pass(DAY_MS);
    }
    const other = stage.process();
    const read = (): Promise<TopUp[]> => Promise.all(made.map(({ topUp }) => stage.read(topUp)));
    const sentBy = async (): Promise<bigint> => {
      for (let round = 0; round < 6; round += 1) {
        await Promise.all([stage.work(), stage.work(other)]);
        await stage.settle();
      }
      const now = await read();
      const sent = now.filter(({ state }) => state === 'CREDITED');
      const rest = now.filter(({ state }) => state !== 'CREDITED');
      for (const one of rest) expect(one).toMatchObject({ reason: 'DAILY_LIMIT' });
      return sumOf(sent);
    };
    expect(await sentBy()).toBe(450n * TOKEN);
    expect(450n + 150n).toBeGreaterThan(DAILY_LIMIT);
    stage.pass(DAY_MS);
    expect(await sentBy()).toBe(900n * TOKEN);
    for (const program of programs) expect(await reserveOf(program)).toBe(300n * TOKEN);
  });
});
