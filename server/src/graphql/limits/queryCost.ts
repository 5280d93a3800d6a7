import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE_ROWS } from '../core/pages.ts';
import { createIntrospectionCounter, isIntrospection } from './introspectionCost.ts';

/*
 * What a field costs is declared where it is defined, as `extensions: { cost, rows, rowCost }`:
 * - `cost`: what it asks of the database or the signer, in fields that only read what is there already (about 10 µs each);
 *   0 when left out.
 * - `rows`: the most that a list has, when no argument says it.
 * - `rowCost`: what each of the things that its argument names asks for, whatever is selected of it; 0 when left out.
 *
 * `@pothos/plugin-complexity` would do the same, but counts nothing below `__schema` and only once a resolver runs.
 */

/**
 * Limits the fields that one request is answered with: lists count by their rows, and an expensive field counts as many. A page
 * of 100 rows of history without receipts is about 5,500; all results of 500 actions are 7,000.
 */
export const MAX_QUERY_COST = 10_000;
/** Limits a request without a key: to a page of 100 rounds or changes with all that there is in it. */
export const MAX_PUBLIC_QUERY_COST = 5_000;
/** The whole schema, as code generators ask for it, is some 15,000 fields: a fifth of a field each, as they read what is in memory. */
export const MAX_INTROSPECTED_FIELDS = 25_000;
const COST_OF_INTROSPECTED_FIELD = 1 / 5;
/** Reading and checking the text of a field takes half as long as answering it. */
const COST_OF_WRITTEN_FIELD = 1 / 2;
/** Characters of names and descriptions of the schema; the whole of it has 0.2 million. */
export const MAX_INTROSPECTED_CHARACTERS = 2_000_000;

type Variables = Readonly<Record<string, unknown>>;
type Field = GraphQLField<unknown, unknown>;
type Type = GraphQLNamedType | undefined;

/** Values of the variables: as given, or those that the query itself has for variables which are left out. */
function variablesOf(operation: OperationDefinitionNode, given: Variables): Variables {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) => {
    const name = variable.name.value;
    const isLeftOut = given[name] === undefined && defaultValue !== undefined;
    return isLeftOut ? [[name, valueFromASTUntyped(defaultValue)] as const] : [];
  });
  return { ...given, ...Object.fromEntries(defaults) };
}

function argument(field: FieldNode, name: string, variables: Variables): unknown {
  const value = field.arguments?.find((given) => given.name.value === name)?.value;
  return value === undefined ? undefined : valueFromASTUntyped(value, variables);
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 1);

const declared = ({ extensions }: Field, name: 'cost' | 'rows' | 'rowCost'): number | undefined => {
  const value = extensions[name];
  return typeof value === 'number' ? value : undefined;
};

const isList = ({ type }: Field): boolean => isListType(getNullableType(type));
const isConnection = ({ type }: Field): boolean => getNamedType(type).name.endsWith('Connection');

/** Counts the things that the arguments of a field name; null when they name none. */
function namedRows(node: FieldNode, field: Field, variables: Variables): number | null {
  const takes = (name: string): boolean => field.args.some((argument) => argument.name === name);
  if (takes('first')) {
    const first = argument(node, 'first', variables);
    return typeof first === 'number' ? Math.max(1, first) : DEFAULT_PAGE_ROWS;
  }
  if (takes('ids')) return lengthOf(argument(node, 'ids', variables));
  if (!takes('input')) return isConnection(field) ? DEFAULT_PAGE_ROWS : null;
  const input = argument(node, 'input', variables);
  const hasActions = typeof input === 'object' && input !== null && 'actions' in input;
  return hasActions ? lengthOf(input.actions) : null;
}

/** What is counted of a query. */
export interface QueryCost {
  /** In fields that are there already. */
  readonly cost: number;
  /** Fields and characters of the schema that it asks for. */
  readonly introspected: { readonly fields: number; readonly characters: number };
}

/** Counts the selections of one operation. Fragments are counted once for each number of rows, and remembered. */
class CostCounter {
  introspected = { fields: 0, characters: 0 };
  /** Fields that the text has. */
  written = 0;
  readonly #known = new Map<string, number>();
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Variables;
  readonly #ofIntrospection: ReturnType<typeof createIntrospectionCounter>;

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Variables) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION
          ? [[definition.name.value, definition] as const]
          : [],
      ),
    );
    this.#ofIntrospection = createIntrospectionCounter({
      ...{ schema, variables, fragments: this.#fragments },
      most: MAX_INTROSPECTED_FIELDS,
    });
  }

  /** @param rows Length of a list directly below, that the arguments around it say. */
  ofSelections(set: SelectionSetNode, type: Type, rows: number | null): number {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost += this.#ofField(selection, type, rows);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        cost += this.#ofFragment(selection.name.value, rows);
      } else {
        const { typeCondition, selectionSet } = selection;
        const inner = typeCondition ? this.#schema.getType(typeCondition.name.value) : type;
        cost += this.ofSelections(selectionSet, inner, rows);
      }
    }
    return cost;
  }

  #ofFragment(name: string, rows: number | null): number {
    const key = `${name} ${rows}`;
    let cost = this.#known.get(key);
    if (cost === undefined) {
      // Validation has refused cycles; this keeps one that slipped through from running for ever.
      this.#known.set(key, 0);
      const fragment = this.#fragments.get(name);
      const type = this.#schema.getType(fragment?.typeCondition.name.value ?? '');
      cost = fragment === undefined ? 0 : this.ofSelections(fragment.selectionSet, type, rows);
      this.#known.set(key, cost);
    }
    return cost;
  }

  #ofField(node: FieldNode, type: Type, rowsAround: number | null): number {
    this.written += 1;
    if (isIntrospection(node)) return this.#introspect(node);
    const isComposite = isObjectType(type) || isInterfaceType(type);
    const field = isComposite ? type.getFields()[node.name.value] : undefined;
    // `__typename`; validation has refused fields that are not there.
    if (field === undefined) return 1;
    const rows = namedRows(node, field, this.#variables);
    const itself =
      1 + (declared(field, 'cost') ?? 0) + (rows ?? 0) * (declared(field, 'rowCost') ?? 0);
    if (node.selectionSet === undefined) return itself;
    const times = isList(field) ? (rows ?? declared(field, 'rows') ?? rowsAround ?? 1) : 1;
    const inner = getNamedType(field.type);
    return (
      itself + times * this.ofSelections(node.selectionSet, inner, isList(field) ? null : rows)
    );
  }

  #introspect(node: FieldNode): number {
    const { fields, characters } = this.#ofIntrospection(node);
    this.introspected = {
      fields: this.introspected.fields + fields,
      characters: this.introspected.characters + characters,
    };
    return fields * COST_OF_INTROSPECTED_FIELD;
  }
}

/**
 * Counts the fields that a query can be answered with. It takes time for the text of the query and not for the answer.
 *
 * @param given Variables as given or coerced: `first` may be a variable, which a check of the text alone would not see.
 */
export function queryCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): QueryCost {
  const counter = new CostCounter(schema, document, variablesOf(operation, given));
  const root = schema.getRootType(operation.operation) ?? undefined;
  const cost = counter.ofSelections(operation.selectionSet, root, null);
  const ofText = counter.written * COST_OF_WRITTEN_FIELD;
  return { cost: Math.ceil(cost + ofText), introspected: counter.introspected };
}
