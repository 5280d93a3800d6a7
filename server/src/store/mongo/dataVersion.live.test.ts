import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { createConnection, type Connection } from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectStore } from '../connect.ts';
import { MIGRATIONS } from '../migrations.ts';
import { bringToVersion } from './dataVersion.ts';

let uri: string;
let connection: Connection;
beforeEach(async () => {
  uri = testDatabaseUri();
  connection = await createConnection(uri).asPromise();
});
afterEach(() => connection.close());

const NEWEST = 1 + MIGRATIONS.size;
const versionIn = async (): Promise<number | undefined> => {
  const noted = await connection
    .collection<{ _id: string; version: number }>('dataVersion')
    .findOne({ _id: 'data' });
  return noted?.version;
};

describe('the version of the data', () => {
  it('is noted in a new database, by processes that start together too, and found by later ones', async () => {
    const stores = await Promise.all([connectStore(uri), connectStore(uri)]);
    stores.push(await connectStore(uri));
    expect(await versionIn()).toBe(NEWEST);
    await Promise.all(stores.map((store) => store.close()));
  });

  it.each(['programs', 'actions'])(
    'is missing in a database that was used before there were versions (%s): it is refused, with how to begin afresh, and left as it is',
    async (name) => {
      await connection.collection(name).insertOne({ of: 'another time' });
      await expect(connectStore(uri)).rejects.toThrow(
        /^This database holds data of a version of Dewpoint that is too old to be brought along: name a new database in MONGODB_URI to begin afresh, or, with npm start, set DEWPOINT_DIR to a new folder\.$/,
      );
      const collections = await connection.listCollections();
      expect(collections.map((collection) => collection.name)).toEqual([name]);
    },
  );

  it('of a newer service is refused', async () => {
    await bringToVersion(connection, MIGRATIONS);
    await connection.collection('dataVersion').updateOne({}, { $inc: { version: 1 } });
    await expect(connectStore(uri)).rejects.toThrow('data of a newer version of Dewpoint');
  });

  it('is raised one migration at a time, and a migration that fails is repeated at the next start', async () => {
    await bringToVersion(connection, new Map());
    const done: number[] = [];
    let fails = true;
    const migrations = new Map([
      [1, () => Promise.resolve(void done.push(1))],
      [
        2,
        () => {
          if (fails) return Promise.reject(new Error('the power is gone'));
          return Promise.resolve(void done.push(2));
        },
      ],
    ]);
    await expect(bringToVersion(connection, migrations)).rejects.toThrow('the power is gone');
    expect(await versionIn()).toBe(2);
    fails = false;
    await bringToVersion(connection, migrations);
    await bringToVersion(connection, migrations);
    expect([done, await versionIn()]).toEqual([[1, 2], 3]);
  });

  it('without a way to the next one is refused', async () => {
    await bringToVersion(connection, new Map());
    const later = new Map([[2, () => Promise.resolve()]]);
    await expect(bringToVersion(connection, later)).rejects.toThrow('too old to be brought');
  });
});
