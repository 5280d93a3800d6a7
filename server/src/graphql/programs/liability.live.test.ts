import { createConnection } from 'mongoose';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectStore } from '../../store/connect.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startService, until, type TestService } from '../../testing/service.ts';

const databaseUri = testDatabaseUri();
let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS, databaseUri });
  await service.earn('ann', 50);
  await service.earn('ben', 10);
  await service.mint(60_000_000n);
  await done('reserveDeposit', keyed({ amount: '50' }));
  await service.moveClockTo(STARTS_AT_MS + 1.5 * DAY_MS);
  await done('itemAdd', keyed({ price: '5.00', text: 'A mug', stock: 3 }));
  await done('itemRedeem', keyed({ item: 1, quantity: 2, maxPrice: '5', memberId: 'ann' }));
  await done('orderFulfil', keyed({ order: 1 }));
  await done('itemRedeem', keyed({ item: 1, quantity: 1, maxPrice: '5', memberId: 'ben' }));
  // The first round opens on day 3.
  await service.moveClockTo(STARTS_AT_MS + 3.5 * DAY_MS);
  await done('roundTender', keyed({ round: 0, amount: '20', memberId: 'ann' }));
  await done('reserveWithdraw', keyed({ amount: '1', to: `0x${'5e'.repeat(20)}` }));
});
afterAll(() => service.close());

/** Calls a mutation that must not be refused. */
async function done(name: string, input: object): Promise<void> {
  expect((await service.act(name, input)).userErrors).toEqual([]);
}
const keyed = (more: object): object => ({ idempotencyKey: service.key(), ...more });

interface Shown {
  readonly onChain: unknown;
  readonly days: readonly Readonly<Record<string, string>>[];
  readonly [field: string]: unknown;
}
async function liability(selection: string, key = service.mine.key): Promise<Shown> {
  const query = `{ program { liability { ${selection} } } }`;
  const { data, errors } = await service.ask(key, query);
  expect(errors).toBeUndefined();
  return (data?.['program'] as { liability: Shown }).liability;
}
const DAYS = 'days(last: 4) { startsAt issued burned outstanding reserve owed }';
const EXPECTED_DAYS = [
  ['120.00', '0.00', '120.00', '50.000000'],
  ['0.00', '10.00', '110.00', '50.000000'],
  ['0.00', '0.00', '110.00', '50.000000'],
  ['0.00', '0.00', '110.00', '49.000000'],
].map(([issued, burned, outstanding, reserve], day) => ({
  startsAt: new Date(STARTS_AT_MS + day * DAY_MS).toISOString(),
  ...{ issued, burned, outstanding, reserve, owed: '0.000000' },
}));

describe('the liability of a program', () => {
  it('is what its points are, where they lie, and what there is for them', async () => {
    const read = (): Promise<Shown> =>
      liability(
        'outstanding inAccounts tendered ordered objected due maturing pricePerPoint worth reserve owed free',
      );
    await until('all of it is read', async () => (await read())['free'] === '49.000000');
    expect(await read()).toEqual({
      ...{ outstanding: '110.00', inAccounts: '85.00', tendered: '20.00', ordered: '5.00' },
      ...{ objected: '0.00', due: '0.00', maturing: '0.00' },
      ...{ pricePerPoint: '0.500000', worth: '55.000000' },
      ...{ reserve: '49.000000', owed: '0.000000', free: '49.000000' },
    });
  });

  it('is what the contracts count', async () => {
    expect((await liability('onChain { outstanding reserve matches }')).onChain).toEqual({
      ...{ outstanding: '110.00', reserve: '49.000000', matches: true },
    });
  });

  it('says so when the contracts count something else', async () => {
    const { totals } = service.foundation.store;
    const { liabilities } = service.services;
    const real = totals.supply;
    totals.supply = async (id) => ({ ...(await real(id)), issued: 1n });
    try {
      expect(await liabilities.onChain(service.mine.program)).toMatchObject({ matches: false });
    } finally {
      totals.supply = real;
    }
  });

  it('came about day by day', async () => {
    expect((await liability(DAYS)).days).toEqual(EXPECTED_DAYS);
  });

  it('has its days in data of a version that had none, once it is brought along', async () => {
    const connection = await createConnection(databaseUri).asPromise();
    const totals = connection.collection<{ _id: string }>('holdings');
    await totals.deleteMany({ _id: { $regex: '@' } });
    expect((await liability(DAYS)).days).not.toEqual(EXPECTED_DAYS);
    await connection.collection('dataVersion').updateOne({}, { $set: { version: 1 } });
    // As often as it is repeated.
    for (const _start of [1, 2]) {
      await (await connectStore(databaseUri)).close();
      expect((await liability(DAYS)).days).toEqual(EXPECTED_DAYS);
      await connection.collection('dataVersion').updateOne({}, { $set: { version: 1 } });
    }
    await connection.close();
  });

  it('counts what is earned and not minted', async () => {
    const query = `mutation ($input: ActionsRecordInput!) {
      actionsRecord(input: $input) { results { status } }
    }`;
    const at = STARTS_AT_MS + 3.2 * DAY_MS;
    const action = (eventId: string, more: object): object => ({
      ...{ memberId: 'ann', eventId, rule: 'visit', count: 1, amount: 0 },
      occurredAt: new Date(at).toISOString(),
      ...more,
    });
    const actions = [
      action('now', { count: 2 }),
      action('later', { count: 3, maturesAt: new Date(at + 5 * DAY_MS).toISOString() }),
    ];
    await service.ask(service.mine.key, query, { input: { actions } });
    await until('the actions are counted', async () => {
      const { due, maturing } = await liability('due maturing');
      return due === '4.00' && maturing === '6.00';
    });
  });

  it('shows another program nothing of it', async () => {
    expect(await liability('outstanding reserve', service.theirs.key)).toEqual({
      ...{ outstanding: '0.00', reserve: '0.000000' },
    });
  });

  it.each([0, 93])('refuses %s days', async (last) => {
    const query = `{ program { liability { days(last: ${last}) { issued } } } }`;
    const { errors } = await service.ask(service.mine.key, query);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OUT_OF_RANGE', field: 'last' });
  });
});
