import { createHash } from 'node:crypto';
import { refuseIfAny, UserError, type Refusal } from '../../domain/errors.ts';
import type { KeyScope } from '../../domain/organisations/scopes.ts';
import type { Program } from '../../domain/program.ts';
import type { KeySecrets } from '../../ports/keySecrets.ts';
import type { ApiKeyRecord, ApiKeyStore, KeyHome } from '../../ports/stores/access.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import type { Once } from '../transactions/once.ts';
import { inTurn } from '../worker/inTurn.ts';
import { isGoodAt } from './apiKeys.ts';
import { checkKeyName, hashOfKey, keyText } from './keyText.ts';

/** What a new key is to be. */
export interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** The only program that it opens; null for all of the organisation in the environment. */
  readonly programId: string | null;
  /** Unix milliseconds; null for a key that does not end by itself. */
  readonly expiresAtMs: number | null;
  readonly idempotencyKey: string;
}

/** What a key is replaced with. */
export interface RotationRequest {
  readonly id: string;
  /** When the new key ends; null for one that does not end by itself. Unix milliseconds. */
  readonly expiresAtMs: number | null;
  /** Hours for which the old key stays good, 1 to {@link MAX_OLD_GOOD_HOURS}. */
  readonly oldGoodForHours: number;
  readonly idempotencyKey: string;
}

/** A key with its record. */
export interface MadeKey {
  /** The key itself: it is in the answers to this idempotency key for a day, and nowhere else. */
  readonly key: string;
  readonly record: ApiKeyRecord;
}

/** Makes and ends the keys of an organisation in an environment. All of it is safe to repeat. */
export interface KeyManager {
  /** @throws UserError REQUIRED, TOO_LONG, MALFORMED, OUT_OF_RANGE, NOT_FOUND, TOO_MANY_KEYS, IDEMPOTENCY_KEY_REUSED */
  create(home: KeyHome, request: KeyRequest): Promise<MadeKey>;
  /**
   * Makes another key with the name, the program and the scopes of this one. Both are good until the old one ends.
   *
   * @throws UserError NOT_FOUND for a key that is not good any more, OUT_OF_RANGE, TOO_MANY_KEYS, IDEMPOTENCY_KEY_REUSED
   */
  rotate(
    home: KeyHome,
    request: RotationRequest,
  ): Promise<MadeKey & { readonly old: ApiKeyRecord }>;
  /** Ends a key with the next request, on every server. @throws UserError NOT_FOUND, IDEMPOTENCY_KEY_REUSED */
  revoke(
    home: KeyHome,
    request: { readonly id: string; readonly idempotencyKey: string },
  ): Promise<ApiKeyRecord>;
  /** Finds a key; null when the organisation has none of this id in the environment. */
  find(home: KeyHome, id: string): Promise<ApiKeyRecord | null>;
  /** Lists keys, newest first, one more than asked for when another page follows. */
  page: ApiKeyStore['page'];
}

/** Keys that an organisation may have in an environment that are neither revoked nor expired. */
export const MAX_GOOD_KEYS = 100;
/** A week: long enough for every till, short enough that nobody forgets. */
export const MAX_OLD_GOOD_HOURS = 168;

const HOUR_MS = 3_600_000;
const ID_DIGITS = 16;
/** What is kept of a write: with it and the keystore the key is made again for as long as that is kept. */
interface Made {
  readonly id: string;
  readonly effectId: string;
}

/** Says nothing of what it is made from, which makes the key. */
const keyIdOf = (effectId: string): string =>
  `key_${createHash('sha256').update(effectId).digest('hex').slice(0, ID_DIGITS)}`;

const notFound = (field: string, message: string): UserError =>
  new UserError({ code: 'NOT_FOUND', field, message });
const noSuchKey = (): UserError =>
  notFound('id', 'There is no such key that is still good; "apiKeys" lists those that are.');

const tooMany = (): UserError =>
  new UserError({
    code: 'TOO_MANY_KEYS',
    field: null,
    message: `There are ${MAX_GOOD_KEYS} good keys in this environment, which is the most; revoke one that is not used any more.`,
  });

const checkScopes = (scopes: readonly KeyScope[]): Refusal | null =>
  scopes.length > 0
    ? null
    : { code: 'REQUIRED', field: 'scopes', message: 'scopes is empty; a key needs at least one.' };

const checkEnd = (expiresAtMs: number | null, nowMs: number): Refusal | null =>
  expiresAtMs === null || expiresAtMs > nowMs
    ? null
    : {
        code: 'OUT_OF_RANGE',
        field: 'expiresAt',
        message: `expiresAt must be later than now, ${new Date(nowMs).toISOString()}.`,
      };

const checkHours = (hours: number): Refusal | null =>
  hours >= 1 && hours <= MAX_OLD_GOOD_HOURS
    ? null
    : {
        code: 'OUT_OF_RANGE',
        field: 'oldGoodForHours',
        message: `oldGoodForHours is ${hours}; it must be from 1 to ${MAX_OLD_GOOD_HOURS}.`,
      };

export function createKeyManager(deps: {
  apiKeys: ApiKeyStore;
  programs: { get(programId: string): Promise<Program | null> };
  leases: LeaseStore;
  once: Once;
  keySecrets: KeySecrets;
  wallNowMs: () => number;
}): KeyManager {
  const { apiKeys, programs, leases, once, keySecrets, wallNowMs } = deps;

  /** The key itself. Once the idempotency record is gone, so is the effectId, and it can't be made any more. */
  const textOf = ({ organisationId, environment }: KeyHome, effectId: string): string =>
    keyText(environment, keySecrets.bytesFor([organisationId, environment, effectId]));

  /** Stores a key under the name of its effect: doing it again adds nothing. */
  async function store(
    home: KeyHome,
    effectId: string,
    fields: Pick<ApiKeyRecord, 'name' | 'scopes' | 'programId' | 'expiresAtMs'>,
  ): Promise<Made> {
    const id = keyIdOf(effectId);
    const turn = `apiKeys:${home.organisationId}:${home.environment}`;
    await inTurn({ leases, wallNowMs }, turn, async () => {
      const nowMs = wallNowMs();
      if ((await apiKeys.find(home, id)) !== null) return;
      if ((await apiKeys.countGood(home, nowMs)) >= MAX_GOOD_KEYS) throw tooMany();
      await apiKeys.insert({
        ...{ id, ...fields, createdAtMs: nowMs, revokedAtMs: null, lastUsedAtMs: null },
        ...{ organisationId: home.organisationId, environment: home.environment },
        hash: hashOfKey(textOf(home, effectId)),
      });
    });
    return { id, effectId };
  }

  const found = async (home: KeyHome, id: string): Promise<ApiKeyRecord> => {
    const record = await apiKeys.find(home, id);
    if (record === null) throw noSuchKey();
    return record;
  };

  async function checkProgram(home: KeyHome, programId: string | null): Promise<void> {
    if (programId === null) return;
    const program = await programs.get(programId);
    const isTheirs =
      program?.organisationId === home.organisationId && program.environment === home.environment;
    if (!isTheirs) {
      throw notFound(
        'programId',
        'There is no such program in this organisation and environment; leave programId out for all of them.',
      );
    }
  }

  const named = (home: KeyHome, kind: string, idempotencyKey: string, input: unknown) => ({
    owner: [home.organisationId, home.environment],
    ...{ kind, idempotencyKey, input },
  });

  return {
    create: async (home, { idempotencyKey, ...input }) => {
      const { name, scopes, programId, expiresAtMs } = input;
      const write = named(home, 'apiKeyCreate', idempotencyKey, input);
      const { id, effectId } = await once.run(write, async (effect) => {
        refuseIfAny([checkKeyName(name), checkScopes(scopes), checkEnd(expiresAtMs, wallNowMs())]);
        await checkProgram(home, programId);
        return store(home, effect, { name, scopes: [...new Set(scopes)], programId, expiresAtMs });
      });
      return { key: textOf(home, effectId), record: await found(home, id) };
    },
    rotate: async (home, { idempotencyKey, ...input }) => {
      const write = named(home, 'apiKeyRotate', idempotencyKey, input);
      const { id, effectId } = await once.run(write, async (effect) => {
        const nowMs = wallNowMs();
        const { expiresAtMs } = input;
        refuseIfAny([checkHours(input.oldGoodForHours), checkEnd(expiresAtMs, nowMs)]);
        const old = await found(home, input.id);
        if (!isGoodAt(old, nowMs)) throw noSuchKey();
        const { name, scopes, programId } = old;
        const made = await store(home, effect, { name, scopes, programId, expiresAtMs });
        await apiKeys.expire(home, old.id, nowMs + input.oldGoodForHours * HOUR_MS);
        return made;
      });
      return {
        key: textOf(home, effectId),
        record: await found(home, id),
        old: await found(home, input.id),
      };
    },
    revoke: async (home, { id, idempotencyKey }) => {
      await once.run(named(home, 'apiKeyRevoke', idempotencyKey, { id }), async () => {
        await found(home, id);
        await apiKeys.revoke(home, id, wallNowMs());
        return null;
      });
      return found(home, id);
    },
    find: (home, id) => apiKeys.find(home, id),
    page: (home, page) => apiKeys.page(home, page),
  };
}
