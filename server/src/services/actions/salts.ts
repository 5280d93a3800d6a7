import { randomBytes } from 'node:crypto';
import type { Hex } from '@dewpoint/contracts/statement.ts';

const SALT_BYTES = 32;

/** Makes the salt of a new entry of the log. */
export const newSalt = (): Hex => `0x${randomBytes(SALT_BYTES).toString('hex')}`;
