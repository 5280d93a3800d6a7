/** That many calls of a mutation at the same time are one: what each mutation says of itself, and how it is checked. */
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { inputTypeOf, MUTATIONS } from '../sampleInput.ts';
import { until, type Answer } from '../service.ts';
import type { ParallelStage } from './parallelStage.ts';

/** Asks one of the servers, as a caller. */
export type Asker = (server: number, query: string, variables: object) => Promise<Answer>;
/** What a mutation answered, as GraphQL gives it. */
export type Payload = Readonly<Record<string, unknown>>;

/** A mutation without an idempotencyKey: what its repeats are told by, and what is equal then. */
export interface OtherMeans {
  /** Why it has no key, in a sentence. */
  readonly because: string;
  /** What of an answer is the same for all callers. */
  readonly alike: (payload: Payload) => unknown;
  /** Tells the one answer of the call that had the effect; left out where all answers are alike. */
  readonly isFirst?: (payload: Payload) => boolean;
  /** Whether it is good without an effect: `effect` then counts that there is none. */
  readonly changesNothing?: true;
}

/** A mutation that can be called, with everything there that it needs. */
export interface PreparedCall {
  readonly by: Asker;
  /** Without the idempotencyKey. */
  readonly input: Payload;
  /** Fields of the payload to compare, beside `userErrors`; with `transaction { id status }` where there is one. */
  readonly selection: string;
  /** Changes to the input with which the same key is refused; a sentence where there is no such input. */
  readonly other: Payload | string;
  /** What a refusal of `other` shows; left out, `IDEMPOTENCY_KEY_REUSED`. */
  readonly refusal?: Payload;
  /** Counts what is there, in the database or on chain. */
  readonly effect: () => Promise<unknown>;
  /** What `effect` comes to, however many calls there are. */
  readonly after: unknown;
  /** Transactions that it takes; one if left out, for a mutation that sends any. */
  readonly transactions?: number;
  readonly otherMeans?: OtherMeans;
}

/** How a mutation is called well; it stands alone. */
export type ParallelCall = (stage: ParallelStage) => Promise<PreparedCall>;
/** By the names of mutations. */
export type ParallelCalls = Readonly<Record<string, ParallelCall>>;

const SERVERS = 2;
/** A quiet machine is done at once; many callers who ask a busy one again and again would keep it from what they wait for. */
const PAUSE_MS = 100;
const MAX_PAUSE_MS = 2_000;
/** As a client would repeat it: a machine that does everything at once needs a while for one transaction. */
const PATIENCE_MS = 300_000;

/** What a client answers by the same call again. */
const RETRYABLE: ReadonlySet<string> = new Set([
  ...['BUSY', 'CHAIN_STALE', 'CHAIN_UNAVAILABLE', 'DATABASE_UNAVAILABLE', 'OVERLOADED'],
]);

const REUSED: Payload = {
  userErrors: [{ field: 'idempotencyKey', code: 'IDEMPOTENCY_KEY_REUSED' }],
};

const isUnderWay = ({ data, errors = [] }: Answer, name: string): boolean => {
  if (errors.some(({ extensions }) => RETRYABLE.has(String(extensions['code'])))) return true;
  const { transaction } = (data?.[name] ?? {}) as { transaction?: { status: string } | null };
  return transaction?.status === 'QUEUED' || transaction?.status === 'SENT';
};

/** Repeats a call as long as its answers say that it is under way. @throws Error for one with errors */
async function answered(name: string, call: () => Promise<Answer>): Promise<Payload> {
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  for (let pauseMs = PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    const answer = await call();
    if (!isUnderWay(answer, name) || Date.now() > giveUpAtMs) {
      if (!answer.data || answer.errors !== undefined) throw new Error(JSON.stringify(answer));
      return answer.data[name] as Payload;
    }
    await delay(pauseMs * (0.5 + Math.random()));
  }
}

const isContractCall = (name: string): boolean =>
  MUTATIONS.some((mutation) => mutation.name === name && mutation.kind !== null);

/** Fires so many calls at all servers at once. @throws what an expectation throws that is not met */
export async function expectOneEffect(
  stage: ParallelStage,
  name: string,
  { prepare, calls }: { readonly prepare: ParallelCall; readonly calls: number },
): Promise<void> {
  const prepared = await prepare(stage);
  const { by, effect, after, other, otherMeans, selection } = prepared;
  const keyed = otherMeans === undefined ? { idempotencyKey: stage.service.key() } : {};
  const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) {
    ${selection} userErrors { field code } } }`;
  const call = (server: number, more: Payload = {}): Promise<Payload> =>
    answered(name, () => by(server, query, { input: { ...prepared.input, ...keyed, ...more } }));
  const alike = otherMeans?.alike ?? ((payload: Payload): unknown => payload);
  const wanted = isContractCall(name) ? (prepared.transactions ?? 1) : 0;
  const sentBefore = await stage.sent(name);
  const sent = async (): Promise<number> => (await stage.sent(name)) - sentBefore;
  const isThere = async (): Promise<boolean> => isDeepStrictEqual(await effect(), after);
  expect(await isThere(), 'the effect before there is a call').toBe(
    otherMeans?.changesNothing ?? false,
  );

  const answers = await Promise.all(
    Array.from({ length: calls }, (_none, index) => call(index % SERVERS)),
  );
  const [first = {}] = answers;
  expect(first).toMatchObject({ userErrors: [] });
  expect(answers.map(alike)).toEqual(answers.map(() => alike(first)));
  if (otherMeans?.isFirst !== undefined) {
    expect(answers.filter(otherMeans.isFirst)).toHaveLength(1);
  }
  // What is settled later is there a moment later.
  await until(`${name} has its effect`, isThere).catch(() => undefined);
  expect(await effect()).toEqual(after);
  expect(await sent()).toBe(wanted);

  for (let server = 0; server < SERVERS; server += 1) {
    expect(alike(await call(server)), 'a later repeat').toEqual(alike(first));
    if (typeof other === 'string') continue;
    expect(await call(server, other)).toMatchObject(prepared.refusal ?? REUSED);
  }
  expect(await effect()).toEqual(after);
  expect(await sent()).toBe(wanted);
}
