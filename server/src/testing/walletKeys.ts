/** What a wallet in a browser does to get a member's key: nothing but WebCrypto, as docs/without-the-server.md shows it. */

/** What is in an exported key. */
export interface OpenedKey {
  readonly program: string;
  readonly chainId: number;
  readonly account: string;
  readonly privateKey: string;
}

/** A pair of keys of which the wallet sends one half. */
export interface WalletKeys {
  /** JSON text of the JWK. */
  readonly publicKey: string;
  open(jwe: string): Promise<OpenedKey>;
}

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const KEY_BITS = 256;

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(base64url, 'base64url'));
const uint32 = (value: number): number[] => [0, 0, value >> 8, value & 0xff];

/** Agrees on a key by ECDH and derives it with the one round of Concat KDF that 256 bits take (RFC 7518, 4.6). */
async function agreedKey(secret: CryptoKey, epk: JsonWebKey, enc: string): Promise<CryptoKey> {
  const sender = await crypto.subtle.importKey('jwk', epk, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: sender }, secret, KEY_BITS);
  const algorithm = [...uint32(enc.length), ...Buffer.from(enc)];
  const input = [...uint32(1), ...new Uint8Array(shared), ...algorithm];
  const digest = await crypto.subtle.digest(
    'SHA-256',
    Uint8Array.from([...input, ...uint32(0), ...uint32(0), ...uint32(KEY_BITS)]),
  );
  return crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['decrypt']);
}

/** Makes a pair of keys, as a page does for one export. */
export async function newWalletKeys(): Promise<WalletKeys> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return {
    publicKey: JSON.stringify(jwk),
    open: async (jwe) => {
      const [header = '', , iv = '', ciphertext = '', tag = ''] = jwe.split('.');
      const { epk, enc } = JSON.parse(Buffer.from(header, 'base64url').toString()) as {
        epk: JsonWebKey;
        enc: string;
      };
      const key = await agreedKey(pair.privateKey, epk, enc);
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: bytesOf(iv), additionalData: Uint8Array.from(Buffer.from(header)) },
        key,
        Buffer.concat([bytesOf(ciphertext), bytesOf(tag)]),
      );
      return JSON.parse(Buffer.from(plain).toString()) as OpenedKey;
    },
  };
}
