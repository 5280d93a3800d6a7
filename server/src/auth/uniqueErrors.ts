import { APIError } from 'better-auth/api';
import type { DBAdapter } from 'better-auth';

const DUPLICATE_KEY = 11_000;

/** Tells whether the database refused a document because of a unique index. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;

const KNOWN_EMAIL = 'USER_ALREADY_EXISTS';

/** Tells whether a person was refused because its email is in use. */
export const isKnownEmail = (error: unknown): boolean =>
  error instanceof APIError && error.body?.code === KNOWN_EMAIL;

/**
 * Lets the library know a second person under one email. It looks first and writes then; the unique index alone decides between two
 * that sign up at the same time. It answers a FORBIDDEN of the database as it does one whom it found.
 */
export function withUniqueErrors(adapter: DBAdapter): DBAdapter {
  const guarded: DBAdapter = {
    ...adapter,
    create: async (args) => {
      try {
        return await adapter.create(args);
      } catch (error) {
        if (args.model !== 'user' || !isDuplicate(error)) throw error;
        throw new APIError('FORBIDDEN', {
          code: KNOWN_EMAIL,
          message: 'The email is in use.',
        });
      }
    },
    transaction: (work) => work(guarded),
  };
  return guarded;
}
