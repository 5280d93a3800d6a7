/** Asks for what there is and for what there is not, and compares the answers. */
import { encodeGlobalId } from '../../graphql/core/globalId.ts';
import { requestOf, sendAs, type Asked, type Heard } from './asking.ts';
import type { Place } from './places.ts';
import { objectsIn } from './selections.ts';
import type { Thief } from './thieves.ts';
import type { Pair, Victim } from './victim.ts';

const REQUEST_ID = /"requestId":"[^"]*"/g;

/** An answer without what is of the request alone: its id, and the names that were sent for both. */
function plain(text: string, { there, missing }: Pair): string {
  // Accounts are the same in either case.
  let rest = text.replace(REQUEST_ID, '').toLowerCase();
  for (const value of [there, missing]) {
    // A number is no part of a longer one, of a text or of a time.
    const number = new RegExp(`(?<![\\w.-]|\\d:)${value}(?![\\w-]|[.:]\\d)`, 'g');
    const name = JSON.stringify(value).toLowerCase().replaceAll('"', '');
    rest = rest.replaceAll(typeof value === 'number' ? number : name, 'NAMED');
  }
  return rest;
}

/** What the caller did in its own program: two of it differ in ids and times, and in nothing else. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
};
const wasDone = ({ answer }: Heard): boolean =>
  Object.values(answer.data ?? {}).some((payload) => {
    const { userErrors } = (payload ?? {}) as { userErrors?: readonly unknown[] };
    return userErrors?.length === 0;
  });

/** Says how two answers differ, for what there is and what there is not; null when they do not. */
export function differenceOf(there: Heard, missing: Heard, pair: Pair): string | null {
  const isDone = wasDone(there) && wasDone(missing);
  const of = ({ status, text, answer }: Heard): string =>
    `${status} ${isDone ? JSON.stringify(shapeOf(answer.data)) : plain(text, pair)}`;
  const [one, other] = [of(there), of(missing)];
  return one === other ? null : `there: ${one}\n  missing: ${other}`;
}

/** Says what of a victim is in an answer and was not in the request; null when nothing is. Accounts are the same in either case. */
export function leakIn({ text }: Heard, sent: string, { secrets }: Victim): string | null {
  const [shown, known] = [text.toLowerCase(), sent.toLowerCase()];
  const leaked = secrets.find((secret) => {
    const name = secret.toLowerCase();
    return shown.includes(name) && !known.includes(name);
  });
  return leaked === undefined ? null : `shows ${leaked}`;
}

let keys = 0;
/** Under a key of its own: what the one did is not what the other is told. */
function fresh(asked: Asked): Asked {
  const { input } = asked.variables as { input?: Record<string, unknown> };
  if (input === undefined || !('idempotencyKey' in input)) return asked;
  const idempotencyKey = `walk-${(keys += 1)}`;
  return { ...asked, variables: { input: { ...input, idempotencyKey } } };
}

/** What somebody asks a service for. */
export interface WalkArgs {
  readonly url: string;
  readonly thief: Thief;
  readonly victim: Victim;
  readonly places: readonly Place[];
  /** Types of the objects that were shown are added to it. */
  readonly types: Set<string>;
}

/** Something that is there, and with it something of the same form that is not. */
interface Question {
  readonly place: Place;
  readonly pair: Pair;
  /** Global id of the program of whose fields it is; null for that of the caller. */
  readonly program: string | null;
}

function questionsOf({ victim, places }: WalkArgs): Question[] {
  const programId = encodeGlobalId('Program', victim.keyed.program.id);
  return places.flatMap((place) => {
    const isPublic = PUBLIC_BY_PROGRAM.includes(place.where);
    // Numbers that are public in the other program; and all others, in that of the caller.
    const programs = place.on === 'Program' && !isPublic ? [programId, null] : [null];
    return programs.flatMap((program) =>
      victim.named(place).map((pair) => ({ place, pair, program })),
    );
  });
}

/** Refusals that came before anybody looked at what was named. */
const UNASKED = /"(QUERY_TOO_COMPLEX|INVALID_QUERY|MALFORMED_REQUEST|OVERLOADED)"/;

/** Asks for one thing that is there, and for one that is not; says how the answers tell. */
async function tellsApart(
  { url, thief, victim, types }: WalkArgs,
  { place, pair, program }: Question,
): Promise<string | null> {
  const ask = async (value: string | number): Promise<Heard & { readonly sent: string }> => {
    const asked = requestOf(place, value, program);
    const { query, variables } = place.kind === 'idempotencyKey' ? asked : fresh(asked);
    const heard = await sendAs(url, thief.headers, query, variables);
    for (const { __typename: type } of objectsIn(heard.answer.data)) types.add(String(type));
    return { ...heard, sent: JSON.stringify([thief.headers, query, variables]) };
  };
  // The key of another is free here; what it is then used for is the caller's own doing.
  const isKey = place.kind === 'idempotencyKey';
  const [there, missing] = await Promise.all([
    ask(pair.there),
    isKey ? Promise.resolve(null) : ask(pair.missing),
  ]);
  const unasked = UNASKED.exec(there.text)?.[1];
  if (unasked !== undefined) return `was not asked: ${unasked}`;
  const leak = leakIn(there, there.sent, victim);
  if (leak !== null) return leak;
  if (missing !== null) return differenceOf(there, missing, pair);
  return there.text.includes('IDEMPOTENCY_KEY_REUSED') ? 'the key is known' : null;
}

const LANES = 4;
/** Does something with each of a list, some of them at a time; gives what came of it in the order of the list. */
async function each<Item, Result>(
  items: readonly Item[],
  lanes: number,
  step: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      results[index] = await step(item);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/**
 * Two calls of a caller may change what each other finds in the caller's own program, so that what is asked for in pairs is
 * called one after the other. Reading changes nothing; and of keys there is nothing to compare.
 */
const standsAlone = ({ place }: Question): boolean =>
  place.on !== 'Mutation' || place.kind === 'idempotencyKey';

/** Walks all places for a victim as somebody; gives what is told apart or shown. */
export async function walk(args: WalkArgs): Promise<string[]> {
  const questions = questionsOf(args);
  const ask = async (question: Question): Promise<string[]> => {
    const fault = await tellsApart(args, question);
    const { place, pair } = question;
    return fault === null ? [] : [`${place.where} (${pair.there}) to ${args.thief.name}: ${fault}`];
  };
  const alone = questions.filter(standsAlone);
  const inOrder = questions.filter((question) => !standsAlone(question));
  const faults = [...(await each(alone, LANES, ask)), ...(await each(inOrder, 1, ask))];
  return faults.flat();
}

/** What the contracts of a program tell everybody of it. */
const PUBLIC_BY_PROGRAM = [
  ...['Program.change.number', 'Program.item.number', 'Program.buybackTerms.after'],
  ...['Program.changes.after', 'Program.items.after', 'Program.rounds.after'],
  'Program.ruleSets.after',
];
