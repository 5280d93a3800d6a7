import { createHash, randomBytes, randomInt } from 'node:crypto';
import { checkText, MAX_ID_CHARACTERS } from '../../domain/ids.ts';
import { UserError } from '../../domain/errors.ts';
import { createNextFlight } from '../../lib/nextFlight.ts';
import type { Program } from '../../domain/program.ts';
import type { ApiKeyRecord, ApiKeyStore, Scope } from '../../ports/stores/access.ts';

export interface ApiKeys {
  /**
   * Creates an API key and returns it. Only its hash is stored.
   *
   * @param name Says what the key is for, 1 to 128 characters.
   * @throws ServiceError for a name that is empty or too long
   */
  create(
    program: Pick<Program, 'id'>,
    name: string,
    scopes: readonly Scope[],
  ): Promise<{ readonly key: string; readonly record: ApiKeyRecord }>;
  /**
   * Finds the record of a key; null for one that is unknown or revoked. The database is asked after each call, once for
   * those that come together, so that a revocation holds from the next request on, on every server.
   */
  authenticate(key: string): Promise<ApiKeyRecord | null>;
  list(program: Pick<Program, 'id'>): Promise<ApiKeyRecord[]>;
  /** Revokes a key; false when there is none or it is revoked already. */
  revoke(program: Pick<Program, 'id'>, id: string): Promise<boolean>;
}

/** Names the key's purpose in a leaked file; live programs will have a prefix of their own. */
const PREFIX = 'dw_test_';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 190 bits: nobody guesses it, so that one round of SHA-256 is enough to keep it. */
const KEY_CHARACTERS = 32;
const ID_BYTES = 8;
const KEY = new RegExp(`^${PREFIX}[0-9A-Za-z]{${KEY_CHARACTERS}}$`);

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

const newKey = (): string => {
  const characters = Array.from({ length: KEY_CHARACTERS }, () => BASE62[randomInt(BASE62.length)]);
  return PREFIX + characters.join('');
};

export function createApiKeys(deps: { apiKeys: ApiKeyStore; wallNowMs?: () => number }): ApiKeys {
  const { apiKeys, wallNowMs = Date.now } = deps;
  const findByHash = createNextFlight((hash: string) => apiKeys.findByHash(hash));
  return {
    create: async (program, name, scopes) => {
      const refusal = checkText('name', name, MAX_ID_CHARACTERS);
      if (refusal !== null) throw new UserError({ ...refusal, field: 'name' });
      const key = newKey();
      const record: ApiKeyRecord = {
        id: `key_${randomBytes(ID_BYTES).toString('hex')}`,
        programId: program.id,
        name,
        hash: hashOf(key),
        scopes: [...scopes],
        createdAtMs: wallNowMs(),
        revokedAtMs: null,
      };
      await apiKeys.insert(record);
      return { key, record };
    },
    authenticate: async (key) => {
      if (!KEY.test(key)) return null;
      const record = await findByHash(hashOf(key));
      return record === null || record.revokedAtMs !== null ? null : record;
    },
    list: (program) => apiKeys.list(program.id),
    revoke: (program, id) => apiKeys.revoke(program.id, id, wallNowMs()),
  };
}
