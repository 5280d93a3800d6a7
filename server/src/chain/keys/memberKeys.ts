import { CompactEncrypt, importJWK } from 'jose';
import { z } from 'zod';
import type { EncryptionKey, MemberKeys, PublicKeyFlaw } from '../../ports/chain/memberKeys.ts';
import { addressOfPrivateKey } from './derivedKeys.ts';

/** What agrees on the key of a JWE, and what encrypts with it: both are in the WebCrypto of every browser. */
const AGREEMENT = 'ECDH-ES';
const HEADER = { alg: AGREEMENT, enc: 'A256GCM', typ: 'JWE' } as const;
/** 32 bytes in base64url. */
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** A browser adds fields of its own, such as `ext`. */
const p256Key = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
});
/** Fields of a JWK, of any kind, that are for its owner alone. */
const PRIVATE_FIELDS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const importKey = ({ x, y }: EncryptionKey): ReturnType<typeof importJWK> =>
  importJWK({ kty: 'EC', crv: 'P-256', x, y }, AGREEMENT);

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null; // answered as every other text that is no object
  }
};

const flawed = (flaw: PublicKeyFlaw): { readonly key: null; readonly flaw: PublicKeyFlaw } => ({
  key: null,
  flaw,
});

/** @param privateKeyOf Derives the key of a member's gasless account. */
export function createMemberKeys(
  privateKeyOf: (programId: string, memberId: string) => Buffer,
): MemberKeys {
  return {
    readPublicKey: async (text) => {
      const given = jsonIn(text);
      if (typeof given !== 'object' || given === null || Array.isArray(given)) {
        return flawed('NOT_JSON');
      }
      if (PRIVATE_FIELDS.some((field) => field in given)) return flawed('HAS_PRIVATE_PART');
      const read = p256Key.safeParse(given);
      if (!read.success) return flawed('NOT_P256');
      const { x, y } = read.data;
      try {
        await importKey({ x, y });
      } catch {
        return flawed('NOT_ON_CURVE'); // the only thing that is left to be wrong
      }
      return { key: { x, y }, flaw: null };
    },
    encryptedKey: async ({ programId, memberId, chainId, program }, to) => {
      const privateKey = privateKeyOf(programId, memberId);
      const account = addressOfPrivateKey(privateKey);
      const plain = { program, chainId, account, privateKey: `0x${privateKey.toString('hex')}` };
      return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(plain)))
        .setProtectedHeader(HEADER)
        .encrypt(await importKey(to));
    },
  };
}
