import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '../lib/logger.ts';
import type { Letter, Mail } from '../ports/mail.ts';
import type { People, Teams } from '../ports/people.ts';
import { createLibrary, type Library, type PeopleDatabase } from './options.ts';
import { createPeople } from './people.ts';
import { createTeams } from './teams.ts';
import { isAPIError } from 'better-auth/api';

/** People, their organisations, and the routes by which they sign in. */
export interface Auth {
  readonly people: People;
  readonly teams: Teams;
  readonly routes: {
    /** Answers a request to a route of signing in. @throws what kept it from being answered, such as a database that is away */
    answer(request: Request): Promise<Response>;
  };
  /** Waits for letters that are on their way. */
  close(): Promise<void>;
}

/**
 * Creates what people sign in by.
 *
 * @param args.publicUrl Gives the URL under which people reach the service, without a slash at its end. Asked at first use: a
 *   service that takes any free port learns it late.
 */
export function createAuth(args: {
  database: PeopleDatabase;
  secret: string;
  mail: Mail;
  log: Logger;
  publicUrl: () => string;
}): Auth {
  const { mail, log, publicUrl } = args;
  const onTheWay = new Set<Promise<void>>();
  const failures = new AsyncLocalStorage<unknown[]>();

  const post = (letter: Letter): void => {
    const sent = mail
      .send(letter)
      .catch((error: unknown) => log.error({ err: error }, 'a letter was not sent'))
      .finally(() => onTheWay.delete(sent));
    onTheWay.add(sent);
  };
  const onFailure = (error: unknown): void => {
    if (!isAPIError(error)) failures.getStore()?.push(error);
  };
  let made: Library | null = null;
  const library = (): Library =>
    (made ??= createLibrary({ ...args, publicUrl: publicUrl(), post }, onFailure));

  return {
    people: createPeople(library, publicUrl),
    teams: createTeams(library),
    routes: {
      answer: (request) => {
        const failed: unknown[] = [];
        return failures.run(failed, async () => {
          const response = await library().handler(request);
          // The library answers what it did not expect with an empty 500.
          if (failed.length > 0) throw failed[0];
          return response;
        });
      },
    },
    close: async () => {
      await Promise.all(onTheWay);
    },
  };
}
