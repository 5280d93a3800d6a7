import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLOSES_AFTER_MS, hourOf, meterIdentifier } from '../../domain/billing/meterHour.ts';
import type { Program } from '../../domain/program.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../testing/builders/time.ts';
import { startBillingStage, type BillingStage } from '../../testing/payments/billingStage.ts';
import type { Fault } from '../../testing/payments/stripeStandIn.ts';

let stage: BillingStage;
beforeAll(async () => {
  stage = await startBillingStage();
});
beforeEach(() => {
  stage.standIn.fail(() => null);
  // A whole hour that no other test has used.
  stage.setNow((hourOf(stage.nowMs()) + 50) * HOUR_MS);
});
afterAll(() => stage.close());

const nextHour = (): void => stage.setNow((hourOf(stage.nowMs()) + 1) * HOUR_MS);
const untilClosed = (): void => {
  nextHour();
  stage.pass(CLOSES_AFTER_MS);
};
const stateOf = async (id: string): Promise<string | undefined> =>
  (await stage.store.meterHours.find(id))?.state;

/** A program whose organisation has paid, and so many actions in the hour that has just closed. */
async function paidHour(
  count: number,
  organisationId?: string,
): Promise<{ readonly program: Program; readonly id: string; readonly customerId: string }> {
  const program = await stage.newProgram(organisationId);
  const customerId = await stage.buyPlan(program);
  nextHour();
  stage.pass(10 * MINUTE_MS);
  await stage.record(program, count);
  const id = meterIdentifier(program.id, hourOf(stage.nowMs()));
  untilClosed();
  return { program, id, customerId };
}
const failUsage = (fault: Fault | null): void =>
  stage.standIn.fail(({ path }) => (path.endsWith('/meter_events') ? fault : null));
const counted = (id: string): number => stage.standIn.state.countedUnder(id);

describe('an hour of a live program', () => {
  it('is reported once with all its actions, and confirmed by the sum of the provider', async () => {
    const { program, id } = await paidHour(7);
    await stage.settle();
    expect(counted(id)).toBe(7);
    expect(await stateOf(id)).toBe('SENT');
    stage.pass(HOUR_MS);
    await stage.settle();
    expect(await stateOf(id)).toBe('CONFIRMED');
    expect(await stage.graphql.billing.days(program.organisationId, 31)).toMatchObject([
      { count: 7, waived: 0 },
    ]);
    expect(await stage.gauges()).toMatchObject({ openHours: 0, stuckHours: 0 });
  });

  it('is not counted before nothing can be recorded into it any more', async () => {
    const program = await stage.newProgram();
    await stage.buyPlan(program);
    nextHour();
    stage.pass(HOUR_MS - 1);
    await stage.record(program, 2);
    const id = meterIdentifier(program.id, hourOf(stage.nowMs()));
    stage.pass(CLOSES_AFTER_MS);
    await stage.settle();
    expect(await stateOf(id)).toBeUndefined();
    stage.pass(1);
    await stage.settle();
    expect(counted(id)).toBe(2);
  });

  it('is free before there is a plan, and in the hour in which the plan begins', async () => {
    const program = await stage.newProgram();
    await stage.record(program, 3);
    const id = meterIdentifier(program.id, hourOf(stage.nowMs()));
    untilClosed();
    await stage.settle();
    expect(await stateOf(id)).toBe('WAITING');
    await stage.buyPlan(program);
    stage.pass(4 * DAY_MS);
    await stage.settle();
    expect(await stateOf(id)).toBe('WAIVED');
    expect(counted(id)).toBe(0);
  });

  it('is billed although the message that tells of the plan came a day late', async () => {
    const program = await stage.newProgram();
    const { organisationId } = program;
    await stage.graphql.billing.startCheckout(organisationId, 'late');
    const { account } = await stage.store.billingAccounts.read(organisationId);
    stage.standIn.state.subscribe(account.customerId ?? '', 'active');
    nextHour();
    await stage.record(program, 4);
    const id = meterIdentifier(program.id, hourOf(stage.nowMs()));
    untilClosed();
    await stage.settle();
    stage.pass(DAY_MS);
    await stage.settle();
    // The hourly look alone has found it.
    stage.pass(10 * MINUTE_MS);
    await stage.settle();
    expect(counted(id)).toBe(4);
  });

  it('is not mixed up with those of other programs of the same customer', async () => {
    const { program, id } = await paidHour(5);
    const other = await stage.newProgram(program.organisationId);
    stage.pass(-HOUR_MS);
    await stage.record(other, 9);
    stage.pass(HOUR_MS);
    const otherId = meterIdentifier(other.id, hourOf(stage.nowMs()) - 1);
    await stage.settle();
    stage.pass(HOUR_MS);
    await stage.settle();
    expect([counted(id), counted(otherId)]).toEqual([5, 9]);
    expect([await stateOf(id), await stateOf(otherId)]).toEqual(['CONFIRMED', 'CONFIRMED']);
  });

  it('of test programs is never counted', async () => {
    const program = await stage.newProgram();
    await stage.buyPlan(program);
    const test = { ...program, id: 'prg_1_test', address: `0x${'ab'.repeat(20)}` as const };
    await stage.store.programs.insert({ ...test, environment: 'test', chainId: 1 });
    nextHour();
    await stage.record(test, 5);
    untilClosed();
    await stage.settle();
    expect(await stage.store.meterHours.newestHour(test.id)).toBeNull();
  });
});

describe('an answer that is lost', () => {
  it.each<Fault>(['DIE_BEFORE', 'DIE_AFTER', 'HANG', 'LIE'])(
    '(%s) has the same hour sent again under the same identifier, and counted once',
    async (fault) => {
      const { id } = await paidHour(6);
      failUsage(fault);
      await stage.settle();
      expect(await stateOf(id)).toBe('PENDING');
      stage.pass(HOUR_MS);
      await stage.settle();
      failUsage(null);
      stage.pass(HOUR_MS);
      await stage.settle();
      stage.pass(HOUR_MS);
      await stage.settle();
      expect(await stateOf(id)).toBe('CONFIRMED');
      expect(counted(id)).toBe(6);
    },
  );

  it.each<Fault>(['DIE_BEFORE', 'DIE_AFTER'])(
    '(%s) for longer than the provider remembers identifiers is settled by its sum, never sent on a guess',
    async (fault) => {
      const { id } = await paidHour(6);
      failUsage(fault);
      await stage.settle();
      // All day long nothing else is tried.
      stage.standIn.fail(({ path }) => (path.includes('/billing/') ? 'DIE_BEFORE' : null));
      stage.pass(3 * DAY_MS);
      await stage.settle();
      stage.standIn.fail(() => null);
      const sent = (): number =>
        stage.standIn.requests.filter(({ body }) => body['identifier'] === id).length;
      const before = sent();
      stage.pass(HOUR_MS);
      await stage.settle();
      stage.pass(2 * HOUR_MS);
      await stage.settle();
      expect(counted(id)).toBe(6);
      expect(await stateOf(id)).toBe('CONFIRMED');
      expect(sent() - before).toBe(fault === 'DIE_AFTER' ? 0 : 1);
    },
  );
});

describe('an hour that the provider does not count', () => {
  it('waits for a person when its sum never has it, and is not sent again', async () => {
    const { id } = await paidHour(8);
    await stage.settle();
    stage.standIn.state.dropped.add(id);
    for (let days = 0; days < 10; days += 1) {
      stage.pass(DAY_MS);
      await stage.settle();
    }
    expect(await stage.store.meterHours.find(id)).toMatchObject({ state: 'HELD', attempts: 1 });
    expect((await stage.gauges())?.stuckHours).toBeGreaterThan(0);
  });

  it('as the customer was deleted waits for a person too, and holds up no other', async () => {
    const gone = await paidHour(2);
    await stage.settle();
    const customer = stage.standIn.state.customers.get(gone.customerId);
    if (customer !== undefined) customer.isDeleted = true;
    const { id } = await paidHour(3);
    for (let days = 0; days < 10; days += 1) {
      await stage.settle();
      stage.pass(DAY_MS);
    }
    expect([await stateOf(gone.id), await stateOf(id)]).toEqual(['HELD', 'CONFIRMED']);
  });

  it('is marked by the report of errors, however often that comes', async () => {
    const { id } = await paidHour(8);
    await stage.settle();
    const report = stage.standIn.meterRefusal([
      { identifier: id, code: 'meter_event_customer_not_found' },
      { identifier: 'dw_of_another_service', code: 'archived_meter' },
    ]);
    for (let times = 0; times < 2; times += 1) {
      await stage.receive(report);
      await stage.settle();
    }
    expect(await stage.store.meterHours.find(id)).toMatchObject({
      ...{ state: 'REFUSED', problem: 'meter_event_customer_not_found' },
    });
  });
});
