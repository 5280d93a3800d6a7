import { createHash } from 'node:crypto';

/** Hashes what a value is as JSON, to hex: the same for the same parts in the same order, and for no others. */
export const sha256OfJson = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');
