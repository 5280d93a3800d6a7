import {
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  valueFromASTUntyped,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/** What an answer has: its fields, and the characters of their values. */
export interface AnswerSize {
  readonly fields: number;
  readonly characters: number;
}

const NOTHING: AnswerSize = { fields: 0, characters: 0 };
const META_FIELDS = new Map<string, GraphQLField<unknown, unknown>>(
  [SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]),
);
/** More than this is refused whatever it is exactly: counting ends there. */
const ENDLESS: AnswerSize = {
  fields: Number.POSITIVE_INFINITY,
  characters: Number.POSITIVE_INFINITY,
};

const sum = (a: AnswerSize, b: AnswerSize): AnswerSize => ({
  fields: a.fields + b.fields,
  characters: a.characters + b.characters,
});

/** Whether a field of the root asks for the schema itself. */
export const isIntrospection = (node: FieldNode): boolean => META_FIELDS.has(node.name.value);

/**
 * Counts what `__schema` and `__type` are answered with, by the lists that the schema really has. Each selection set is counted
 * once for each thing that it is asked of, so that counting takes no more steps than `most`.
 */
export function createIntrospectionCounter(args: {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly most: number;
}): (node: FieldNode) => AnswerSize {
  const { schema, fragments, variables, most } = args;
  const info = { schema } as GraphQLResolveInfo;
  const known = new Map<SelectionSetNode, Map<unknown, AnswerSize>>();
  let steps = 0;

  function ofValue(
    value: unknown,
    set: SelectionSetNode | undefined,
    typeName: string,
  ): AnswerSize {
    if (value === null || value === undefined) return NOTHING;
    if (Array.isArray(value)) {
      return value.reduce<AnswerSize>(
        (all, item) => sum(all, ofValue(item, set, typeName)),
        NOTHING,
      );
    }
    if (set === undefined) return { fields: 0, characters: JSON.stringify(value)?.length ?? 0 };
    let ofSet = known.get(set);
    if (ofSet === undefined) known.set(set, (ofSet = new Map<unknown, AnswerSize>()));
    let size = ofSet.get(value);
    if (size === undefined) {
      // Validation has refused cycles; this keeps one that slipped through from running for ever.
      ofSet.set(value, NOTHING);
      size = ofSelections(set, value, typeName);
      ofSet.set(value, size);
    }
    return size;
  }
  function ofSelections(set: SelectionSetNode, of: unknown, typeName: string): AnswerSize {
    let size = NOTHING;
    for (const selection of set.selections) {
      if ((steps += 1) > most) return ENDLESS;
      if (selection.kind === Kind.FIELD) size = sum(size, ofField(selection, of, typeName));
      else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (inner !== undefined) size = sum(size, ofValue(of, inner.selectionSet, typeName));
      }
    }
    return size;
  }
  function ofField(node: FieldNode, of: unknown, typeName: string): AnswerSize {
    const type = schema.getType(typeName);
    const name = node.name.value;
    const field =
      META_FIELDS.get(name) ?? (isObjectType(type) ? type.getFields()[name] : undefined);
    const itself = { fields: 1, characters: (node.alias ?? node.name).value.length };
    // `__typename`; validation has refused fields that are not there.
    if (field?.resolve === undefined) return itself;
    const given = Object.fromEntries(
      (node.arguments ?? []).map((argument) => [
        argument.name.value,
        valueFromASTUntyped(argument.value, variables),
      ]),
    );
    const inner = getNamedType(field.type);
    const value: unknown = field.resolve(of, given, undefined, info);
    return sum(
      itself,
      ofValue(value, isLeafType(inner) ? undefined : node.selectionSet, inner.name),
    );
  }

  return (node) => ofField(node, undefined, '');
}
