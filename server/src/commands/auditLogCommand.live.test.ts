import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuditLog } from '../services/auditLog/auditLog.ts';
import { connectStore, type Store } from '../store/connect.ts';
import { runAuditLog } from './auditLogCommand.ts';

const uri = testDatabaseUri();
let store: Store;
let client: MongoClient;
beforeAll(async () => {
  store = await connectStore(uri);
  client = await new MongoClient(uri).connect();
});
afterAll(async () => {
  await client.close();
  await store.close();
});

async function run(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runAuditLog(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: { MONGODB_URI: uri },
  });
  return { exitCode, stdout, stderr };
}

const write = (organisationId: string): Promise<number> =>
  createAuditLog({ ...store, wallNowMs: () => 1_000 }).record(
    {
      ...{ organisationId, environment: 'test', programId: null, mutation: 'itemAdd', input: {} },
      actor: { kind: 'KEY', id: 'key_1', name: 'till' },
      from: { ip: null, userAgent: null, requestId: null },
      state: () => Promise.resolve(null),
      outcomeOf: () => ({ userErrors: [], transactionId: null }),
    },
    () => Promise.resolve(1),
  );

it('says which logs are whole, and shows one that was changed or written anew', async () => {
  expect(await run('verify')).toMatchObject({ exitCode: 0, stderr: '' });
  for (const organisationId of ['org_a', 'org_a', 'org_b']) await write(organisationId);
  const whole = await run('verify');
  expect(whole.exitCode).toBe(0);
  const [, head = ''] = /^org_a {2}whole, 4 entries {2}(4:[0-9a-f]{64})$/m.exec(whole.stdout) ?? [];
  expect(whole.stdout).toMatch(/^org_b {2}whole, 2 entries {2}2:[0-9a-f]{64}$/m);
  expect((await run('verify', '--organisation', 'org_a', '--head', head)).exitCode).toBe(0);

  const entries = client.db().collection('auditEntries');
  await entries.updateOne({ organisationId: 'org_b', seq: 1 }, { $set: { mutation: 'other' } });
  const changed = await run('verify');
  expect(changed.exitCode).toBe(1);
  expect(changed.stdout).toMatch(/^org_a {2}whole/m);
  expect(changed.stdout).toMatch(/^org_b {2}broken at entry 1: it is not what was written/m);

  // All of it replaced, what was noted of its end as well: only a line that was kept elsewhere shows it.
  await entries.deleteMany({ organisationId: 'org_a' });
  await client.db().collection<{ _id: string }>('auditHeads').deleteOne({ _id: 'org_a' });
  for (const organisationId of ['org_a', 'org_a', 'org_a']) await write(organisationId);
  expect((await run('verify', '--organisation', 'org_a')).exitCode).toBe(0);
  const anew = await run('verify', '--organisation', 'org_a', '--head', `4:${'0'.repeat(64)}`);
  expect(anew).toMatchObject({ exitCode: 1 });
  expect(anew.stdout).toContain('was written anew');
});

it('says what would be right', async () => {
  for (const args of [
    ['dance'],
    ['verify', '--head', '1'],
    ['verify', '--organisation', 'org_a', '--head', 'x'],
    ['verify', '--wrong'],
  ]) {
    const { exitCode, stdout, stderr } = await run(...args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});
