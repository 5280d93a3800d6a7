import { mongo } from 'mongoose';
import { ServiceError } from '../../domain/errors.ts';

/** When to come again: the driver looks for a database that is gone all the time, and finds one that is back at once. */
const RETRY_AFTER_MS = 2_000;

/** What the driver says when it reaches no server, or loses it in the middle of a call. */
const AWAY = [
  mongo.MongoServerSelectionError,
  mongo.MongoNetworkError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
  mongo.MongoClientClosedError,
  mongo.MongoServerClosedError,
  mongo.MongoOperationTimeoutError,
  // Acknowledged by fewer servers than are needed to keep it.
  mongo.MongoWriteConcernError,
] as const;
/** The same, of classes that the driver does not export. */
const AWAY_NAMES: ReadonlySet<string> = new Set([
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
]);
/** What a server says that shuts down, starts, or is no primary any more (retryable writes and reads, in MongoDB's words). */
const AWAY_CODES: ReadonlySet<unknown> = new Set([
  6, 7, 64, 89, 91, 134, 189, 262, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436,
]);
/** What the system says of a connection that was lost just before it was written to: the driver hands that on as it is. */
const SOCKET_CODES: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
]);
const AWAY_LABELS = ['RetryableWriteError', 'SystemOverloadedError'] as const;

function isAway(error: unknown): boolean {
  if (!(error instanceof mongo.MongoError)) {
    return error instanceof Error && 'code' in error && SOCKET_CODES.has(error.code);
  }
  if (AWAY.some((kind) => error instanceof kind) || AWAY_NAMES.has(error.name)) return true;
  if (AWAY_LABELS.some((label) => error.hasErrorLabel(label)) || AWAY_CODES.has(error.code)) {
    return true;
  }
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  // The driver puts whatever befell the connection into an error of the bulk with no failure in it.
  const failures = new Array<mongo.WriteError>().concat(error.writeErrors);
  return failures.length === 0 || failures.some(({ code }) => AWAY_CODES.has(code));
}

/** Converts the driver's error of a database that is away to the typed one; any other is returned as it is. */
export function toDatabaseError(error: unknown): unknown {
  if (!isAway(error)) return error;
  return new ServiceError({
    code: 'DATABASE_UNAVAILABLE',
    message:
      'The database does not answer. The request may have been done; repeat it after "retryAfterMs", it never counts twice.',
    retryAfterMs: RETRY_AFTER_MS,
    cause: error,
  });
}

type Method = (...args: unknown[]) => unknown;

function typed(method: Method): Method {
  return function (this: unknown, ...args) {
    try {
      const result = method.apply(this, args);
      if (!(result instanceof Promise)) return result;
      return result.catch((error: unknown) => {
        throw toDatabaseError(error);
      });
    } catch (error) {
      throw toDatabaseError(error);
    }
  };
}

const mapped = (of: object, change: (member: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(of).map(([name, member]) => [name, change(member)]));

/** Lets every method of these stores throw ServiceError DATABASE_UNAVAILABLE while the database is away. */
export function withTypedErrors<Stores extends object>(stores: Stores): Stores {
  return mapped(stores, (store) =>
    mapped(store as object, (member) =>
      typeof member === 'function' ? typed(member as Method) : member,
    ),
  ) as Stores;
}
