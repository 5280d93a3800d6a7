import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { testDatabaseUri } from './testDatabase.ts';

test('every test database is empty and apart from the others', async () => {
  const [first, second] = [testDatabaseUri(), testDatabaseUri()];
  expect(first).not.toBe(second);
  const client = await mongoose.createConnection(first).asPromise();
  const other = await mongoose.createConnection(second).asPromise();
  await client.collection('things').insertOne({ name: 'dew' });
  expect(await client.collection('things').countDocuments()).toBe(1);
  expect(await other.collection('things').countDocuments()).toBe(0);
  await Promise.all([client.close(), other.close()]);
});
