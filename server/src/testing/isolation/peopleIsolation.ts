/** What people alone may do: every key is refused it, whatever it names. */
import { expect } from 'vitest';
import { inputTypeOf, MUTATIONS, sampleInput } from '../sampleInput.ts';
import type { Answer } from '../service.ts';

const SCOPES: readonly string[] = ['person:self', 'organisation:write'];

/** Names of root fields, and that a key is refused each of them. */
export function peopleIsolation(
  mine: (query: string, variables?: object) => Promise<Answer>,
): Record<string, () => Promise<void>> {
  const refused = (query: string, variables?: object) => async (): Promise<void> => {
    const { errors } = await mine(query, variables);
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  };
  const mutations = MUTATIONS.filter(({ scope }) => SCOPES.includes(scope)).map(({ name }) => {
    const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { userErrors { code } } }`;
    return [`Mutation.${name}`, refused(query, { input: sampleInput(name) })] as const;
  });
  return {
    ...Object.fromEntries(mutations),
    'Query.person': refused('{ person { id } }'),
    'Query.invitation': refused('{ invitation(id: "invitation_0") { organisationName } }'),
    'Query.organisation': refused('{ organisation { id } }'),
  };
}
