import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from './random.ts';
import { valueFor, type KnownValues } from './values.ts';

/** A request as a client sends it. */
export interface FuzzRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A field of the schema that a request begins with. */
export interface RootField {
  readonly kind: 'query' | 'mutation';
  readonly field: GraphQLField<unknown, unknown>;
}

/** Lists all fields that a request of a schema can begin with. */
export const rootFieldsOf = (schema: GraphQLSchema): RootField[] =>
  (['query', 'mutation'] as const).flatMap((kind) => {
    const type = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
    return Object.values(type?.getFields() ?? {}).map((field) => ({ kind, field }));
  });

const MAX_DEPTH = 8;
/** Wide within wide would have no end. */
const MAX_REPEATED_CHARACTERS = 40_000;
const WIDE = [40, 200, 900, 3_000];

/** JSON as the literal of a query has it. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{${fields.map(([name, inner]) => `${name}: ${literal(inner)}`).join(', ')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Writes one document: its selections, the variables that they use, and the fragments that they spread. */
class DocumentWriter {
  readonly variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #known: KnownValues;
  #names = 0;

  constructor(schema: GraphQLSchema, random: Random, known: KnownValues) {
    this.#schema = schema;
    this.#random = random;
    this.#known = known;
  }

  /** Begins with a root field; a query has others beside it now and then. */
  write({ kind, field }: RootField): string {
    const parts = [this.#field(field, 0)];
    if (kind === 'query' && this.#random.chance(0.3)) {
      parts.push(this.#rest(this.#schema.getQueryType() ?? undefined));
    }
    const variables = this.#declared.length > 0 ? `(${this.#declared.join(', ')})` : '';
    return [`${kind} Q${variables} { ${parts.join(' ')} }`, ...this.#fragments].join('\n');
  }

  #rest(query: GraphQLNamedType | undefined): string {
    return `... on Query ${this.#selections(query, 0, 2)}`;
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  #selections(type: GraphQLNamedType | undefined, depth: number, most = 6): string {
    const random = this.#random;
    if (!isObjectType(type) && !isInterfaceType(type)) return '{ __typename }';
    const fields = Object.values(type.getFields()).filter(
      ({ type }) => depth < MAX_DEPTH || isLeafType(getNamedType(type)),
    );
    if (fields.length === 0) return '{ __typename }';
    const count = 1 + random.below(most);
    const parts = Array.from({ length: count }, () => this.#field(random.pick(fields), depth));
    if (depth === 0 && random.chance(0.05)) parts.push(this.#introspection());
    if (random.chance(0.05)) parts.push('__typename');
    const set = `{ ${parts.join(' ')} }`;
    if (random.chance(0.1)) return `{ ... on ${type.name} @include(if: true) ${set} }`;
    if (!random.chance(0.1)) return set;
    const name = this.#name('F');
    this.#fragments.push(`fragment ${name} on ${type.name} ${set}`);
    return `{ ...${name} ${random.chance(0.3) ? `...${name}` : ''} }`;
  }

  #introspection(): string {
    const times = this.#random.pick([1, 2, 30, 100]);
    return Array.from(
      { length: times },
      () =>
        `${this.#name('s')}: __schema { types { name description fields { name args { name } } } }`,
    ).join(' ');
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const random = this.#random;
    const given = field.args
      .map((argument) => this.#argument(argument))
      .filter((text) => text !== '');
    const named = getNamedType(field.type);
    const inner = isLeafType(named) ? '' : this.#selections(named, depth + 1);
    const text = `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${inner}`;
    const wanted = random.chance(0.02) ? random.pick(WIDE) : 1;
    const times = Math.max(1, Math.min(wanted, Math.floor(MAX_REPEATED_CHARACTERS / text.length)));
    return Array.from({ length: times }, () => `${this.#name('a')}: ${text}`).join(' ');
  }

  #argument({ name, type }: GraphQLArgument): string {
    const random = this.#random;
    const value =
      name === 'first' && random.chance(0.3)
        ? random.pick([100, 101, 0])
        : valueFor(type, random, this.#known);
    if (value === undefined) return '';
    if (random.chance(0.3)) return `${name}: ${literal(value)}`;
    const variable = this.#name('v');
    const isDefault = random.chance(0.2);
    this.#declared.push(
      `$${variable}: ${type.toString()}${isDefault ? ` = ${literal(value)}` : ''}`,
    );
    if (!isDefault) this.variables[variable] = value;
    else if (random.chance(0.1)) this.variables[variable] = null;
    return `${name}: $${variable}`;
  }
}

const BROKEN: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => text.slice(0, random.below(text.length)),
  (text, random) => text.replace('}', random.pick(['', '}}', '\u0000', '"', '"""', '#'])),
  (text) => `${text} subscription S { __typename }`,
  (text) => text.replace('query Q', 'subscription Q'),
  () => `${'{ a '.repeat(5_000)}${'}'.repeat(5_000)}`,
  () => `{ ${'program { name } '.repeat(2_500)} }`,
  () =>
    `{ ...f0 } ${Array.from({ length: 1_000 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} }`).join(' ')}`,
  () => `{${'\n'.repeat(40_000)}x}`,
  () => `{ ${'a'.repeat(40_000)}: __typename }`,
  () => '{ ...f } fragment f on Query { ...f }',
  () => '',
  () => '{',
  () => '# nothing',
];

/** Writes one request that begins with a root field: most of it could be meant, and some of it is broken or far too large. */
export function writeRequest(
  schema: GraphQLSchema,
  random: Random,
  from: { readonly root: RootField; readonly known: KnownValues },
): FuzzRequest {
  const writer = new DocumentWriter(schema, random, from.known);
  const text = writer.write(from.root);
  const query = random.chance(0.08) ? random.pick(BROKEN)(text, random) : text;
  return { query, variables: writer.variables };
}
