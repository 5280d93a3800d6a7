import type { Request } from 'express';
import { ServiceError } from '../domain/errors.ts';
import type { Program } from '../domain/program.ts';
import type { Caller } from '../graphql/core/context.ts';
import type { ApiKeyRecord } from '../ports/stores/access.ts';

/** Finds the keys and programs of requests. */
export interface Directory {
  /** Finds the record of a key; null for one that is unknown or revoked. */
  authenticate(key: string): Promise<ApiKeyRecord | null>;
  get(programId: string): Promise<Program | null>;
}

const BEARER = /^Bearer +(\S+) *$/i;

const unauthenticated = (message: string): ServiceError =>
  new ServiceError({ code: 'UNAUTHENTICATED', message });

/**
 * Finds the API key of a request and its program; null for a request without a key, which reads what is public.
 *
 * @throws ServiceError UNAUTHENTICATED. A key that is unknown and one that is revoked get the same answer.
 */
export async function authenticate(request: Request, directory: Directory): Promise<Caller | null> {
  const header = request.get('authorization');
  if (header === undefined) return null;
  const apiKey = BEARER.exec(header)?.[1];
  if (apiKey === undefined) {
    throw unauthenticated('The Authorization header must be "Bearer " and an API key.');
  }
  const key = await directory.authenticate(apiKey);
  if (key === null) throw unauthenticated('The API key is unknown or revoked.');
  const program = await directory.get(key.programId);
  if (program === null)
    throw unauthenticated(
      'The program of the API key does not exist any more; use a key of another program.',
    );
  return { key, program };
}
