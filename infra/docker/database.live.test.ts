import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const here = import.meta.dirname;

describe('starting MongoDB', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'dewpoint-mongod-'));
    // Stands for the entry point of the image: says what it was called with.
    const entryPoint = join(dir, 'docker-entrypoint.sh');
    writeFileSync(entryPoint, '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const start = (): string =>
    execFileSync('bash', [join(here, 'startMongod.sh'), 'mongod', '--replSet', 'x'], {
      encoding: 'utf8',
      env: { PATH: `${dir}:${process.env.PATH}`, KEY_FILE: join(dir, 'key') },
    }).trim();

  it('makes the key file once, for its owner alone, and hands over with it', () => {
    expect(start()).toBe(`mongod --replSet x --keyFile ${join(dir, 'key')}`);
    const key = readFileSync(join(dir, 'key'), 'utf8');
    // What MongoDB takes: 6 to 1,024 characters of base64.
    expect(key).toMatch(/^[A-Za-z0-9+/=]{600,1024}$/);
    expect(statSync(join(dir, 'key')).mode & 0o777).toBe(0o400);
    start();
    expect(readFileSync(join(dir, 'key'), 'utf8')).toBe(key);
  });
});

describe('setting MongoDB up', () => {
  const script = readFileSync(join(here, 'setUpMongod.js'), 'utf8');

  /** Runs the script on a database that remembers what it was told. */
  const setUp = (before: { initiated: boolean; user: boolean }): unknown[] => {
    const told: unknown[] = [];
    const admin = {
      runCommand: (command: Record<string, unknown>) => {
        if ('hello' in command) return { isWritablePrimary: true };
        if (!('replSetGetStatus' in command)) told.push(command);
        else if (!before.initiated) throw Object.assign(new Error('no set'), { code: 94 });
        return { ok: 1 };
      },
    };
    const database = {
      getUser: () => (before.user ? {} : null),
      createUser: (user: object) => told.push({ createUser: user }),
      updateUser: (name: string, user: object) => told.push({ updateUser: name, ...user }),
    };
    const getDB = (name: string): object => (name === 'admin' ? admin : database);
    runInNewContext(script, {
      process: { env: { MONGODB_ROOT_PASSWORD: 'r', MONGODB_PASSWORD: 'p' } },
      Mongo: class {
        getDB = getDB;
      },
      print: () => undefined,
      sleep: () => undefined,
      Date,
    });
    return told;
  };
  const roles = [{ role: 'readWrite', db: 'dewpoint' }];

  it('makes the set and a user who may use its own database only', () => {
    expect(setUp({ initiated: false, user: false })).toEqual([
      {
        replSetInitiate: { _id: 'dewpoint', members: [{ _id: 0, host: 'mongodb:27017' }] },
      },
      { createUser: { user: 'dewpoint', pwd: 'p', roles } },
    ]);
  });

  it('keeps what is there, and gives the user the password of today', () => {
    expect(setUp({ initiated: true, user: true })).toEqual([
      { updateUser: 'dewpoint', pwd: 'p', roles },
    ]);
  });
});
