import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE_ROWS } from '../core/pages.ts';

/*
 * What a field costs is declared where it is defined, as `extensions: { cost, rows }`:
 * - `cost`: what it asks of the database or the signer, in fields that only read what is there already (about 20 µs each);
 *   0 when left out.
 * - `rows`: the length of a list that is known before anything is run; 1 when left out.
 *
 * `@pothos/plugin-complexity` would do the same, but counts nothing below `__schema` and only once a resolver runs.
 */

/**
 * Limits the fields that one request is answered with: lists count by their rows, and an expensive field counts as many. A page of 100 rows of history with all that there is in it is about 6,000; all results of 500 actions are 3,500.
 */
export const MAX_QUERY_COST = 10_000;
/** Limits a request without a key: to a page of 100 rounds or changes with all that there is in it. */
export const MAX_PUBLIC_QUERY_COST = 5_000;

/** Introspection is bounded by its depth, which graphql-js limits by itself. */
const INTROSPECTION = /^__/;

type Variables = Readonly<Record<string, unknown>>;
type Field = GraphQLField<unknown, unknown>;

const argument = (field: FieldNode, name: string, variables: Variables): unknown => {
  const value = field.arguments?.find((given) => given.name.value === name)?.value;
  if (value === undefined) return undefined;
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value.kind === Kind.LIST) return value.values;
  if (value.kind === Kind.OBJECT) {
    const list = value.fields.find((field) => field.name.value === 'actions')?.value;
    if (list?.kind === Kind.LIST) return { actions: list.values };
    if (list?.kind === Kind.VARIABLE) return { actions: variables[list.name.value] };
  }
  return null;
};

/** Page sizes that the query itself gives to variables which are left out. */
const defaultsOf = (operation: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 1);

const declared = ({ extensions }: Field, name: 'cost' | 'rows'): number | undefined => {
  const value = extensions[name];
  return typeof value === 'number' ? value : undefined;
};

const isConnection = ({ type }: Field): boolean => getNamedType(type).name.endsWith('Connection');

/** Counts how often the fields below this one are answered, as far as the query itself says. */
function rowsOf(node: FieldNode, field: Field, variables: Variables): number {
  const first = argument(node, 'first', variables);
  if (typeof first === 'number') return Math.max(1, first);
  const ids = argument(node, 'ids', variables);
  if (ids !== undefined) return lengthOf(ids);
  const input = argument(node, 'input', variables);
  if (typeof input === 'object' && input !== null && 'actions' in input) {
    return lengthOf(input.actions);
  }
  return isConnection(field) ? DEFAULT_PAGE_ROWS : (declared(field, 'rows') ?? 1);
}

/**
 * Counts the fields that a query can be answered with. Fragments are counted once and remembered, so that fragments
 * within fragments cost no more time than they have text.
 *
 * @param given Variables as given or coerced: `first` may be a variable, which a check of the text alone would not see.
 */
export function queryCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): number {
  const variables = { ...defaultsOf(operation), ...given };
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition] as const]
        : [],
    ),
  );
  const known = new Map<string, number>();

  function ofFragment(name: string): number {
    let cost = known.get(name);
    if (cost === undefined) {
      // Validation has refused cycles; this keeps one that slipped through from running for ever.
      known.set(name, 0);
      const fragment = fragments.get(name);
      const type = schema.getType(fragment?.typeCondition.name.value ?? '');
      cost = fragment === undefined ? 0 : ofSelections(fragment.selectionSet, type);
      known.set(name, cost);
    }
    return cost;
  }
  function ofSelections(set: SelectionSetNode, type: GraphQLNamedType | undefined): number {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) cost += ofFragment(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition } = selection;
        const inner = typeCondition ? schema.getType(typeCondition.name.value) : type;
        cost += ofSelections(selection.selectionSet, inner);
      } else if (!INTROSPECTION.test(selection.name.value)) cost += ofField(selection, type);
    }
    return cost;
  }
  function ofField(node: FieldNode, type: GraphQLNamedType | undefined): number {
    const isComposite = isObjectType(type) || isInterfaceType(type);
    const field = isComposite ? type.getFields()[node.name.value] : undefined;
    // Validation has refused fields that are not there.
    if (field === undefined) return 1;
    const itself = 1 + (declared(field, 'cost') ?? 0);
    if (node.selectionSet === undefined) return itself;
    const rows = rowsOf(node, field, variables);
    return itself + rows * ofSelections(node.selectionSet, getNamedType(field.type));
  }

  return ofSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
}
