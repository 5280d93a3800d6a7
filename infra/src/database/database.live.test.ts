import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDatabase, type Database } from './database.ts';
import { freePort } from '../processes/ports.ts';

/** A client of a killed database should not go on looking for it. */
const UNREACHABLE_AFTER_MS = 2_000;

let dir: string;
let databases: Database[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-database-'));
  databases = [];
});

afterEach(async () => {
  for (const database of databases) {
    database.kill();
    if (database.pid !== undefined) await database.exited;
  }
  await rm(dir, { recursive: true });
});

const start = async (port?: number): Promise<Database> => {
  const database = await startDatabase({ dir, ...(port !== undefined && { port }) });
  databases.push(database);
  return database;
};

const withClient = async <T>(
  { uri }: Database,
  work: (client: mongoose.Connection) => Promise<T>,
): Promise<T> => {
  const client = await mongoose
    .createConnection(uri, { serverSelectionTimeoutMS: UNREACHABLE_AFTER_MS })
    .asPromise();
  try {
    return await work(client);
  } finally {
    await client.close();
  }
};

test('a database that was stopped has everything when it is started again', async () => {
  const first = await start();
  await withClient(first, (client) => client.collection('things').insertOne({ name: 'dew' }));
  await first.stop();
  const second = await start();
  expect(second.kind).toBe(first.kind);
  const found = await withClient(second, (client) => client.collection('things').findOne({}));
  expect(found).toMatchObject({ name: 'dew' });
});

test('every write that was acknowledged survives a SIGKILL', async () => {
  const first = await start();
  const acknowledged = await withClient(first, async (client) => {
    const things = client.collection<{ _id: number }>('things', { writeConcern: { j: true } });
    await things.insertOne({ _id: 0 });
    const written = [0];
    const writers = [1, 2, 3, 4].map(async (writer) => {
      for (let turn = 1; ; turn += 1) {
        const id = turn * 10 + writer;
        await things.insertOne({ _id: id });
        written.push(id);
        if (written.length === 60) first.kill('SIGKILL');
      }
    });
    await Promise.allSettled(writers);
    return written;
  });
  const second = await start(await freePort());
  const kept = await withClient(second, (client) =>
    client.collection<{ _id: number }>('things').find().toArray(),
  );
  expect(acknowledged.length).toBeGreaterThanOrEqual(60);
  expect(kept.map(({ _id }) => _id)).toEqual(expect.arrayContaining(acknowledged));
});

test('a line says which database runs', async () => {
  const lines: string[] = [];
  const database = await startDatabase({ dir, onProgress: (line) => lines.push(line) });
  databases.push(database);
  expect(lines.at(-1)).toMatch(/^Database: .+, on port \d+\.$/);
});

test("a database of the user's own is used as it is, and left alone", async () => {
  const environment = { MONGODB_URI: 'mongodb://elsewhere:27017/mine' };
  const database = await startDatabase({ dir, environment });
  expect(database).toMatchObject({ uri: environment.MONGODB_URI, kind: 'external' });
  await database.stop();
  expect(database.pid).toBeUndefined();
});
