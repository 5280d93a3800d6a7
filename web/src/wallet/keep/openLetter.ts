import { fourBytes, fromBase64, joined } from './bytes.ts';

/** What a letter says of itself, in its first part. */
interface LetterHeader {
  readonly alg: string;
  readonly enc: string;
  readonly epk: JsonWebKey;
  readonly apu?: string;
  readonly apv?: string;
}

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const KEY_BITS = 256;
const TAG_BITS = 128;

/** Makes the pair of keys for one letter. The private half can not leave the browser. */
export const newLetterKeys = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey(CURVE, false, ['deriveBits']);

/** The public half as JSON, which may be sent. */
export async function publicHalf({ publicKey }: CryptoKeyPair): Promise<string> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  return JSON.stringify({ kty, crv, x, y });
}

/** A text with its length before it. */
const measured = (bytes: Uint8Array): Uint8Array => joined(fourBytes(bytes.length), bytes);

/** Derives the key of a letter as RFC 7518, section 4.6, does: one round of SHA-256. */
async function letterKey(shared: Uint8Array, header: LetterHeader): Promise<CryptoKey> {
  const { enc, apu = '', apv = '' } = header;
  const about = joined(
    measured(new TextEncoder().encode(enc)),
    measured(fromBase64(apu)),
    measured(fromBase64(apv)),
    fourBytes(KEY_BITS),
  );
  const digest = await crypto.subtle.digest('SHA-256', joined(fourBytes(1), shared, about));
  return crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['decrypt']);
}

/**
 * Opens a letter that was closed for the public half of a pair: a JWE in compact form, by ECDH-ES and A256GCM.
 *
 * @throws for a letter of another kind, for other keys, and for one that was changed
 */
export async function openLetter(jwe: string, { privateKey }: CryptoKeyPair): Promise<string> {
  const [head = '', , iv = '', text = '', tag = ''] = jwe.split('.');
  const header = JSON.parse(new TextDecoder().decode(fromBase64(head))) as LetterHeader;
  if (header.alg !== 'ECDH-ES' || header.enc !== 'A256GCM') {
    throw new Error(`a letter by ${header.alg} and ${header.enc} can not be opened`);
  }
  const theirs = await crypto.subtle.importKey('jwk', header.epk, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits(
    { name: 'ECDH', public: theirs },
    privateKey,
    KEY_BITS,
  );
  const key = await letterKey(new Uint8Array(shared), header);
  const opened = await crypto.subtle.decrypt(
    {
      name: 'AES-GCM',
      iv: fromBase64(iv),
      additionalData: new TextEncoder().encode(head),
      tagLength: TAG_BITS,
    },
    key,
    joined(fromBase64(text), fromBase64(tag)),
  );
  return new TextDecoder().decode(opened);
}
