import { createHash, createHmac } from 'node:crypto';

/** Tokens of one kind, such as those of members' sessions: bearers of them are let in, and only their hashes are stored. */
export interface SecretTokens {
  /**
   * Makes the token of an id. It is the same each time and on every server, so that a repeated call is answered alike without the
   * token being kept.
   */
  tokenOf(id: string): string;
  /** Makes what is stored of a token; null for a text that is none of this kind. */
  hashOf(token: string): string | null;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = BigInt(BASE62.length);
/** 190 bits: nobody guesses it, so that one round of SHA-256 is enough to keep it. */
const CHARACTERS = 32;

/**
 * Creates the tokens of a kind.
 *
 * @param prefix Names the token's purpose in a leaked file.
 * @param secret 32 bytes that are for this kind alone.
 */
export function createSecretTokens(prefix: string, secret: Uint8Array): SecretTokens {
  const shape = new RegExp(`^${prefix}[0-9A-Za-z]{${CHARACTERS}}$`);
  return {
    tokenOf: (id) => {
      // 512 bits to reduce from: no token is noticeably likelier than another.
      let rest = BigInt(`0x${createHmac('sha512', secret).update(id).digest('hex')}`);
      let token = prefix;
      for (let place = 0; place < CHARACTERS; place += 1) {
        token += BASE62[Number(rest % BASE)];
        rest /= BASE;
      }
      return token;
    },
    hashOf: (token) =>
      shape.test(token) ? createHash('sha256').update(token).digest('hex') : null,
  };
}
