/** Asks for a value in a place of the schema, as somebody. */
import { setTimeout as delay } from 'node:timers/promises';
import { getNamedType, getOperationAST, parse } from 'graphql';
import { MAX_PUBLIC_QUERY_COST, queryCost } from '../../graphql/limits/queryCost.ts';
import { schema } from '../../graphql/schema.ts';
import { inputTypeOf } from '../sampleInput.ts';
import type { Answer } from '../service.ts';
import type { Place } from './places.ts';
import { fieldsOf, selectionOf } from './selections.ts';
import type { Thief } from './thieves.ts';

/** What came back, as it came. */
export interface Heard {
  readonly status: number;
  readonly text: string;
  readonly answer: Answer;
}

/** A machine that does everything at once needs many tries. */
const PATIENCE_MS = 120_000;
const REPEAT_PAUSE_MS = 100;
/** Quotas of a day are not waited for. */
const isSoon = (retryAfterMs: unknown): boolean =>
  typeof retryAfterMs === 'number' && retryAfterMs <= 10_000;

/** Asks again, while the service is busy for the moment and says so. */
export async function patiently<Heard>(
  ask: () => Promise<Heard>,
  answerOf: (heard: Heard) => Answer,
): Promise<Heard> {
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const heard = await ask();
    const { errors = [] } = answerOf(heard);
    const isBusy = errors.some(({ extensions }) => isSoon(extensions['retryAfterMs']));
    if (!isBusy || Date.now() > giveUpAtMs) return heard;
    await delay(REPEAT_PAUSE_MS);
  }
}

/** Sends a request with the headers of somebody; again, while it is to be tried again. */
export const sendAs = (
  url: string,
  headers: Thief['headers'],
  query: string,
  variables: object = {},
): Promise<Heard> =>
  patiently(
    async () => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      return { status: response.status, text, answer: JSON.parse(text) as Answer };
    },
    ({ answer }) => answer,
  );

/** A request as it is sent. */
export interface Asked {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

function requestTo(
  { on, field }: Place,
  given: Record<string, unknown>,
  { program, depth }: { program: string | null; depth: number },
): Asked {
  const found = fieldsOf(on).find(({ name }) => name === field);
  if (found === undefined) throw new Error(`there is no field ${on}.${field}`);
  const selection = selectionOf(getNamedType(found.type), depth);
  if (on === 'Mutation') {
    const query = `mutation ($input: ${inputTypeOf(field)}) { ${field}(input: $input) ${selection} }`;
    return { query, variables: given };
  }
  const args = found.args.filter(({ name }) => name in given);
  const declared = args.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = `${field}(${passed}) ${selection}`;
  const root = program === null ? 'program' : `program(id: ${JSON.stringify(program)})`;
  const query = `query (${declared}) { ${on === 'Query' ? call : `${root} { ${call} }`} }`;
  return { query, variables: given };
}

const DEEPEST = 2;
/** What costs more is refused before anybody looks at what it names. */
const isTooComplex = ({ query, variables }: Asked): boolean => {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error(`${query} is no request`);
  return queryCost(schema, document, operation, variables).cost > MAX_PUBLIC_QUERY_COST;
};
const depths = new Map<string, number>();

/** Writes the request of a place, as deep as it may be. @param program Global id of the program whose field it is; null for that of the caller. */
export function requestOf(
  place: Place,
  value: string | number,
  program: string | null = null,
): Asked {
  const given = place.variables(value);
  const known = depths.get(place.where);
  for (let depth = known ?? DEEPEST; depth >= 0; depth -= 1) {
    const asked = requestTo(place, given, { program, depth });
    if (known === undefined && isTooComplex(asked)) continue;
    depths.set(place.where, depth);
    return asked;
  }
  throw new Error(`${place.where} costs more than a request may`);
}
