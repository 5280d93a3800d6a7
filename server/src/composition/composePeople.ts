/** Composes people: their sign-in, organisations and teams, which all chains share. */
import { createAuth } from '../auth/auth.ts';
import { CALLER_ADDRESS, type PeopleDatabase } from '../auth/options.ts';
import type { Config } from '../config/config.ts';
import type { SignIn } from '../http/auth/authRoute.ts';
import type { Logger } from '../lib/logger.ts';
import { createMail } from '../mail/mail.ts';
import type { Mail } from '../ports/mail.ts';
import type { People, Teams } from '../ports/people.ts';
import {
  createOrganisations,
  type Organisations,
} from '../services/organisations/organisations.ts';
import { createTeam, type Team } from '../services/organisations/team.ts';
import { withTypedErrors } from '../store/mongo/databaseAway.ts';
import type { Foundation } from './composeServices.ts';

export interface PeopleParts {
  /** For resolvers. */
  readonly graphql: { readonly organisations: Organisations; readonly team: Team };
  /** For who finds out who makes a request. */
  readonly callers: { readonly people: People; readonly teams: Teams };
  readonly signIn: SignIn;
  readonly mail: Mail;
  /** Waits for letters that are on their way. */
  close(): Promise<void>;
}

/** @param listeningUrl Gives the address that the service listens at; asked at the first request. */
export function composePeople(
  { store, keystore, wallNowMs }: Pick<Foundation, 'store' | 'keystore' | 'wallNowMs'>,
  config: Pick<Config, 'mail' | 'publicUrl'>,
  log: Logger,
  listeningUrl: () => string,
): PeopleParts {
  const publicUrl = (): string => config.publicUrl ?? listeningUrl();
  const mail = createMail(config.mail, log);
  const { leases } = store;
  // The library is typed by a driver of its own, of another minor version.
  const database = store.peopleDatabase as unknown as PeopleDatabase;
  const secret = keystore.secretOf('people').toString('hex');
  const auth = createAuth({ database, secret, mail, log, publicUrl });
  const { people, teams, routes } = withTypedErrors({
    people: auth.people,
    teams: auth.teams,
    routes: auth.routes,
  });
  return {
    graphql: {
      organisations: createOrganisations({ people, teams, wallNowMs }),
      team: createTeam({
        ...{ teams, mail, leases, publicUrl, wallNowMs },
        onMailFailure: (error) => log.error({ err: error }, 'a letter was not sent'),
      }),
    },
    callers: { people, teams },
    mail,
    signIn: {
      answer: (request) => routes.answer(request),
      publicUrl,
      addressHeader: CALLER_ADDRESS,
      isMailReal: mail.isReal,
    },
    close: async () => {
      await auth.close();
      mail.close();
    },
  };
}
