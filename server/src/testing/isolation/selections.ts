/** Selections of everything that there is to ask for, derived from the schema. */
import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql';
import { schema } from '../../graphql/schema.ts';
import { sampleOf } from '../sampleInput.ts';
import { kindOf, type ThingKind } from './places.ts';

/** A value of each kind, for arguments that have to be given. */
export type ThingsThere = Readonly<Partial<Record<ThingKind, string | number>>>;

const PAGE_ROWS = 2;

function argumentOf(
  where: string,
  { name, type }: GraphQLArgument,
  there: ThingsThere,
): string | null {
  if (name === 'first') return `first: ${PAGE_ROWS}`;
  if (!isNonNullType(type)) return null;
  const kind = kindOf(`${where}.${name}`, name, type);
  // Epochs and rounds begin with 0.
  const value = kind === 'PLAIN' ? 0 : (there[kind] ?? sampleOf(type));
  return `${name}: ${JSON.stringify(value)}`;
}

/** Writes a field with what is required of it and everything below it, to a depth. Null where the depth does not reach. */
export function fieldText(
  on: string,
  field: GraphQLField<unknown, unknown>,
  depth: number,
  there: ThingsThere,
  above: readonly string[] = [],
): string | null {
  const given = field.args.flatMap((argument) => {
    const text = argumentOf(`${on}.${field.name}`, argument, there);
    return text === null ? [] : [text];
  });
  const named = getNamedType(field.type);
  const call = given.length === 0 ? field.name : `${field.name}(${given.join(', ')})`;
  if (isLeafType(named)) return call;
  if (depth === 0 || above.includes(named.name)) return null;
  return `${call} ${selectionOf(named, depth - 1, there, [...above, named.name])}`;
}

/** Writes the selection of everything of a type, to a depth, without its own name again below it. */
export function selectionOf(
  type: GraphQLNamedType,
  depth: number,
  there: ThingsThere = {},
  above: readonly string[] = [],
): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '{ __typename }';
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const text = fieldText(type.name, field, depth, there, above);
    // Fields of two types under one name may differ in what they are: each has a name of its own.
    return text === null ? [] : [text];
  });
  return `{ __typename ${parts.join(' ')} }`;
}

/** All fields of a type of the schema. */
export function fieldsOf(type: string): GraphQLField<unknown, unknown>[] {
  const found = schema.getType(type);
  if (!isObjectType(found)) throw new Error(`there is no type ${type}`);
  return Object.values(found.getFields());
}

/** Every object in an answer, with its type and its id where it has one. */
export function objectsIn(answer: unknown): Record<string, unknown>[] {
  if (Array.isArray(answer)) return answer.flatMap(objectsIn);
  if (typeof answer !== 'object' || answer === null) return [];
  return [answer as Record<string, unknown>, ...Object.values(answer).flatMap(objectsIn)];
}
