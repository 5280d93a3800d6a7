/** Compares requests with what Stripe's own OpenAPI file says of them: `stripeOpenapi.json` has the parts that are used. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { FormFields } from './formFields.ts';

/** A request as it came to the stand-in. */
export interface SeenRequest {
  readonly method: 'get' | 'post' | 'delete';
  /** Without the query. */
  readonly path: string;
  readonly query: FormFields;
  readonly body: FormFields;
  readonly idempotencyKey: string | null;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
}
interface Specification {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const FORM = 'application/x-www-form-urlencoded';

const specification = JSON.parse(
  readFileSync(new URL('stripeOpenapi.json', import.meta.url), 'utf8'),
) as Specification;
// A form has texts alone: "12" is a number where one is wanted. Formats and words of OpenAPI are no rules.
const ajv = new Ajv({ coerceTypes: true, strict: false, validateFormats: false, allErrors: true });
const compiled = new Map<object, ValidateFunction>();

const matcherOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

const paths = Object.entries(specification.paths).map(([path, operations]) => ({
  matcher: matcherOf(path),
  operations,
}));

function faultsOf(schema: object, value: unknown, where: string): string[] {
  const known = compiled.get(schema);
  const check = known ?? ajv.compile(schema);
  compiled.set(schema, check);
  // What is checked is changed by it.
  if (check(structuredClone(value))) return [];
  return (check.errors ?? []).map(({ instancePath, message, params }) => {
    const { additionalProperty: name } = params as { additionalProperty?: string };
    return `${where}${instancePath} ${message ?? ''} ${name ?? ''}`.trim();
  });
}

/** Names the operation of a request; null for one that the file does not have. */
export function operationOf({ method, path }: SeenRequest): string | null {
  return operation(method, path)?.operationId ?? null;
}

const operation = (method: string, path: string): Operation | null =>
  paths.find(({ matcher }) => matcher.test(path))?.operations[method] ?? null;

/** Lists what Stripe would refuse a request for. */
export function contractFaults({ method, path, query, body }: SeenRequest): string[] {
  const found = operation(method, path);
  if (found === null) return [`${method} ${path} is no request of the file`];
  const inQuery = found.parameters.filter((parameter) => parameter.in === 'query');
  const schemaOfQuery = {
    type: 'object',
    properties: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
    required: inQuery.filter(({ required }) => required === true).map(({ name }) => name),
    additionalProperties: false,
  };
  const schemaOfBody = found.requestBody?.content[FORM]?.schema ?? { type: 'object' };
  return [
    ...faultsOf(schemaOfQuery, query, `${found.operationId} query`),
    ...faultsOf(schemaOfBody, body, `${found.operationId} body`),
  ];
}
