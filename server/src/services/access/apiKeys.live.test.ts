import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectStore, type Store } from '../../store/connect.ts';
import type { KeyOwner } from '../../ports/stores/access.ts';
import { createApiKeys, type ApiKeys } from './apiKeys.ts';

const OWNER: KeyOwner = {
  organisationId: 'org_0000000000000001',
  environment: 'test',
  programId: 'prg_0000000000000001',
};

let store: Store;
let keys: ApiKeys;
beforeAll(async () => {
  store = await connectStore(testDatabaseUri());
  keys = createApiKeys({ apiKeys: store.apiKeys, wallNowMs: () => 1_000 });
});
afterAll(() => store.close());

describe('an API key', () => {
  it('is shown once and stored as a hash only', async () => {
    const { key, record } = await keys.create(OWNER, 'app', ['actions:write']);
    expect(key).toMatch(/^dw_test_[0-9A-Za-z]{32}$/);
    expect(record.id).toMatch(/^key_[0-9a-f]{16}$/);
    expect(await keys.list(OWNER)).toEqual([record]);
    expect(JSON.stringify(await store.apiKeys.list(OWNER))).not.toContain(key);
    expect(await keys.authenticate(key)).toEqual(record);
  });

  it('that is wrong in any character is nobody', async () => {
    const { key } = await keys.create(OWNER, 'app', []);
    const wrong = key.endsWith('a') ? `${key.slice(0, -1)}b` : `${key.slice(0, -1)}a`;
    for (const bad of [wrong, '', key.toUpperCase(), `${key}a`, key.slice(8), `${key}\n`]) {
      expect(await keys.authenticate(bad)).toBeNull();
    }
  });

  it('is void from the next call on once it is revoked, on every server', async () => {
    const { key, record } = await keys.create(OWNER, 'app', ['members:read']);
    const other = createApiKeys({ apiKeys: store.apiKeys });
    expect(await other.authenticate(key)).toEqual(record);
    expect(await keys.revoke({ ...OWNER, organisationId: 'org_other' }, record.id)).toBe(false);
    expect(await keys.revoke({ ...OWNER, environment: 'live' }, record.id)).toBe(false);
    expect(await keys.revoke(OWNER, record.id)).toBe(true);
    expect(await other.authenticate(key)).toBeNull();
    expect(await keys.authenticate(key)).toBeNull();
    expect(await keys.revoke(OWNER, record.id)).toBe(false);
  });

  it('needs a name', async () => {
    await expect(keys.create(OWNER, '', [])).rejects.toMatchObject({
      refusals: [{ code: 'REQUIRED' }],
    });
    const long = keys.create(OWNER, 'x'.repeat(129), []);
    await expect(long).rejects.toMatchObject({ refusals: [{ code: 'TOO_LONG', field: 'name' }] });
  });
});
