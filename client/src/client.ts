import { createBatches } from './batches.ts';
import { DewpointError } from './errors.ts';
import {
  ActionsRecord,
  ActionsVoid,
  MemberBalance,
  MemberSessionCreate,
  type ActionsRecordMutation,
  type ActionsVoidMutation,
  type ErrorCode,
  type MemberBalanceQuery,
  type Operation,
} from './generated.ts';
import { createSend } from './send.ts';

/** Where the service is, and as whom it is asked. */
export interface ClientOptions {
  /** Address of the service, such as `https://points.example`; the API is at `/graphql` below it. */
  readonly url: string | URL;
  /** An API key of the app's backend, or in a page the token of a member's session; a function is asked before each attempt. */
  readonly key: string | (() => string | Promise<string>);
  /** For one attempt; 10,000 if left out. Milliseconds. */
  readonly timeoutMs?: number;
  /** For how long a call that gets no answer, or one that passes, is repeated; 60,000 if left out. Milliseconds. */
  readonly retryForMs?: number;
  /** Instead of the one of the platform. */
  readonly fetch?: typeof fetch;
}

/** One action of a member, as the app reports it: the fields of `ActionInput` of the API. */
export interface Action {
  /** The app's own id of the member, 1 to 128 characters; the first action creates the member. */
  readonly memberId: string;
  /** The app's own id of the action, 1 to 128 characters: what is sent again under it counts once. */
  readonly eventId: string;
  /** Name of the rule that the action falls under. */
  readonly rule: string;
  /** When it happened: the app's record of it, not the time of this call, so that a repeat has the same. */
  readonly occurredAt: Date | string;
  /** In the smallest unit of the app, such as cents: 0 to 10^15. */
  readonly amount?: bigint | number | string;
  /** Equal actions that this one stands for, 1 to 100,000. */
  readonly count?: number;
  /** From when on it counts; until 2 minutes before, it can be voided. */
  readonly maturesAt?: Date | string;
  /** keccak256 of what shows that it happened: 0x and 64 hex digits. */
  readonly evidenceHash?: string;
  /** Who granted it by hand, up to 128 characters. */
  readonly actor?: string;
  /** Why it was granted by hand, up to 500 characters. */
  readonly reason?: string;
}

/** An action that shall count no more. */
export interface ActionVoid {
  readonly memberId: string;
  readonly eventId: string;
  /** Up to 500 characters, kept in the log. */
  readonly reason?: string;
}

/** What became of one action: `RECORDED`, `DUPLICATE` or `VOIDED`, with `warning` when it earns nothing. */
export type ActionResult = ActionsRecordMutation['actionsRecord']['results'][number];
/** What became of one void: `VOIDED` or `DUPLICATE`. */
export type ActionVoidResult = ActionsVoidMutation['actionsVoid']['results'][number];
/** Account and balance of a member; points as decimal strings. */
export type MemberWithBalance = NonNullable<MemberBalanceQuery['member']>;

/** A session of a member, for the app's page. */
export interface MemberSession {
  /** For this member alone, for ten minutes: hand it to the page, and store it nowhere. */
  readonly token: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** The API of Dewpoint for an app. */
export interface Client {
  /**
   * Records an action and answers once it is on the service's disk. Calls of 50 ms go out together; with the same `eventId` and content it counts once, however often it is called.
   *
   * @throws DewpointError with `code` and `field` when the action was rejected, NO_ANSWER when nobody knows
   */
  recordAction(action: Action): Promise<ActionResult>;
  /**
   * Voids an action that has not matured, such as a purchase that was refunded. Safe to repeat.
   *
   * @throws DewpointError with `code` and `field` when it was rejected
   */
  voidAction(action: ActionVoid): Promise<ActionVoidResult>;
  /** Opens a session for a member who is signed in with the app. Call it in the backend, for the wallet in the app's page. */
  createMemberSession(memberId: string): Promise<MemberSession>;
  /** Reads a member's account and balance; null for an id that never had an action. */
  member(memberId: string): Promise<MemberWithBalance | null>;
  /**
   * Sends any operation of the API and gives its `data`. Every mutation of the API is safe to repeat, so lost answers are asked for again.
   *
   * @throws DewpointError for errors of the whole request; `userErrors` of a mutation are part of its data
   */
  request<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /** Sends at once what waits, and waits for the answers. */
  flush(): Promise<void>;
  /** Sends what waits, waits for the answers, and takes no more actions: call it before the process ends. */
  close(): Promise<void>;
}

interface Judged {
  readonly status: string;
  readonly code: ErrorCode | null;
  readonly field: string | null;
  readonly message: string | null;
}

interface UserError {
  readonly code: ErrorCode;
  readonly field: string | null;
  readonly message: string;
}

const refuse = ([error]: readonly UserError[]): void => {
  if (error !== undefined) throw new DewpointError(error.message, error);
};

/** A promise that is never looked at must not hide that an action earned nothing. */
const accepted = <Result extends Judged>(result: Result): Result => {
  if (result.status !== 'REJECTED' || result.code === null) return result;
  const { code, message } = result;
  // Where it lay in the batch says nothing to the caller.
  const field = result.field?.replace(/^actions\[\d+\]\.?/, '') || null;
  throw new DewpointError(message ?? code, { code, field });
};

const time = (field: string, value: Date | string): string => {
  if (!(value instanceof Date)) return value;
  if (!Number.isNaN(value.getTime())) return value.toISOString();
  throw new DewpointError(`${field} is no time.`, { code: 'MALFORMED', field });
};

/** As the API takes it. */
const inputOf = ({ occurredAt, maturesAt, amount, ...rest }: Action): object => ({
  ...rest,
  occurredAt: time('occurredAt', occurredAt),
  ...(maturesAt === undefined ? {} : { maturesAt: time('maturesAt', maturesAt) }),
  ...(amount === undefined ? {} : { amount: typeof amount === 'bigint' ? `${amount}` : amount }),
});

const bodyOf = (query: string, actions: readonly string[]): string =>
  `{"query":${JSON.stringify(query)},"variables":{"input":{"actions":[${actions.join(',')}]}}}`;

/** Opens a client. It needs `fetch`, `crypto` and timers alone: Node, workers and browsers have them. */
export function createClient(options: ClientOptions): Client {
  const { url, key, timeoutMs = 10_000, retryForMs = 60_000 } = options;
  const base = new URL(url);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  const endpoint = new URL('graphql', base);
  // Called as a method of something else, some platforms refuse it.
  const { fetch = (...args: Parameters<typeof globalThis.fetch>) => globalThis.fetch(...args) } =
    options;
  const send = createSend({ endpoint, key, fetch, timeoutMs, retryForMs });

  const request = async <Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<Data> => (await send(JSON.stringify({ query: operation, variables }))) as Data;

  const records = createBatches<object, ActionResult>(async (actions) => {
    const data = (await send(bodyOf(ActionsRecord, actions))) as ActionsRecordMutation;
    refuse(data.actionsRecord.userErrors);
    return data.actionsRecord.results;
  });
  const voids = createBatches<ActionVoid, ActionVoidResult>(async (actions) => {
    const data = (await send(bodyOf(ActionsVoid, actions))) as ActionsVoidMutation;
    refuse(data.actionsVoid.userErrors);
    return data.actionsVoid.results;
  });

  return {
    recordAction: async (action) => accepted(await records.add(inputOf(action))),
    voidAction: async (action) => accepted(await voids.add(action)),
    createMemberSession: async (memberId) => {
      // One key for all attempts: a lost answer is given again, and not a second session opened.
      const input = { memberId, idempotencyKey: crypto.randomUUID() };
      const { memberSessionCreate } = await request(MemberSessionCreate, { input });
      refuse(memberSessionCreate.userErrors);
      const { token, session } = memberSessionCreate;
      if (token === null || session === null) {
        throw new DewpointError('The answer has no session.', { code: 'NO_ANSWER' });
      }
      return { token, expiresAt: session.expiresAt };
    },
    member: async (memberId) => (await request(MemberBalance, { memberId })).member,
    request,
    flush: async () => {
      await Promise.all([records.flush(), voids.flush()]);
    },
    close: async () => {
      await Promise.all([records.close(), voids.close()]);
    },
  };
}
