/** People of the organisations of tests, signed in as pages do it. */
import { composePeople } from '../../composition/composePeople.ts';
import { ROLES, type Role } from '../../domain/organisations/roles.ts';
import { OTHER_ORGANISATION, TEST_ORGANISATION } from '../builders/program.ts';
import { silentLogger } from '../foundation.ts';
import { openMailbox } from '../people/mailbox.ts';
import { openBrowser, PASSWORD, type Browser } from '../people/people.ts';
import { startService, type ServiceOptions, type TestService } from '../service.ts';

/** Somebody signed in. */
export interface SignedIn {
  readonly browser: Browser;
  readonly email: string;
  readonly id: string;
}

/** A service with people of both organisations. */
export interface PeopledService {
  readonly service: TestService;
  /** Of the organisation of mine, by role. */
  readonly team: Readonly<Record<Role, SignedIn>>;
  /** Owner of the organisation of theirs. */
  readonly theirOwner: SignedIn;
  /** In no organisation. */
  readonly stranger: SignedIn;
  /** The newest link to an address that matches. */
  link(email: string, wanted: RegExp): Promise<string>;
  close(): Promise<void>;
}

/** Slugs of the organisations. */
export const SLUGS = { mine: 'walkers-of-mine', theirs: 'walkers-of-theirs' } as const;

/** Starts a service with a mail server, both organisations and their people. */
export async function startPeopled(options: ServiceOptions = {}): Promise<PeopledService> {
  const mailbox = await openMailbox();
  const service = await startService({
    ...options,
    env: {
      SMTP_URL: mailbox.url,
      DEWPOINT_MAIL_FROM: 'Dewpoint <points@shop.example>',
      DEWPOINT_TRUSTED_PROXIES: '1',
      DEWPOINT_SESSION_RATE_LIMIT: '0',
      DEWPOINT_ADDRESS_RATE_LIMIT: '0',
      ...options.env,
    },
  });
  const people = composePeople(
    service.foundation,
    { mail: null, publicUrl: service.url },
    silentLogger,
    () => service.url,
  );
  const { teams } = people.callers;
  const found = (id: string, slug: string): Promise<boolean> =>
    teams.createOrganisation({ id, name: slug, slug }, Date.now());
  await found(TEST_ORGANISATION, SLUGS.mine);
  await found(OTHER_ORGANISATION, SLUGS.theirs);

  async function signedIn(name: string): Promise<SignedIn> {
    const email = `${name}@walk.example`;
    const browser = openBrowser(service.url);
    await browser.post('/auth/sign-up/email', { name, email, password: PASSWORD });
    const confirm = await mailbox.link(email, /verify-email/);
    await browser.get(confirm.slice(new URL(confirm).origin.length));
    await browser.post('/auth/sign-in/email', { email, password: PASSWORD });
    const { data } = await browser.ask('{ person { id } }');
    return { browser, email, id: (data?.['person'] as { id: string }).id };
  }
  async function joined(organisationId: string, role: Role, name: string): Promise<SignedIn> {
    const person = await signedIn(name);
    await teams.join(organisationId, person.id, role);
    return person;
  }
  const team = await Promise.all(
    ROLES.map(
      async (role) => [role, await joined(TEST_ORGANISATION, role, `${role}-of-mine`)] as const,
    ),
  );
  return {
    service,
    team: Object.fromEntries(team) as Record<Role, SignedIn>,
    theirOwner: await joined(OTHER_ORGANISATION, 'owner', 'owner-of-theirs'),
    stranger: await signedIn('stranger'),
    link: (email, wanted) => mailbox.link(email, wanted),
    close: async () => {
      await people.close();
      await service.close();
      await mailbox.close();
    },
  };
}
