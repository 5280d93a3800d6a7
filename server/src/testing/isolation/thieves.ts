/** Everybody who could ask for what is another's, with every kind of credential that there is. */
import { ROLES, SCOPES_OF_ROLES } from '../../domain/organisations/roles.ts';
import { KEY_SCOPES, type CallerScope, type KeyScope } from '../../domain/organisations/scopes.ts';
import { encodeGlobalId } from '../../graphql/core/globalId.ts';
import { keyOwner } from '../../services/access/apiKeys.ts';
import type { KeyedProgram, TestService } from '../service.ts';
import type { PeopledService, SignedIn } from './team.ts';

/** Somebody with a credential, as the headers of a request. */
export interface Thief {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes the headers of somebody, by a name that says who it is. */
export type Thieves<Of> = Readonly<Record<string, (of: Of) => Promise<Thief['headers']>>>;

const bearer = (token: string): Thief['headers'] => ({ authorization: `Bearer ${token}` });
const always = (headers: Thief['headers']) => (): Promise<Thief['headers']> =>
  Promise.resolve(headers);

/** Whoever has nothing that is known. */
export const UNKNOWN_THIEVES: Thieves<unknown> = {
  nobody: always({}),
  'an unknown key': always(bearer(`dw_test_${'0'.repeat(128)}`)),
  'an unknown session of a member': always(bearer(`dw_member_${'0'.repeat(64)}`)),
  'no bearer at all': always({ authorization: 'Basic dGhpZWY6dGhpZWY=' }),
};

interface Home {
  readonly service: TestService;
  readonly keyed: KeyedProgram;
}

const keyFor =
  (scopes: readonly KeyScope[]) =>
  async ({ service, keyed }: Home): Promise<Thief['headers']> =>
    bearer((await service.services.apiKeys.create(keyOwner(keyed.program), 'thief', scopes)).key);

/** Whoever has what belongs to a program. */
export const PROGRAM_THIEVES: Thieves<Home> = {
  ...Object.fromEntries(KEY_SCOPES.map((scope) => [`a key for ${scope}`, keyFor([scope])])),
  'a key for everything': keyFor(KEY_SCOPES),
  'a key of the whole environment': async ({ service, keyed: { program } }) => {
    const owner = { ...keyOwner(program), programId: null };
    const { key } = await service.services.apiKeys.create(owner, 'thief', KEY_SCOPES);
    return { ...bearer(key), 'dewpoint-program': program.id };
  },
  'a session of a member': async ({ service, keyed }) => {
    const create =
      'mutation { memberSessionCreate(input: { memberId: "thief", idempotencyKey: "thief" }) { token } }';
    const { data } = await service.ask(keyed.key, create);
    return bearer((data?.['memberSessionCreate'] as { token: string }).token);
  },
};

const cookieOf = ({ url }: TestService, { browser }: SignedIn): Thief['headers'] => ({
  cookie: browser.cookie(),
  origin: url,
});

/** Somebody of the same program who may not do everything in it. */
export interface Insider {
  /** What it may; anything else is not for it, whatever it names. */
  readonly scopes: readonly CallerScope[];
  readonly headers: (of: PeopledService, keyed: KeyedProgram) => Promise<Thief['headers']>;
}

/** Keys and people of a program of the organisation of mine with some scopes, by a name that says who it is. */
export const INSIDERS: Readonly<Record<string, Insider>> = Object.fromEntries([
  ...KEY_SCOPES.map((scope): [string, Insider] => [
    `its own key for ${scope}`,
    { scopes: [scope], headers: ({ service }, keyed) => keyFor([scope])({ service, keyed }) },
  ]),
  ...ROLES.filter((role) => role !== 'owner').map((role): [string, Insider] => [
    `a person of its team, ${role}`,
    {
      scopes: SCOPES_OF_ROLES[role],
      headers: ({ service, team }, { program }) =>
        Promise.resolve({
          ...cookieOf(service, team[role]),
          'dewpoint-organisation': program.organisationId,
          'dewpoint-program': encodeGlobalId('Program', program.id),
        }),
    },
  ]),
]);

/** People who are signed in, and are not in the organisation of theirs. */
export const PEOPLE_THIEVES: Thieves<PeopledService> = {
  ...Object.fromEntries(
    ROLES.map((role) => [
      `a person, ${role} of another organisation`,
      ({ service, team }: PeopledService) =>
        Promise.resolve({
          ...cookieOf(service, team[role]),
          'dewpoint-organisation': service.mine.program.organisationId,
          'dewpoint-program': encodeGlobalId('Program', service.mine.program.id),
        }),
    ]),
  ),
  'a person who names no organisation': ({ service, team }) =>
    Promise.resolve(cookieOf(service, team.owner)),
  'a person of no organisation': ({ service, stranger }) =>
    Promise.resolve(cookieOf(service, stranger)),
};
