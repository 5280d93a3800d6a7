import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOSES_AFTER_MS, hourOf, meterIdentifier } from '../../domain/billing/meterHour.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../testing/builders/time.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { startBillingStage, type BillingStage } from '../../testing/payments/billingStage.ts';
import type { Store } from '../../store/connect.ts';
import type { Fault } from '../../testing/payments/stripeStandIn.ts';

let stage: BillingStage;
beforeAll(async () => {
  stage = await startBillingStage();
});
afterAll(() => stage.close());

interface ClosedHour {
  readonly id: string;
  readonly count: number;
}

/** Two programs of an organisation that has paid, with actions in the hour that has just closed. */
async function closedHours(): Promise<readonly ClosedHour[]> {
  stage.setNow((hourOf(stage.nowMs()) + 50) * HOUR_MS);
  const program = await stage.newProgram();
  const other = await stage.newProgram(program.organisationId);
  await stage.buyPlan(program);
  const hour = hourOf(stage.nowMs()) + 1;
  stage.setNow(hour * HOUR_MS + 10 * MINUTE_MS);
  await stage.record(program, 3);
  await stage.record(other, 4);
  stage.setNow((hour + 1) * HOUR_MS + CLOSES_AFTER_MS);
  return [
    { id: meterIdentifier(program.id, hour), count: 3 },
    { id: meterIdentifier(other.id, hour), count: 4 },
  ];
}

/** Lets hours pass, until everything is confirmed. */
async function recover(): Promise<void> {
  for (let hours = 0; hours < 4; hours += 1) {
    await stage.settle();
    stage.pass(HOUR_MS);
  }
}

async function expectCountedOnce(hours: readonly ClosedHour[], about: unknown): Promise<void> {
  for (const { id, count } of hours) {
    const { state } = (await stage.store.meterHours.find(id)) ?? {};
    const counted = stage.standIn.state.countedUnder(id);
    expect({ about, state, counted }).toEqual({ about, state: 'CONFIRMED', counted: count });
  }
}

/** Every store that metering writes to. */
const MORTAL = {
  meterHours: ['insert', 'update'],
  paymentEvents: ['finish', 'postpone'],
} as const;
/** More writes than four rounds make. */
const MOST_CALLS = 11;
const STEPS = 4;
const FAULTS: readonly (Fault | null)[] = [null, 'DIE_BEFORE', 'DIE_AFTER', 'LIE'];

// Each of these is done for every write of a round.
describe('a process that dies', { timeout: 300_000 }, () => {
  it('at any write, whatever becomes of its requests, leaves each hour to be counted once', async () => {
    let survived = 0;
    for (let calls = 0; calls <= MOST_CALLS; calls += 1) {
      const hours = await closedHours();
      const { store, died } = dyingStore(stage.store, calls, MORTAL);
      const dying = stage.process(store);
      const fault = FAULTS[calls % FAULTS.length] ?? null;
      stage.standIn.fail(({ path }) => (path.endsWith('/meter_events') ? fault : null));
      for (let steps = 0; steps < STEPS; steps += 1) await dying.worker?.step();
      stage.standIn.fail(() => null);
      if (!died()) survived += 1;
      await recover();
      await expectCountedOnce(hours, { calls, fault });
    }
    expect(survived).toBeGreaterThan(0);
    expect(survived).toBeLessThan(MOST_CALLS);
  });

  it('makes no difference to others that do the same at the same time', async () => {
    const hours = await closedHours();
    const others = Array.from({ length: 4 }, () => stage.process());
    await Promise.all(others.flatMap(({ worker }) => worker?.step() ?? []));
    await recover();
    await expectCountedOnce(hours, 'four at once');
    const sends = stage.standIn.requests.filter(({ body }) => body['identifier'] === hours[0]?.id);
    expect(sends).toHaveLength(1);
  });
});

/** The same store, whose calls fail before or after they have had their effect, as the dice say. */
function unreliable(store: Store, dice: () => number): Store {
  const failing = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]): Promise<unknown> => {
          const fate = dice();
          if (fate < 0.1) throw new Error('The database is away.');
          const result: unknown = await (Reflect.apply(value, target, args) as Promise<unknown>);
          if (fate > 0.9) throw new Error('The answer of the database is lost.');
          return result;
        };
      },
    });
  return {
    ...store,
    actionLog: failing(store.actionLog),
    meterHours: failing(store.meterHours),
    billingAccounts: failing(store.billingAccounts),
    paymentEvents: failing(store.paymentEvents),
  };
}

/** Numbers from 0 to 1 that are the same for one seed. */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SEEDS = [1, 2, 3];
const HOURS = 6;
const MISHAPS: readonly Fault[] = ['DIE_BEFORE', 'DIE_AFTER', 'LIE'];

// Hours of recording with failures all the time, and then the hours that it takes to find out what arrived.
describe('a database and a provider that die and lie while actions are recorded', () => {
  it.each(SEEDS)(
    'lose nothing and bill nothing twice (seed %s)',
    async (seed) => {
      const dice = diceOf(seed);
      stage.setNow((hourOf(stage.nowMs()) + 50) * HOUR_MS);
      const program = await stage.newProgram();
      await stage.buyPlan(program);
      const bad = stage.process(unreliable(stage.store, dice));
      stage.standIn.fail(() => (dice() < 0.4 ? (MISHAPS[Math.floor(dice() * 3)] ?? null) : null));
      const hours: ClosedHour[] = [];
      for (let hour = 0; hour < HOURS; hour += 1) {
        stage.setNow((hourOf(stage.nowMs()) + 1) * HOUR_MS + 20 * MINUTE_MS);
        const count = 1 + Math.floor(dice() * 5);
        hours.push({ id: meterIdentifier(program.id, hourOf(stage.nowMs())), count });
        for (let action = 0; action < count; action += 1) {
          await stage.record(program, 1);
          await bad.worker?.step();
        }
      }
      stage.standIn.fail(() => null);
      for (let days = 0; days < 3; days += 1) {
        await recover();
        stage.pass(DAY_MS);
      }
      await expectCountedOnce(hours, { seed });
    },
    300_000,
  );
});
