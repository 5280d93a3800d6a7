import { mongo } from 'mongoose';
import { expect, it } from 'vitest';
import { duplicatesOf } from './duplicateKeys.ts';

const DUPLICATE = 11_000;
const TOO_LARGE = 10_334;

/** As the driver makes it when the server has refused some writes of a bulk. */
function refused(...codes: number[]): mongo.MongoBulkWriteError {
  const writeErrors = codes.map((code, index) => ({ index: index * 2, code }));
  return new mongo.MongoBulkWriteError(
    { message: 'some writes failed', code: codes[0] ?? 0, writeErrors } as never,
    { getWriteConcernError: () => undefined } as never,
  );
}

it('finds the writes that a unique index refused', () => {
  expect(duplicatesOf(refused(DUPLICATE, DUPLICATE))).toEqual([0, 2]);
});

it('takes no bulk for written of which the database did not answer', () => {
  // The driver puts whatever befell the connection into the same kind of error, with no refused write in it.
  const network = new mongo.MongoNetworkError('connection 7 to 127.0.0.1 closed');
  const error = new mongo.MongoBulkWriteError(network, {} as never);
  expect(() => duplicatesOf(error)).toThrow(error);
});

it('takes no bulk for written that is not durable, or failed otherwise besides', () => {
  const notDurable = refused(DUPLICATE);
  notDurable.result = { getWriteConcernError: () => ({ code: 64 }) } as never;
  for (const error of [notDurable, refused(DUPLICATE, TOO_LARGE), new Error('else')]) {
    expect(() => duplicatesOf(error)).toThrow(error);
  }
});
