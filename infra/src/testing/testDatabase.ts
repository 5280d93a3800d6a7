import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { LOCALHOST } from '../processes/ports.ts';
import type {} from './sharedDatabase.ts';

/** @returns the URI of a new, empty database on the server that all test files share */
export const testDatabaseUri = (): string =>
  `mongodb://${LOCALHOST}:${inject('sharedDatabasePort')}/test-${randomUUID()}?directConnection=true`;
