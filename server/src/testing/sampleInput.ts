import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import type { MutationDeclaration } from '../graphql/mutations/mutation.ts';
import { schema } from '../graphql/schema.ts';

const SCALARS: Readonly<Record<string, unknown>> = {
  Address: '0x000000000000000000000000000000000000dEaD',
  Amount: '1',
  Boolean: false,
  DateTime: '2026-01-02T00:00:00Z',
  Hex: '0x00',
  ID: 'id',
  Int: 1,
  Money: '1',
  Points: '1',
  SentNumber: 1,
  SentText: 'sample',
  SentTime: '2026-01-02T00:00:00Z',
  String: 'sample',
  UInt: 1,
};

/** Makes a value that fits a type, with what is required of it alone. */
export function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) {
    const sample = SCALARS[type.name];
    if (sample === undefined) throw new Error(`There is no sample of ${type.name}.`);
    return sample;
  }
  const fields = Object.values(type.getFields());
  const given = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
  return Object.fromEntries(given.map((field) => [field.name, sampleOf(field.type)]));
}

/** Every mutation as it is declared, in the order of the schema. */
export const MUTATIONS: readonly MutationDeclaration[] = Object.values(
  schema.getMutationType()?.getFields() ?? {},
).map(({ name, extensions }) => {
  const declaration = extensions['mutation'] as MutationDeclaration | undefined;
  if (declaration === undefined) throw new Error(`${name} was not declared by mutation().`);
  return declaration;
});

/** Name of the input type of a mutation. */
export function inputTypeOf(mutation: string): string {
  const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type;
  if (type === undefined) throw new Error(`There is no mutation ${mutation}.`);
  return type.toString();
}

/** An input that fits the types of a mutation, with what is required of it alone. */
export function sampleInput(mutation: string): Record<string, unknown> {
  const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type;
  if (type === undefined) throw new Error(`There is no mutation ${mutation}.`);
  return sampleOf(type) as Record<string, unknown>;
}

/** A request for a root field of the schema. */
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
 * Makes a request for each root field, so that a test of all of them is one of those to come as well.
 *
 * @param samples A value for each argument of a query field, by its name, or by `field.name` where fields want different
 * ones; an argument without one is left out. `memberId` is that of mutations too.
 * @param inputs What a mutation gets over its sample, by its name.
 */
export function rootRequests(
  samples: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, object>> = {},
): RootRequest[] {
  const sampleFor = (field: string, { name, type }: GraphQLArgument): unknown =>
    samples[`${field}.${name}`] ??
    samples[name] ??
    (isNonNullType(type) && !samplesHave(field, name) ? sampleOf(type) : undefined);
  const samplesHave = (field: string, name: string): boolean =>
    `${field}.${name}` in samples || name in samples;
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => {
    const given = field.args.filter((argument) => sampleFor(field.name, argument) !== undefined);
    const declared = given.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
    const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
    const of = (text: string): string => (given.length === 0 ? '' : `(${text})`);
    return {
      name: `Query.${field.name}`,
      query: `query ${of(declared)} { ${field.name}${of(passed)} ${leavesOf(field)} }`,
      variables: Object.fromEntries(
        given.map((argument) => [argument.name, sampleFor(field.name, argument)]),
      ),
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
