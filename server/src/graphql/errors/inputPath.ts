import { Kind, visit, type ASTNode, type DocumentNode, type GraphQLError } from 'graphql';

/** The one argument of every mutation: paths begin below it, as an app thinks of its input. */
const INPUT_ARGUMENT = 'input';
/** graphql-js says where in a variable a value is wrong in its message alone. */
const PLACE_IN_VARIABLE = / at "([A-Za-z_]\w*)((?:\.\w+|\[\d+\])*)"; /;
const VARIABLE_NAME = /^Variable "\$(\w+)"/;
const MISSING_FIELD = /Field "(?:\w+\.)?(\w+)" of required type/;
const MISSING_ARGUMENT = /argument "(\w+)" of type .* is required/;

const join = (path: readonly string[]): string =>
  path.reduce(
    (joined, step) => joined + (step.startsWith('[') || joined === '' ? '' : '.') + step,
    '',
  );

const belowInput = (path: readonly string[]): string[] =>
  path[0] === INPUT_ARGUMENT && path.length > 1 ? path.slice(1) : [...path];

type Around = ASTNode | readonly ASTNode[] | undefined;

/** The step from one thing of the query into the next one that is part of it. */
function stepInto(outer: Around, inner: Around, innermost: Around): string[] {
  if (Array.isArray(inner)) {
    const isList = !Array.isArray(outer) && (outer as ASTNode | undefined)?.kind === Kind.LIST;
    return isList ? [`[${inner.indexOf(innermost)}]`] : [];
  }
  const node = inner as ASTNode | undefined;
  const isNamed = node?.kind === Kind.ARGUMENT || node?.kind === Kind.OBJECT_FIELD;
  return isNamed ? [node.name.value] : [];
}

/** Where everything of a document stands, read once: a document can have a hundred errors and be long. */
interface Places {
  readonly around: ReadonlyMap<Around, Around>;
  /** The first argument or field of an input that a variable is given to. */
  readonly uses: ReadonlyMap<string, ASTNode>;
}

const known = new WeakMap<DocumentNode, Places>();

function placesOf(document: DocumentNode): Places {
  const before = known.get(document);
  if (before !== undefined) return before;
  const around = new Map<Around, Around>();
  const uses = new Map<string, ASTNode>();
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      around.set(node, parent);
      if (Array.isArray(parent)) around.set(parent, ancestors.at(-1));
      const takesValue = node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD;
      if (!takesValue || node.value.kind !== Kind.VARIABLE) return;
      const name = node.value.name.value;
      if (!uses.has(name)) uses.set(name, node);
    },
  });
  const places = { around, uses };
  known.set(document, places);
  return places;
}

/** Names the way from a field's arguments down to a node of the query; null when it is not in it. */
function pathTo(document: DocumentNode, node: ASTNode | undefined): string[] | null {
  const { around } = placesOf(document);
  if (node === undefined || !around.has(node)) return null;
  const way: Around[] = [];
  for (let part: Around = node; part !== undefined; part = around.get(part)) way.unshift(part);
  return way.flatMap((part, index) => stepInto(way[index - 1], part, way[index + 1]));
}

function pathOfVariable(document: DocumentNode, message: string): string | null {
  const name = VARIABLE_NAME.exec(message)?.[1];
  if (name === undefined) return null;
  const use = pathTo(document, placesOf(document).uses.get(name));
  const place = PLACE_IN_VARIABLE.exec(message)?.[2] ?? '';
  const inside = place.split(/\.|(?=\[)/).filter((step) => step !== '');
  const missing = MISSING_FIELD.exec(message)?.[1];
  const path = [...(use ?? [name]), ...inside, ...(missing === undefined ? [] : [missing])];
  return join(belowInput(path));
}

/**
 * Finds the path in the input of the value that a query error is about, such as `actions[0].count`; null when the error
 * is not about a value.
 *
 * @param error As graphql-js reports it: for a variable, or for a literal in the query.
 */
export function inputPathOf(error: GraphQLError, document: DocumentNode): string | null {
  const ofVariable = pathOfVariable(document, error.message);
  if (ofVariable !== null) return ofVariable;
  const missing =
    MISSING_ARGUMENT.exec(error.message)?.[1] ?? MISSING_FIELD.exec(error.message)?.[1];
  const [node] = error.nodes ?? [];
  if (node === undefined) return null;
  const isValue =
    node.kind === Kind.OBJECT_FIELD || node.kind === Kind.ARGUMENT || node.kind.endsWith('Value');
  if (!isValue && missing === undefined) return null;
  const path = isValue ? (pathTo(document, node) ?? []) : [];
  const whole = [...path, ...(missing === undefined ? [] : [missing])];
  return whole.length === 0 ? null : join(belowInput(whole));
}

/** Makes the path in the input of a refused field of one action. */
export function itemField(field: string | null, index: number): string {
  if (field === null) return `actions[${index}]`;
  return field.startsWith('actions[') ? field : `actions[${index}].${field}`;
}
