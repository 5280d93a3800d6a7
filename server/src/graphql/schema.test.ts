import { readFile } from 'node:fs/promises';
import {
  getNamedType,
  isInputObjectType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isIntrospectionType,
  specifiedScalarTypes,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema, schemaText } from './schema.ts';

const types: GraphQLNamedType[] = Object.values(schema.getTypeMap()).filter(
  (type) =>
    !isIntrospectionType(type) && !specifiedScalarTypes.some(({ name }) => name === type.name),
);

interface PothosExtensions {
  readonly pothosOptions?: { readonly authScopes?: unknown };
}
const scopesOf = ({ extensions }: { extensions: unknown }): unknown =>
  (extensions as PothosExtensions).pothosOptions?.authScopes;

describe('the schema', () => {
  it('is the one that is committed; after a wanted change: npm run schema', async () => {
    const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
    expect(schemaText()).toBe(committed);
  });

  it('puts every field of every type under a scope', () => {
    const open = types.flatMap((type) => {
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
      return Object.values(type.getFields())
        .filter(
          (field) => scopesOf(field) === undefined && (isRoot || scopesOf(type) === undefined),
        )
        .map((field) => `${type.name}.${field.name}`);
    });
    expect(open).toEqual([]);
  });

  it('describes every type, field, argument and value', () => {
    const silent: string[] = [];
    const check = (
      name: string,
      { description }: { description?: string | null | undefined },
    ): void => {
      if (!description) silent.push(name);
    };
    for (const type of types) {
      check(type.name, type);
      if (isEnumType(type)) {
        for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
      }
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          check(`${type.name}.${field.name}`, field);
        }
      }
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args) {
          // Pothos makes these by itself; their names and types say all there is.
          if (['input', 'id', 'ids'].includes(argument.name)) continue;
          check(`${type.name}.${field.name}(${argument.name})`, argument);
        }
      }
    }
    expect(silent).toEqual([]);
  });

  it('has no floating-point number', () => {
    expect(schema.getType('Float')).toBeUndefined();
    const scalars = types.filter(isScalarType).map(({ name }) => name);
    expect(scalars.sort()).toEqual([
      'Address',
      'Amount',
      'DateTime',
      'Hex',
      'Money',
      'Points',
      'UInt',
    ]);
  });

  it('answers every mutation with userErrors beside its result', () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      expect(field.args.map(({ name }) => name)).toEqual(['input']);
      const payload = getNamedType(field.type);
      expect(isObjectType(payload) && Object.keys(payload.getFields())).toContain('userErrors');
    }
  });
});
