import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

describe('data that another engine wrote', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const startAnyhow = async (environment: NodeJS.ProcessEnv = {}): Promise<Database> => {
    const database = await startDatabase({ dir, environment });
    databases.push(database);
    return database;
  };

  test.each([
    ['mongod', /written by mongod, .* put mongod on your PATH to go on/],
    ['secantusd-rs', /written by secantusd-rs, .*cargo install secantus-mdb/],
  ])('is not swapped for an empty database when %s is gone', async (folder, sentence) => {
    await mkdir(join(dir, folder));
    await writeFile(join(dir, folder, 'data'), 'of old');
    vi.stubEnv('PATH', dir);
    await expect(startAnyhow()).rejects.toThrow(sentence);
    await expect(startAnyhow()).rejects.toThrow('set DEWPOINT_DIR to a new folder to begin afresh');
  });

  test('is that of the engine that ran last, and not of the one that comes first', async () => {
    const first = await startAnyhow();
    await first.stop();
    await mkdir(join(dir, 'mongod'), { recursive: true });
    await writeFile(join(dir, 'mongod', 'left'), 'by a start of long ago');
    await writeFile(join(dir, 'mongod', 'mongod'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    vi.stubEnv('PATH', `${join(dir, 'mongod')}${delimiter}${process.env.PATH}`);
    expect((await startAnyhow()).kind).toBe(first.kind);
  });

  test('is not swapped for a database that MONGODB_URI names, nor back', async () => {
    await (await startAnyhow()).stop();
    const own = { MONGODB_URI: 'mongodb://elsewhere:27017/mine' };
    await expect(startAnyhow(own)).rejects.toThrow('unset MONGODB_URI to go on with it');
    dir = join(dir, 'other');
    await startAnyhow(own);
    await expect(startAnyhow()).rejects.toThrow('MONGODB_URI is not set: set it to go on');
    expect((await startAnyhow(own)).kind).toBe('external');
    dir = join(dir, '..');
  });
});
