import { createHash } from 'node:crypto';
import type { Refusal } from '../../domain/errors.ts';
import { checkText, MAX_ID_CHARACTERS } from '../../domain/ids.ts';
import type { Environment } from '../../domain/environment.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = BigInt(BASE62.length);
/** 190 bits: nobody guesses it, so that one round of SHA-256 is enough to keep it. */
const KEY_CHARACTERS = 32;
const KEY = new RegExp(`^dw_(test|live)_[0-9A-Za-z]{${KEY_CHARACTERS}}$`);

/**
 * Writes an API key. It begins with what it is, for those who find it in a leaked file.
 *
 * @param secret 64 bytes, of which no key is noticeably likelier than another.
 */
export function keyText(environment: Environment, secret: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(secret).toString('hex')}`);
  let characters = '';
  for (let index = 0; index < KEY_CHARACTERS; index += 1) {
    characters += BASE62[Number(rest % BASE)];
    rest /= BASE;
  }
  return `dw_${environment}_${characters}`;
}

/** Tells whether a text has the form of an API key. */
export const isKeyText = (text: string): boolean => KEY.test(text);

/** What is stored of a key. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Refuses a name that is empty or too long, in the field `name`. */
export function checkKeyName(name: string): Refusal | null {
  const refusal = checkText('name', name, MAX_ID_CHARACTERS);
  return refusal === null ? null : { ...refusal, field: 'name' };
}
