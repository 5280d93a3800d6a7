import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { headersOf, type FuzzCaller } from './callers.ts';
import { rootFieldsOf, writeRequest, type FuzzRequest } from './documents.ts';
import type { Neighbour } from './neighbour.ts';
import { createRandom, type Random } from './random.ts';

/** What the service did under thousands of requests that nobody would send. */
export interface FuzzReport {
  /** Requests that were answered as none may be, each with the reason and what was sent. */
  readonly faults: readonly string[];
  /** How often each code came; `OK` for an answer without errors. */
  readonly codes: Readonly<Record<string, number>>;
  /** How many answers each caller got that have no error. */
  readonly answered: Readonly<Record<string, number>>;
  /** Root fields of the schema that no request began with. */
  readonly neverAsked: readonly string[];
  readonly longestAnswer: number;
  /** Milliseconds that `/healthz` took at worst meanwhile. */
  readonly slowestHealthMs: number;
}

const MAX_ANSWER_BYTES = 5_000_000;
const SHOWN_CHARACTERS = 600;
const RENEW_EVERY = 500;
const HEALTH_PAUSE_MS = 100;
const SERVICE_UNAVAILABLE = 503;
const SERVER_ERROR = 500;
const STACK = /\\n +at |\.[jt]s:\d+:\d+|node_modules|Maximum call stack|"stack\w*":/;

const JSON_TYPE = { 'content-type': 'application/json' };

/** Bytes and headers: mostly a request as it should be, and some that break HTTP's rules. */
function bodyOf(request: FuzzRequest, random: Random): RequestInit & { duplex?: 'half' } {
  const text = JSON.stringify(request);
  if (!random.chance(0.04)) return { headers: JSON_TYPE, body: text };
  return random.pick<RequestInit>([
    { headers: JSON_TYPE, body: text.slice(0, random.below(text.length)) },
    { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: text },
    { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync(text) as BodyInit },
    { headers: { ...JSON_TYPE, 'content-encoding': 'x' }, body: text },
    { headers: { 'content-type': 'text/plain' }, body: text },
    { headers: { 'content-type': 'application/json; charset=utf-16' }, body: text },
    { headers: JSON_TYPE, body: `[${text}]` },
    { headers: JSON_TYPE, body: `\ufeff${text}` },
    { headers: { ...JSON_TYPE, accept: 'image/png' }, body: text },
    { headers: JSON_TYPE, body: '{"query":"{ __typename }","variables":[],"extensions":1}' },
    { headers: JSON_TYPE, body: 'x'.repeat(1_100_000) },
  ]);
}

interface AnswerBody {
  readonly errors?: readonly {
    readonly extensions?: { readonly code?: string; readonly retryAfterMs?: number };
  }[];
}

/** Says why an answer is one that may never come; null when it may. */
function faultOf(status: number, text: string, body: AnswerBody | null): string | null {
  const errors = body?.errors ?? [];
  const mayRepeat = errors.some(({ extensions }) => extensions?.retryAfterMs !== undefined);
  if (status >= SERVER_ERROR && !(status === SERVICE_UNAVAILABLE && mayRepeat)) return 'a 5xx';
  if (body === null) return 'no JSON';
  if (errors.some(({ extensions }) => extensions?.code === undefined))
    return 'an error without a code';
  if (errors.some(({ extensions }) => extensions?.code === 'INTERNAL')) return 'INTERNAL';
  if (STACK.test(text)) return 'a stack';
  return text.length > MAX_ANSWER_BYTES ? 'more than 5 MB' : null;
}

const parsed = (text: string): AnswerBody | null => {
  try {
    return JSON.parse(text) as AnswerBody;
  } catch {
    return null;
  }
};

async function schemaOf(apiUrl: string): Promise<ReturnType<typeof buildClientSchema>> {
  const response = await fetch(apiUrl, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const { data } = (await response.json()) as { data: IntrospectionQuery };
  return buildClientSchema(data);
}

/** Asks `/healthz` again and again, and the neighbour too; gives the longest time of the former once it is told to stop. */
function watchOthers(apiUrl: string, neighbour: Pick<Neighbour, 'goOn'>): () => Promise<number> {
  let isOver = false;
  let slowest = 0;
  const watching = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      await fetch(new URL('/healthz', apiUrl), { headers: { connection: 'close' } });
      slowest = Math.max(slowest, performance.now() - startedAt);
      await neighbour.goOn();
      await delay(HEALTH_PAUSE_MS);
    }
  })();
  // It is waited for below: until then, a failure is no one's.
  watching.catch(() => undefined);
  return async () => {
    isOver = true;
    await watching;
    return slowest;
  };
}

/** What is sent, by whom, and where. */
export interface FuzzRun {
  readonly apiUrl: string;
  /** Asked again now and then: sessions of members end soon. */
  readonly callers: () => Promise<readonly FuzzCaller[]>;
  readonly neighbour: Pick<Neighbour, 'known' | 'secrets' | 'goOn'>;
  readonly requests: number;
  readonly seed: number;
  readonly concurrent?: number;
}

interface Sending {
  readonly status: number;
  readonly text: string;
}

/** Tells what is shown of a neighbour: what nobody has sent so far, as anybody may store and read again what it sent. */
function createLeaks(secrets: readonly string[]): {
  readonly send: (text: string) => void;
  readonly in: (text: string) => string | null;
} {
  const unsent = new Set(secrets);
  return {
    send: (text) => {
      for (const secret of unsent) if (text.includes(secret)) unsent.delete(secret);
    },
    in: (text) => {
      const leaked = [...unsent].find((secret) => text.includes(secret));
      return leaked === undefined ? null : `shows ${leaked} of the neighbour`;
    },
  };
}

/** Sends requests that are made from the schema, one root field after the other and one caller or another; the seed repeats them. */
export async function fuzz(run: FuzzRun): Promise<FuzzReport> {
  const { apiUrl, neighbour, requests, seed, concurrent = 4 } = run;
  let callers = await run.callers();
  const leaks = createLeaks(neighbour.secrets);
  const schema = await schemaOf(apiUrl);
  const roots = rootFieldsOf(schema);
  const random = createRandom(seed);
  const names = [...(neighbour.known['ID'] ?? []), ...(neighbour.known['String'] ?? [])].map(
    String,
  );
  const codes: Record<string, number> = {};
  const answered: Record<string, number> = Object.fromEntries(callers.map(({ name }) => [name, 0]));
  const asked = new Set<string>();
  const faults: string[] = [];
  let longestAnswer = 0;
  let begun = 0;

  function judge(sending: Sending, caller: FuzzCaller, sent: string): void {
    const { status, text } = sending;
    const answer = parsed(text);
    longestAnswer = Math.max(longestAnswer, text.length);
    const code = answer?.errors?.[0]?.extensions?.code ?? 'OK';
    codes[code] = (codes[code] ?? 0) + 1;
    if (code === 'OK') answered[caller.name] = (answered[caller.name] ?? 0) + 1;
    const fault = faultOf(status, text, answer) ?? leaks.in(text);
    if (fault === null) return;
    const shown = [text, sent].map((all) => all.slice(0, SHOWN_CHARACTERS)).join('\n  for ');
    faults.push(`${fault}: ${status}, to ${caller.name}: ${shown}`);
  }
  async function sendOne(): Promise<void> {
    const root = roots[begun % roots.length];
    if (root === undefined) throw new Error('the schema has no root field');
    asked.add(root.field.name);
    const request = writeRequest(schema, random, { root, known: neighbour.known });
    const { headers, ...body } = bodyOf(request, random);
    const caller = random.pick(callers);
    const from = headersOf(caller, names, random);
    // A kept connection may be closed by the server just as the next request is written to it.
    const all = { connection: 'close', ...(headers as object), ...from };
    const sent = `${JSON.stringify(from)} ${JSON.stringify(request)}`;
    leaks.send(sent);
    const response = await fetch(apiUrl, { method: 'POST', ...body, headers: all });
    judge({ status: response.status, text: await response.text() }, caller, sent);
  }
  const sender = async (): Promise<void> => {
    while (begun < requests) {
      begun += 1;
      if (begun % RENEW_EVERY === 0) callers = await run.callers();
      await sendOne();
    }
  };
  const stopWatching = watchOthers(apiUrl, neighbour);
  try {
    await Promise.all(Array.from({ length: concurrent }, sender));
  } catch (error) {
    await stopWatching();
    throw error;
  }
  const slowestHealthMs = await stopWatching();
  const neverAsked = roots.map(({ field }) => field.name).filter((name) => !asked.has(name));
  return { faults, codes, answered, neverAsked, longestAnswer, slowestHealthMs };
}

const HEAP = /^nodejs_heap_size_used_bytes (\S+)$/m;

/** Bytes of the heap that the server uses now. */
export async function heapOf(apiUrl: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', apiUrl))).text();
  const bytes = HEAP.exec(text)?.[1];
  if (bytes === undefined) throw new Error('the metrics do not name the heap');
  return Number(bytes);
}
