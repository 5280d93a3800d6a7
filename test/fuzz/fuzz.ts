import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { writeRequest, type FuzzRequest } from './documents.ts';
import { createRandom, type Random } from './random.ts';

/** What the service did under thousands of requests that nobody would send. */
export interface FuzzReport {
  /** Requests that were answered as none may be, each with the reason and what was sent. */
  readonly faults: readonly string[];
  /** How often each code came; `OK` for an answer without errors. */
  readonly codes: Readonly<Record<string, number>>;
  readonly longestAnswer: number;
  /** Milliseconds that `/healthz` took at worst meanwhile. */
  readonly slowestHealthMs: number;
}

const MAX_ANSWER_BYTES = 5_000_000;
/** Requests without a key. */
const UNKEYED = 0.15;
const SHOWN_CHARACTERS = 600;
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

/** Asks `/healthz` again and again; gives the longest time that it took, once it is told to stop. */
function watchHealth(apiUrl: string): () => Promise<number> {
  let isOver = false;
  let slowest = 0;
  const watching = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      await fetch(new URL('/healthz', apiUrl), { headers: { connection: 'close' } });
      slowest = Math.max(slowest, performance.now() - startedAt);
      await delay(HEALTH_PAUSE_MS);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return slowest;
  };
}

/** Sends requests that are made from the schema, with the keys and without one; the seed repeats them. */
export async function fuzz(args: {
  readonly apiUrl: string;
  readonly keys: readonly string[];
  readonly requests: number;
  readonly seed: number;
  readonly concurrent?: number;
}): Promise<FuzzReport> {
  const { apiUrl, keys, requests, seed, concurrent = 4 } = args;
  const schema = await schemaOf(apiUrl);
  const random = createRandom(seed);
  const codes: Record<string, number> = {};
  const faults: string[] = [];
  let longestAnswer = 0;
  let left = requests;

  async function sendOne(): Promise<void> {
    const request = writeRequest(schema, random);
    const { headers, ...body } = bodyOf(request, random);
    const key = random.chance(UNKEYED) ? null : random.pick(keys);
    const response = await fetch(apiUrl, {
      ...{ method: 'POST', ...body },
      // A kept connection may be closed by the server just as the next request is written to it.
      headers: {
        connection: 'close',
        ...(headers as object),
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
    });
    const text = await response.text();
    const answer = parsed(text);
    longestAnswer = Math.max(longestAnswer, text.length);
    const code = answer?.errors?.[0]?.extensions?.code ?? 'OK';
    codes[code] = (codes[code] ?? 0) + 1;
    const fault = faultOf(response.status, text, answer);
    if (fault === null) return;
    const sent = JSON.stringify(request).slice(0, SHOWN_CHARACTERS);
    faults.push(`${fault}: ${response.status} ${text.slice(0, SHOWN_CHARACTERS)}\n  for ${sent}`);
  }
  const caller = async (): Promise<void> => {
    while (left-- > 0) await sendOne();
  };
  const stopWatching = watchHealth(apiUrl);
  try {
    await Promise.all(Array.from({ length: concurrent }, caller));
  } catch (error) {
    await stopWatching();
    throw error;
  }
  return { faults, codes, longestAnswer, slowestHealthMs: await stopWatching() };
}

const HEAP = /^nodejs_heap_size_used_bytes (\S+)$/m;

/** Bytes of the heap that the server uses now. */
export async function heapOf(apiUrl: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', apiUrl))).text();
  const bytes = HEAP.exec(text)?.[1];
  if (bytes === undefined) throw new Error('the metrics do not name the heap');
  return Number(bytes);
}
