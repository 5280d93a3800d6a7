import { mongo } from 'mongoose';

/** MongoDB's code for a unique index that a write would break. */
const DUPLICATE_KEY = 11000;

/** Tells whether a unique index refused a write, which means that another write was first. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * Finds the positions in a bulk that a unique index refused.
 *
 * @throws the error itself when anything else went wrong as well
 */
export function duplicatesOf(error: unknown): number[] {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const failures = new Array<mongo.WriteError>().concat(error.writeErrors);
  if (failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return failures.map(({ index }) => index);
}
