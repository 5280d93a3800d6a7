import { mongo } from 'mongoose';

/** MongoDB's code for a unique index that a write would break. */
const DUPLICATE_KEY = 11000;

/** Tells whether a unique index refused a write, which means that another write was first. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * Finds the positions in a bulk that a unique index refused. All others are written and durable.
 *
 * @throws the error itself when anything else went wrong, also besides
 */
export function duplicatesOf(error: unknown): number[] {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const failures = new Array<mongo.WriteError>().concat(error.writeErrors);
  // The driver makes the same kind of error, without any failure in it, of a database that did not answer.
  if (failures.length === 0) throw error;
  if (failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  if (error.result.getWriteConcernError() !== undefined) throw error;
  return failures.map(({ index }) => index);
}
