import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { LOCALHOST } from '../processes/ports.ts';
import type {} from './sharedDatabase.ts';

/** @returns the URI of a new, empty database on the server that all test files share */
export const testDatabaseUri = (): string => {
  const port: number | undefined = inject('sharedDatabasePort');
  if (port === undefined) throw new Error('Only a *.live.test.ts has a database.');
  return `mongodb://${LOCALHOST}:${port}/test-${randomUUID()}?directConnection=true`;
};
