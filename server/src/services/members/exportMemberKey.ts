import type { Address } from '@dewpoint/contracts/statement.ts';
import { ServiceError, UserError, type ErrorCode } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import { show } from '../../domain/show.ts';
import type { EncryptionKey, MemberKeys, PublicKeyFlaw } from '../../ports/chain/memberKeys.ts';
import type { KeyExport, KeyExportStore, MemberStore } from '../../ports/stores/members.ts';
import type { Once } from '../transactions/once.ts';

/** A key on its way to its member. */
export interface ExportedKey {
  readonly account: Address;
  /** See `MemberKeys.encryptedKey`. */
  readonly jwe: string;
  readonly exportedAtMs: number;
}

/** What is known of the exports of a member. */
export interface KeyExportState {
  readonly account: Address;
  /** Of the last one; null while there was none. */
  readonly exportedAtMs: number | null;
}

/** Hands members the keys of their gasless accounts, so that they can do without the service. It keeps its own copies. */
export interface MemberKeyExport {
  /**
   * Encrypts the key of a member's gasless account to a key of the member's wallet.
   *
   * @param externalId Of the member that asks for itself.
   * @throws UserError NOT_FOUND, TOO_LONG, MALFORMED, IDEMPOTENCY_KEY_REUSED
   * @throws ServiceError QUOTA_USED_UP less than 24 hours after the last export, under another key or in another session
   */
  exportKey(
    program: Program,
    externalId: string,
    input: { readonly publicKey: string; readonly idempotencyKey: string },
  ): Promise<ExportedKey>;
  /** Reads what is known; null for a member of whom no action was recorded yet. */
  stateOf(program: Pick<Program, 'id'>, externalId: string): Promise<KeyExportState | null>;
}

const DAY_MS = 86_400_000;
/** A JWK of P-256 has less than 200; browsers add some. */
const MAX_PUBLIC_KEY_CHARACTERS = 1_000;

const EXPECTED =
  'it must be the JSON text of a public JWK such as {"kty":"EC","crv":"P-256","x":"...","y":"..."}';
/** None shows the text: it may be a whole pair of keys. */
const WORDS: Readonly<Record<PublicKeyFlaw, string>> = {
  NOT_JSON: `publicKey is no JSON object; ${EXPECTED}.`,
  HAS_PRIVATE_PART: `publicKey has the private part of a key, which must never leave the wallet; make a new pair of keys, and send its public half alone.`,
  NOT_P256: `publicKey is no key of the curve P-256; ${EXPECTED}, both coordinates with 43 characters of base64url.`,
  NOT_ON_CURVE: `publicKey has coordinates of no point on the curve P-256; ${EXPECTED}.`,
};

const refusal = (code: ErrorCode, field: string | null, message: string): UserError =>
  new UserError({ code, field, message });

export function createMemberKeyExport(deps: {
  members: Pick<MemberStore, 'findByExternalId'>;
  keyExports: KeyExportStore;
  memberKeys: MemberKeys;
  once: Once;
  wallNowMs: () => number;
}): MemberKeyExport {
  const { members, keyExports, memberKeys, once, wallNowMs } = deps;

  async function readKey(publicKey: string): Promise<EncryptionKey> {
    const { length } = publicKey;
    if (length > MAX_PUBLIC_KEY_CHARACTERS) {
      const message = `publicKey has ${length} characters; at most ${MAX_PUBLIC_KEY_CHARACTERS} are allowed.`;
      throw refusal('TOO_LONG', 'publicKey', message);
    }
    const { key, flaw } = await memberKeys.readPublicKey(publicKey);
    if (key !== null) return key;
    throw refusal('MALFORMED', 'publicKey', WORDS[flaw]);
  }

  /** Takes the member's turn of the day; an effect that has it goes on with it. */
  async function takeTurn(wanted: KeyExport): Promise<KeyExport> {
    const stands = await keyExports.claim(wanted, wanted.atMs - DAY_MS);
    if (stands.effectId === wanted.effectId) return stands;
    const nextAtMs = stands.atMs + DAY_MS;
    const iso = (ms: number): string => new Date(ms).toISOString();
    throw new ServiceError({
      code: 'QUOTA_USED_UP',
      message: `The key of this member was exported at ${iso(stands.atMs)}, and is exported once in 24 hours; ask again from ${iso(nextAtMs)} on.`,
      retryAfterMs: Math.max(1, nextAtMs - wanted.atMs),
    });
  }

  return {
    exportKey: async (program, externalId, { publicKey, idempotencyKey }) => {
      const to = await readKey(publicKey);
      const write = {
        ...{ owner: [program.id, externalId], kind: 'memberKeyExport', idempotencyKey },
        input: to,
      };
      // Kept for a day, so that all who ask under one key get the same text: it opens nothing without the wallet's own key.
      return once.run(write, async (effectId) => {
        const member = await members.findByExternalId(program.id, externalId);
        if (member === null) {
          const message = `The program has no member ${show(externalId)} yet, as none of its actions has been recorded; there is no account whose key could be exported.`;
          throw refusal('NOT_FOUND', null, message);
        }
        const { id: memberId, account } = member;
        const { atMs } = await takeTurn({ memberId, effectId, atMs: wallNowMs() });
        const { id: programId, chainId, address } = program;
        const of = { programId, memberId, chainId, program: address };
        return { account, jwe: await memberKeys.encryptedKey(of, to), exportedAtMs: atMs };
      });
    },
    stateOf: async ({ id }, externalId) => {
      const member = await members.findByExternalId(id, externalId);
      if (member === null) return null;
      const last = await keyExports.find(member.id);
      return { account: member.account, exportedAtMs: last?.atMs ?? null };
    },
  };
}
