import { createContext, useContext } from 'react';
import type { ResultOf } from '../../shared/graphql/graphql.ts';
import type { ConsoleApi, ConsoleApis } from '../asking/api.ts';
import type { OrganisationQuery, PersonQuery } from './queries.ts';

export type ConsolePerson = ResultOf<typeof PersonQuery>['person'];
export type OwnMembership = ConsolePerson['memberships'][number];
export type OwnOrganisation = NonNullable<ResultOf<typeof OrganisationQuery>['organisation']>;
export type OwnProgram = OwnOrganisation['programs'][number];
export type ConsoleRole = OwnMembership['role'];

/** Who is signed in, and how the API is asked. */
export interface SignedInPerson {
  readonly person: ConsolePerson;
  readonly apis: ConsoleApis;
  /** What is of the person alone. */
  readonly api: ConsoleApi;
  /** Asks again who is signed in, and all that is shown: after its way of signing in changed, or may have. */
  refresh(): void;
  /** @param to where the next person goes on, such as the page of an invitation */
  signOut(to?: string): Promise<void>;
}

/** Where the person works: an organisation, and one of its programs. */
export interface Workplace {
  readonly role: ConsoleRole;
  readonly membership: OwnMembership;
  readonly organisation: OwnOrganisation;
  readonly program: OwnProgram;
  /** Id of the program as addresses have it: `prg_31337_...`. */
  readonly programId: string;
  readonly isTest: boolean;
  /** What is of the program: `usePolled` and `useWrites` ask by it already. */
  readonly api: ConsoleApi;
  /** What is of the organisation, whatever the program: team, billing, keys. */
  readonly organisationApi: ConsoleApi;
}

export const PersonContext = createContext<SignedInPerson | null>(null);
export const WorkplaceContext = createContext<Workplace | null>(null);

/** The person who is signed in. */
export function useSignedIn(): SignedInPerson {
  const signedIn = useContext(PersonContext);
  if (signedIn === null) throw new Error('nobody is signed in around this part');
  return signedIn;
}

/** Where the person works. */
export function useWorkplace(): Workplace {
  const workplace = useContext(WorkplaceContext);
  if (workplace === null) throw new Error('there is no program around this part');
  return workplace;
}

/** The id of a program as addresses and headers have it. */
export const programIdIn = ({
  chainId,
  address,
}: Pick<OwnProgram, 'chainId' | 'address'>): string =>
  `prg_${chainId}_${address.slice(2).toLowerCase()}`;

/** The environment of a program. */
export function isTestProgram({ environments }: OwnOrganisation, { chainId }: OwnProgram): boolean {
  return environments.find((each) => each.chainId === chainId)?.environment !== 'LIVE';
}
