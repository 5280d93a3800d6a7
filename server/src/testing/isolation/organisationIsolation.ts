/** That what is of an organisation, and not of a program, is for its people alone: one test for each root field. */
import { expect } from 'vitest';
import type { Answer } from '../service.ts';
import { inputTypeOf, MUTATIONS, sampleInput } from '../sampleInput.ts';

type Ask = (query: string, variables?: object) => Promise<Answer>;

/** Queries of an organisation, as its people ask them. */
export const ORGANISATION_QUERIES: Readonly<Record<string, string>> = {
  apiKeys: '{ apiKeys { edges { node { id } } } }',
  auditLog: '{ auditLog { edges { node { seq } } } }',
  auditLogCheck: '{ auditLogCheck { whole } }',
  billing: '{ billing { standing } }',
};

/** Makes a test for each root field that takes a scope of people: a key with every scope of keys learns nothing by it. */
export function organisationIsolation(ask: Ask): Record<string, () => Promise<void>> {
  const refused = (query: string, variables?: object) => async (): Promise<void> => {
    const { data, errors } = await ask(query, variables);
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  };
  const mutations = MUTATIONS.filter(({ scope }) => scope.startsWith('organisation:'));
  return Object.fromEntries([
    ...Object.entries(ORGANISATION_QUERIES).map(
      ([name, query]) => [`Query.${name}`, refused(query)] as const,
    ),
    ...mutations.map(({ name }) => {
      const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { userErrors { code } } }`;
      return [`Mutation.${name}`, refused(query, { input: sampleInput(name) })] as const;
    }),
  ]);
}
