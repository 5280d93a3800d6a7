import { mongo } from 'mongoose';

/** MongoDB's code for a unique index that a write would break. */
const DUPLICATE_KEY = 11000;

/** Whether a write was refused by a unique index, which is how this service finds out that something was there first. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * Positions in a bulk that were refused by a unique index.
 *
 * @throws the error itself when anything else went wrong as well
 */
export function duplicatesOf(error: unknown): number[] {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const failures = new Array<mongo.WriteError>().concat(error.writeErrors);
  if (failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return failures.map(({ index }) => index);
}
