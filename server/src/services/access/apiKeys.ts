import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { refuseIfAny } from '../../domain/errors.ts';
import { createNextFlight } from '../../lib/nextFlight.ts';
import type { Program } from '../../domain/program.ts';
import type { KeyScope } from '../../domain/organisations/scopes.ts';
import type { ApiKeyRecord, ApiKeyStore, KeyHome, KeyOwner } from '../../ports/stores/access.ts';
import { checkKeyName, hashOfKey, isKeyText, keyText } from './keyText.ts';

export interface ApiKeys {
  /**
   * Creates an API key and returns it. Only its hash is stored.
   *
   * @param name Says what the key is for, 1 to 128 characters.
   * @throws ServiceError for a name that is empty or too long
   */
  create(
    owner: KeyOwner,
    name: string,
    scopes: readonly KeyScope[],
  ): Promise<{ readonly key: string; readonly record: ApiKeyRecord }>;
  /**
   * Finds the record of a key; null for one that is unknown, revoked or expired. The database is asked after each call, once for
   * those that come together, so that a revocation holds from the next request on, on every server.
   */
  authenticate(key: string): Promise<ApiKeyRecord | null>;
  /** Lists the keys of an organisation in an environment, oldest first. */
  list(home: KeyHome): Promise<ApiKeyRecord[]>;
  /** Revokes a key; false when there is none or it is revoked already. */
  revoke(home: KeyHome, id: string): Promise<boolean>;
}

/** Makes a key's owner for one program alone. */
export const keyOwner = ({
  id,
  organisationId,
  environment,
}: Pick<Program, 'id' | 'organisationId' | 'environment'>): KeyOwner => ({
  organisationId,
  environment,
  programId: id,
});

const ID_BYTES = 8;
const SECRET_BYTES = 64;
/** A key in use is noted as used once in so long. */
const TOUCH_EVERY_MS = 60_000;
const MAX_TOUCHED = 10_000;

/** Tells whether a key opens anything at this time. */
export const isGoodAt = (
  { revokedAtMs, expiresAtMs }: Pick<ApiKeyRecord, 'revokedAtMs' | 'expiresAtMs'>,
  nowMs: number,
): boolean => revokedAtMs === null && (expiresAtMs === null || expiresAtMs > nowMs);

export function createApiKeys(deps: { apiKeys: ApiKeyStore; wallNowMs?: () => number }): ApiKeys {
  const { apiKeys, wallNowMs = Date.now } = deps;
  const findByHash = createNextFlight((hash: string) => apiKeys.findByHash(hash));
  const touchedAtMs = new LRUCache<string, number>({ max: MAX_TOUCHED });

  /** Nobody waits for it: a note that fails is made with the next call. */
  function touch({ id, lastUsedAtMs }: ApiKeyRecord, nowMs: number): void {
    const lastMs = Math.max(touchedAtMs.get(id) ?? 0, lastUsedAtMs ?? 0);
    if (nowMs - lastMs < TOUCH_EVERY_MS) return;
    touchedAtMs.set(id, nowMs);
    apiKeys.touch(id, nowMs).catch(() => touchedAtMs.delete(id));
  }

  return {
    create: async ({ organisationId, environment, programId }, name, scopes) => {
      refuseIfAny([checkKeyName(name)]);
      const key = keyText(environment, randomBytes(SECRET_BYTES));
      const record: ApiKeyRecord = {
        id: `key_${randomBytes(ID_BYTES).toString('hex')}`,
        organisationId,
        environment,
        programId,
        name,
        hash: hashOfKey(key),
        scopes: [...scopes],
        createdAtMs: wallNowMs(),
        expiresAtMs: null,
        revokedAtMs: null,
        lastUsedAtMs: null,
      };
      await apiKeys.insert(record);
      return { key, record };
    },
    authenticate: async (key) => {
      if (!isKeyText(key)) return null;
      const record = await findByHash(hashOfKey(key));
      const nowMs = wallNowMs();
      if (record === null || !isGoodAt(record, nowMs)) return null;
      touch(record, nowMs);
      return record;
    },
    list: (home) => apiKeys.list(home),
    revoke: (home, id) => apiKeys.revoke(home, id, wallNowMs()),
  };
}
