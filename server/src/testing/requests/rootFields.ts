/** A request for each root field of the schema, so that a test of all of them is one of those to come as well. */
import { getNamedType, isLeafType, isNonNullType, isObjectType, type GraphQLField } from 'graphql';
import { schema } from '../../graphql/schema.ts';
import { inputTypeOf, MUTATIONS, sampleInput } from '../sampleInput.ts';

export interface RootRequest {
  /** Such as `Query.member`. */
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const leavesOf = (field: GraphQLField<unknown, unknown>): string => {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return '{ __typename }';
  const leaves = Object.values(type.getFields()).filter(
    ({ type: of, args }) =>
      isLeafType(getNamedType(of)) && args.every((a) => !isNonNullType(a.type)),
  );
  const objects = Object.values(type.getFields()).filter(
    ({ type: of, args }) =>
      isObjectType(getNamedType(of)) && args.every((a) => !isNonNullType(a.type)),
  );
  const names = [
    ...leaves.map(({ name }) => name),
    ...objects.map(({ name }) => `${name} { __typename }`),
  ];
  return `{ ${names.join(' ')} }`;
};

/**
 * @param samples A value for each argument of a query field, by its name, or by `field.name` where fields want different
 * ones; an argument without one is left out. `memberId` is that of mutations too.
 * @param inputs What a mutation gets over its sample, by its name.
 */
export function rootRequests(
  samples: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, object>> = {},
): RootRequest[] {
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => {
    const sampleOf = (name: string): unknown => samples[`${field.name}.${name}`] ?? samples[name];
    const given = field.args.filter(({ name }) => sampleOf(name) !== undefined);
    const declared = given.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
    const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
    const of = (text: string): string => (given.length === 0 ? '' : `(${text})`);
    return {
      name: `Query.${field.name}`,
      query: `query ${of(declared)} { ${field.name}${of(passed)} ${leavesOf(field)} }`,
      variables: Object.fromEntries(given.map(({ name }) => [name, sampleOf(name)])),
    };
  });
  const mutations = MUTATIONS.map(({ name, kind }) => {
    const holder = kind === 'MEMBER' ? { memberId: samples['memberId'] } : {};
    return {
      name: `Mutation.${name}`,
      query: `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { userErrors { code } } }`,
      variables: { input: { ...sampleInput(name), ...holder, ...keyOf(name), ...inputs[name] } },
    };
  });
  return [...queries, ...mutations];
}

/** Not that of another test. */
const keyOf = (mutation: string): object =>
  'idempotencyKey' in sampleInput(mutation) ? { idempotencyKey: `root-${mutation}` } : {};
