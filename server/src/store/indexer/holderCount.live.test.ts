import { createConnection, type Connection, type mongo } from 'mongoose';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHolderCount, type TotalDocument, type WrittenTotal } from './holderCount.ts';

const PROGRAM = 'prg_1';

let connection: Connection;
let totals: mongo.Collection<TotalDocument>;
beforeAll(async () => {
  connection = await createConnection(testDatabaseUri()).asPromise();
  totals = connection.collection<TotalDocument>('holdings');
});
afterAll(() => connection.close());

const total = (name: string, amount: string): TotalDocument => ({
  _id: `${PROGRAM}:${name}`,
  ...{ amount, blockNumber: 1, logIndex: 0 },
});

/** Writes totals as the ledger does. @param dies Whether the process dies before it has counted them. */
async function write(
  changes: readonly WrittenTotal[],
  { dies = false }: { dies?: boolean } = {},
): Promise<void> {
  const counted = await createHolderCount(totals).begin(PROGRAM, changes);
  for (const { after } of changes) {
    await totals.replaceOne({ _id: after._id }, after, { upsert: true });
  }
  if (!dies) await counted.end();
}
const read = (): Promise<number> => createHolderCount(totals).read(PROGRAM);

it('counts accounts that get and lose their points, and nothing else', async () => {
  expect(await read()).toBe(0);
  const [mei, lan] = [total('0xaa', '5'), total('0xbb', '7')];
  await write([
    { before: undefined, after: mei },
    { before: undefined, after: lan },
    { before: undefined, after: total('ordered:0xcc', '9') },
  ]);
  expect(await read()).toBe(2);
  await write([{ before: mei, after: total('0xaa', '6') }]);
  await write([{ before: lan, after: total('0xbb', '0') }]);
  expect(await read()).toBe(1);
});

it('counts afresh after a process died between the balances and the count', async () => {
  await write([{ before: undefined, after: total('0xdd', '1') }], { dies: true });
  await write([{ before: undefined, after: total('0xee', '1') }]);
  expect(await read()).toBe(3);
});
