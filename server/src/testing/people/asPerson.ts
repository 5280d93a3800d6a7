/** Asks the API as a person, without the way by which people sign in. */
import { graphql } from 'graphql';
import type { Role } from '../../domain/organisations/roles.ts';
import { SCOPES_OF_ROLES } from '../../domain/organisations/roles.ts';
import { createContext, type GraphqlServices } from '../../graphql/core/context.ts';
import { formatError } from '../../graphql/errors/errorShape.ts';
import { schema } from '../../graphql/schema.ts';
import { composeServices, type Foundation } from '../../composition/composeServices.ts';
import { composeBilling, type BillingParts } from '../../composition/composeBilling.ts';
import { composePeople, type PeopleParts } from '../../composition/composePeople.ts';
import { silentLogger, unreadMetrics } from '../foundation.ts';
import type { PersonCaller } from '../../services/access/callers.ts';
import { TEST_ORGANISATION } from '../builders/program.ts';
import type { Answer } from '../service.ts';

/** What resolvers call, as a server of its own would have it. */
export function graphqlServicesOf(foundation: Foundation): GraphqlServices {
  const settings = { mail: null, publicUrl: null };
  const people = composePeople(foundation, settings, silentLogger, () => '');
  const services = composeServices(foundation, { wake: () => undefined });
  return {
    ...{ ...services, ...people.graphql, ...noPayments(foundation, people).graphql },
    chainId: foundation.chain.chainId,
    totals: foundation.store.totals,
    clock: foundation.chain.clock,
    metrics: unreadMetrics,
  };
}

/** Billing of a service that takes no payments. */
export const noPayments = (foundation: Foundation, people: PeopleParts): BillingParts =>
  composeBilling({
    ...{ foundation, live: null, people, config: null, logger: silentLogger },
    publicUrl: () => 'https://points.example',
  });

/** A person with a role in an organisation. */
export function personOf(role: Role, more: Partial<PersonCaller> = {}): PersonCaller {
  return {
    kind: 'PERSON',
    person: {
      ...{ id: `usr_${role}`, name: role, email: `${role}@example.com` },
      ...{ isEmailVerified: true, hasTwoFactor: true },
    },
    sessionId: `ses_${role}`,
    organisationId: TEST_ORGANISATION,
    environment: 'test',
    program: null,
    ...{ role, scopes: new Set(SCOPES_OF_ROLES[role]) },
    ...more,
  };
}

/** Asks as a person. */
export async function askAs(
  services: GraphqlServices,
  person: PersonCaller,
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<Answer> {
  const directory = { of: () => services, in: () => services };
  const contextValue = createContext(directory, person);
  const { data, errors } = await graphql({ schema, source, contextValue, variableValues });
  return {
    ...(data !== undefined && { data: JSON.parse(JSON.stringify(data)) as Answer['data'] }),
    ...(errors !== undefined && {
      errors: errors.map((error) => formatError(error.toJSON(), error) as never),
    }),
  } as Answer;
}
