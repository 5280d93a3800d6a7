import { mongo } from 'mongoose';
import { expect, it } from 'vitest';
import { toDatabaseError, withTypedErrors } from './databaseAway.ts';

const network = new mongo.MongoNetworkError('connection 7 to 127.0.0.1 closed');
const serverSays = (code: number): mongo.MongoServerError =>
  new mongo.MongoServerError({ message: 'no', code });

it.each([
  ['no server is found', new mongo.MongoServerSelectionError('connect ECONNREFUSED', {} as never)],
  ['a connection is lost', network],
  ['a connection is lost during a bulk', new mongo.MongoBulkWriteError(network, {} as never)],
  [
    'the other end has closed the connection',
    Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' }),
  ],
  ['the server shuts down', serverSays(11_600)],
  ['the server is no primary any more', serverSays(10_107)],
])('a database is away when %s', (_what, error) => {
  expect(toDatabaseError(error)).toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    retryAfterMs: expect.any(Number) as number,
    cause: error,
  });
});

it.each([
  ['a write that a unique index refuses', serverSays(11_000)],
  ['a wrong operator', serverSays(2)],
  ['a broken invariant', new Error('never')],
])('%s stays what it is', (_what, error) => {
  expect(toDatabaseError(error)).toBe(error);
});

it('every method of every store throws the typed error, and gives what it gives', async () => {
  const failing = { count: 3, at: () => Promise.reject(network), now: () => 7 };
  const { one, two } = withTypedErrors({ one: failing, two: { of: (n: number) => n * 2 } });
  await expect(one.at()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  expect([one.count, one.now(), two.of(4)]).toEqual([3, 7, 8]);
});
