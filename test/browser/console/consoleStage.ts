import { composePeople } from '@dewpoint/server/composition/composePeople.ts';
import type { Role } from '@dewpoint/server/domain/organisations/roles.ts';
import { ROLES } from '@dewpoint/server/domain/organisations/roles.ts';
import { TEST_ORGANISATION } from '@dewpoint/server/testing/builders/program.ts';
import { silentLogger } from '@dewpoint/server/testing/foundation.ts';
import { PASSWORD } from '@dewpoint/server/testing/people/people.ts';
import type { ServiceOptions } from '@dewpoint/server/testing/service.ts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenBrowser, Variant, WatchedPage } from '../openBrowser.ts';
import { stumblesOn } from '../pageChecks.ts';
import { ON_KEPT_CONNECTION } from '../sendOn.ts';
import { turnOf } from '../variants.ts';
import { startWalletService, type WalletService } from '../wallet/walletService.ts';
import { CONSOLE_KEYS, consoleWordsOf, type ConsoleSay } from './consoleWords.ts';
import { strikeOf, strikesAreOver, strikeWrites } from './strikes/strikes.ts';

/** A person of the organisation at work in the console. */
export interface Operator {
  readonly watched: WatchedPage;
  readonly page: Page;
  readonly say: ConsoleSay;
  /** Goes to a page of a program, such as "/rules". */
  goTo(programId: string, path?: string): Promise<void>;
  /** Waits until the title of a page, by its key, is seen and nothing is being loaded. */
  isAt(key: string): Promise<void>;
  /** Looks at the page as it is: nothing may be wrong with it. Keeps a picture: `NAME.LANGUAGE.WIDTH.THEME.png`. */
  looks(name: string): Promise<void>;
}

/** The whole service with an organisation that has one person of each role. */
export interface ConsoleStage extends WalletService {
  readonly emailOf: Readonly<Record<Role, string>>;
  /** Opens the console at an address, such as "/console/sign-in", with nobody signed in. */
  visit(browser: OpenBrowser, variant: Variant, path: string): Promise<Operator>;
  /** Opens a page of a program as a person with a role. */
  open(
    browser: OpenBrowser,
    variant: Variant,
    at: {
      readonly role: Role;
      readonly programId: string;
      readonly path?: string;
      /** What is put into the page before it loads, such as a wallet. */
      readonly prepare?: (page: Page) => Promise<unknown>;
      /** Whether nothing happens to its writes on their way; otherwise each of them is struck once, see `strikes`. */
      readonly isLetAlone?: boolean;
    },
  ): Promise<Operator>;
  /** Makes a person, who is in no team unless a role is said. */
  addPerson(person: {
    readonly name: string;
    readonly email: string;
    readonly role?: Role;
  }): Promise<void>;
  /** Gives the person that was made with one role another one. */
  changeRole(of: Role, to: Role): Promise<void>;
  /** Lists the addresses that were asked to join, and have not yet. */
  invitations(): Promise<readonly { readonly email: string }[]>;
}

const NAMES: Readonly<Record<Role, string>> = {
  ...{ owner: 'Lin Mei', manager: 'Ann Baker', fulfiller: 'Tom Reed', viewer: 'Ada Cole' },
};
const ORGANISATION = { id: TEST_ORGANISATION, name: 'Teahouse Ltd', slug: 'teahouse' };

const emails = Object.fromEntries(
  ROLES.map((role) => [role, `${role}@teahouse.example`]),
) as Readonly<Record<Role, string>>;

type PeopleParts = ReturnType<typeof composePeople>;

/** Does something with the people of the service, as its own servers do. */
async function amongPeople<Result>(
  { service }: WalletService,
  work: (callers: PeopleParts['callers']) => Promise<Result>,
): Promise<Result> {
  const settings = { mail: null, publicUrl: null };
  const parts = composePeople(service.foundation, settings, silentLogger, () => service.url);
  const result = await work(parts.callers);
  await parts.close();
  return result;
}

/** Makes the organisation and its people. */
const employ = (wallets: WalletService): Promise<void> =>
  amongPeople(wallets, async ({ people, teams }) => {
    const { service } = wallets;
    await teams.createOrganisation(ORGANISATION, service.foundation.wallNowMs());
    for (const role of ROLES) {
      const person = { id: `person_${role}`, name: NAMES[role], email: emails[role] };
      const { id } = await people.ensure(person, PASSWORD);
      await teams.join(ORGANISATION.id, id, role);
    }
  });

/** Words that the strikes look for. */
function struckWords({ language }: Variant): { readonly forbidden: string; readonly goOn: string } {
  const say = consoleWordsOf(language);
  return { forbidden: say('console:errors.FORBIDDEN'), goOn: say('shared:write.goOn') };
}

function operatorOn(watched: WatchedPage, url: string): Operator {
  const { page, variant } = watched;
  const say = consoleWordsOf(variant.language);
  const isLoaded = (): Promise<unknown> =>
    page.waitForFunction(
      () =>
        document.querySelector('h1') !== null &&
        document.querySelector('[aria-busy="true"]') === null,
    );
  return {
    ...{ watched, page, say },
    goTo: async (programId, path = '') => {
      await page.goto(`${url}/console/p/${programId}${path}`);
    },
    isAt: async (key) => {
      await page.getByRole('heading', { level: 1, name: say(key), exact: true }).waitFor();
      await isLoaded();
    },
    looks: async (name) => {
      await strikesAreOver(page);
      await isLoaded();
      const { language, width, theme } = variant;
      const where = `${name} ${language} ${width} ${theme}`;
      await watched.shoot(name);
      expect([where, await watched.violations()]).toEqual([where, []]);
      expect([where, watched.problems]).toEqual([where, []]);
      // With a mouse the targets of a desk may be smaller than a finger.
      if (width === 390) {
        expect([where, await stumblesOn(page, CONSOLE_KEYS)]).toEqual([where, []]);
      }
    },
  };
}

/** Starts the service with a chain, a worker, its pages, and people. */
export async function startConsole(options: ServiceOptions = {}): Promise<ConsoleStage> {
  const { env } = options;
  const wallets = await startWalletService({
    ...options,
    env: async (foundation) => ({
      DEWPOINT_TRUSTED_PROXIES: '1',
      ...(typeof env === 'function' ? await env(foundation) : env),
    }),
  });
  let visitors = 0;
  await employ(wallets);
  const { url } = wallets.service;
  /** Cookies of a session, one for each role: sign-ins are few in a minute. */
  const sessions = new Map<Role, Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>>();

  const signIn = async (page: Page, role: Role): Promise<void> => {
    const context = page.context();
    const known = sessions.get(role);
    if (known !== undefined) return context.addCookies(known);
    const response = await page.request.post(`${url}/auth/sign-in/email`, {
      ...ON_KEPT_CONNECTION,
      headers: { origin: url },
      data: { email: emails[role], password: PASSWORD },
    });
    if (!response.ok()) throw new Error(`${role} was not let in: ${response.status()}`);
    sessions.set(role, await context.cookies());
  };
  const changeRole = (of: Role, to: Role): Promise<void> =>
    amongPeople(wallets, async ({ teams }) => {
      await teams.setRole(ORGANISATION.id, `person_${of}`, to);
    });
  return {
    ...wallets,
    emailOf: emails,
    visit: async (browser, variant, path) =>
      operatorOn(
        await browser.open(`${url}${path}`, variant, {
          // Each comes from an address of its own: sign-ins from one are few in a minute.
          prepare: async (page) => {
            await page.setExtraHTTPHeaders({ 'x-forwarded-for': `192.0.2.${++visitors}` });
            const words = struckWords(variant);
            const strike = strikeOf(turnOf(variant));
            // Whose role it is, the stage does not know.
            await strikeWrites(page, strike === 'roleTaken' ? 'reloaded' : strike, words);
          },
        }),
        url,
      ),
    open: async (browser, variant, { role, programId, path = '', prepare, isLetAlone = false }) => {
      const watched = await browser.open(`${url}/console/p/${programId}${path}`, variant, {
        prepare: async (page) => {
          await signIn(page, role);
          if (!isLetAlone) {
            const words = struckWords(variant);
            const becomes = (to: 'viewer' | 'own'): Promise<void> =>
              changeRole(role, to === 'own' ? role : to);
            await strikeWrites(page, strikeOf(turnOf(variant)), { ...words, becomes });
          }
          await prepare?.(page);
        },
      });
      return operatorOn(watched, url);
    },
    addPerson: ({ name, email, role }) =>
      amongPeople(wallets, async ({ people, teams }) => {
        const { id } = await people.ensure({ id: `person_${email}`, name, email }, PASSWORD);
        if (role !== undefined) await teams.join(ORGANISATION.id, id, role);
      }),
    changeRole,
    invitations: () => amongPeople(wallets, ({ teams }) => teams.invitations(ORGANISATION.id)),
  };
}
