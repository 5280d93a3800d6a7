import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
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

function sampleOf(type: GraphQLInputType): unknown {
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
