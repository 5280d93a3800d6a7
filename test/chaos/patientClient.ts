import { setTimeout as delay } from 'node:timers/promises';
import type { World } from '../world/world.ts';

/** What a mutation answered. */
export type Payload = Readonly<Record<string, unknown>>;

/** A write as its client sends it, however often. */
export interface Write {
  /** Name of the mutation. */
  readonly name: string;
  /** With the idempotencyKey, where there is one. */
  readonly input: Payload;
  /** Fields of the payload beside `userErrors`; with `transaction { id status }` where there is one. */
  readonly selection: string;
  /** Who asks. */
  readonly headers: (url: string) => Readonly<Record<string, string>>;
}

/** Codes with which a client sends the same request again. */
const RETRYABLE: ReadonlySet<string> = new Set([
  ...['BUSY', 'CHAIN_STALE', 'CHAIN_UNAVAILABLE', 'DATABASE_UNAVAILABLE', 'OVERLOADED'],
]);
/** The server gives up after 30 s by itself. */
const FORGOTTEN_MS = 40_000;
const PAUSE_MS = 100;
const PATIENCE_MS = 240_000;

interface Body {
  readonly data?: Readonly<Record<string, Payload | null>> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

const inputTypeOf = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}Input`;

/** Asks one server; null when it does not answer. */
export async function askServer(
  world: Pick<World, 'apiUrl'>,
  server: number,
  headers: Write['headers'],
  query: string,
  variables: object = {},
): Promise<Body | null> {
  const url = world.apiUrl(server);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers(new URL(url).origin) },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(FORGOTTEN_MS),
    });
    return (await response.json()) as Body;
  } catch {
    // Killed in the middle, or not there yet.
    return null;
  }
}

/**
 * Sends a write, to one server and then to the other, until it is answered for good.
 *
 * @throws Error for an answer that no client should get, and when it takes too long
 */
export async function write(
  world: Pick<World, 'apiUrl'>,
  { name, input, selection, headers }: Write,
  firstServer = 0,
): Promise<Payload> {
  const query = `mutation ($input: ${inputTypeOf(name)}!) { ${name}(input: $input) {
    ${selection} userErrors { field code message } } }`;
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  let newest: Body | null = null;
  for (let tries = 0; Date.now() < giveUpAtMs; tries += 1) {
    newest = await askServer(world, (firstServer + tries) % 2, headers, query, { input });
    const codes = (newest?.errors ?? []).map(({ extensions }) => extensions.code);
    if (codes.some((code) => !RETRYABLE.has(code))) break;
    const payload = codes.length === 0 ? newest?.data?.[name] : null;
    const { transaction } = (payload ?? {}) as { transaction?: { status: string } | null };
    const isUnderWay = ['QUEUED', 'SENT'].includes(transaction?.status ?? '');
    if (payload != null && !isUnderWay) return payload;
    await delay(PAUSE_MS);
  }
  throw new Error(`${name}: ${JSON.stringify(newest)}`);
}

/** The same, of a write that has to be done. @throws Error when it is refused */
export async function done(
  world: Pick<World, 'apiUrl'>,
  wanted: Write,
  firstServer = 0,
): Promise<Payload> {
  const payload = await write(world, wanted, firstServer);
  if ((payload['userErrors'] as unknown[]).length === 0) return payload;
  throw new Error(`${wanted.name}: ${JSON.stringify(payload)}`);
}
