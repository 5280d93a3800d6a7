import type { TadaDocumentNode } from 'gql.tada';
import { serviceNowMs } from '../clock/serviceClock.ts';
import { ApiError, type Client } from '../graphql/client.ts';
import type { PageState } from '../polling/poller.ts';
import { memoryStorage } from '../storage/tabStorage.ts';
import {
  createIntents,
  newIdempotencyKey,
  sentInput,
  type Intent,
  type Intents,
} from './intents.ts';
import { refusalsIn, type WritePayload } from './payload.ts';
import { TransactionQuery } from './queries.ts';
import { isFinal, phaseOf, type SentTransaction, type WriteState } from './transactionState.ts';

/** What is to be written. */
export interface WriteRequest<Input> {
  /** What it is about, such as "roundTender:2". While one is under way, no second one begins. */
  readonly name: string;
  /** Name of the mutation. */
  readonly kind: string;
  /**
   * The mutation, with its payload under the name `payload`:
   * `mutation Tender($input: RoundTenderInput!) { payload: roundTender(input: $input) { transaction { ...SentFields } userErrors { code field message } } }`
   */
  readonly document: TadaDocumentNode<{ payload: WritePayload }, { input: Input }>;
  /** Its input without the key, which is made here. */
  readonly input: Omit<Input, 'idempotencyKey'>;
  /** Whether the mutation takes no key, as what it writes has an id of its own. */
  readonly isKeyless?: boolean;
}

/** All writes of the member in this page. Each happens once, through lost answers, reloads and double taps. */
export interface Writes {
  /** The write with this name; null for none. The same object until it changes. */
  read(name: string): WriteState | null;
  /** All of them, oldest first. The same array until one changes. */
  all(): readonly WriteState[];
  watch(changed: () => void): () => void;
  /** Begins a write. One of the same name that is not final goes on instead, under its own key. */
  start<Input>(request: WriteRequest<Input>): void;
  /** Tries one again that is unknown or waits, or asks again for what is to be signed, under the same key. */
  tryAgain(name: string): void;
  /** Forgets one that is final, or that was to be signed first: nothing was sent of it. */
  dismiss(name: string): void;
  /** Follows transactions that another page of the member began: `openTransactions` of the API. */
  adopt(transactions: readonly SentTransaction[]): void;
  /** Says whose writes they are, and goes on with what the member began in an earlier page of this tab. */
  begin(intents: Intents): void;
  /** Goes on with what waits for a connection or a session. */
  resume(): void;
}

const FOLLOW_MS = 2_000;
const FOLLOW_SLOWLY_MS = 15_000;
const FOLLOW_QUICKLY_FOR_MS = 60_000;
/** How often a transaction in a block is looked at again: the chain may take the block back. */
const LOOKS_AFTER_DONE = 4;
/** Waits before the tries after one that had no answer. */
const AGAIN_MS = [1_000, 4_000, 12_000] as const;
/** A service that is busy for longer is asked again by the member. */
const MOST_WAITS = 10;
const LEAST_WAIT_MS = 500;

/** The service did nothing yet and wants the same request later. */
const WAIT_CODES = ['BUSY', 'RATE_LIMITED', 'OVERLOADED', 'CHAIN_UNAVAILABLE', 'CHAIN_STALE'];
/** Nobody knows whether the write was done. */
const UNKNOWN_CODES = ['OFFLINE', 'INTERNAL', 'DATABASE_UNAVAILABLE', 'UNAUTHENTICATED'];

interface Write {
  state: WriteState;
  intent: Intent | null;
  tries: number;
  waits: number;
  looks: number;
  isAsking: boolean;
  followedSince: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const NEW = {
  ...{ transaction: null, errors: [], againAtMs: null, payload: null },
  ...{ steppedBack: false, isGivenUp: false, isByWallet: false, isResumed: false },
} as const;

const newWrite = (state: WriteState, intent: Intent | null): Write => ({
  ...{ state, intent, tries: 0, waits: 0, looks: 0 },
  ...{ isAsking: false, followedSince: performance.now(), timer: undefined },
});

/**
 * @param page goes on with what waits when the connection is back
 * @param onProgress is called when a write moved on, so that numbers are read again
 */
export function createWrites(deps: {
  readonly client: Client;
  readonly page: PageState;
  readonly onProgress: () => void;
}): Writes {
  const { client, page, onProgress } = deps;
  let intents = createIntents(memoryStorage(), '');
  const writes = new Map<string, Write>();
  const listeners = new Set<() => void>();
  let list: readonly WriteState[] = [];

  const told = (): void => {
    list = [...writes.values()].map(({ state }) => state);
    for (const listener of listeners) listener();
  };
  const change = (write: Write, part: Partial<WriteState>): void => {
    const before = write.state.phase;
    write.state = { ...write.state, ...part };
    if (isFinal(write.state)) intents.forget(write.state.name);
    told();
    if (before !== write.state.phase) onProgress();
  };
  const later = (write: Write, ms: number, then: (write: Write) => Promise<void>): void => {
    clearTimeout(write.timer);
    write.timer = setTimeout(() => void then(write), ms);
  };

  const takeTransaction = (write: Write, transaction: SentTransaction): void => {
    const { id, status, userErrors } = transaction;
    const phase = phaseOf(status);
    const steppedBack =
      phase === 'sent' && (write.state.steppedBack || write.state.phase === 'done');
    if (write.intent !== null && write.intent.transactionId !== id) {
      write.intent = { ...write.intent, transactionId: id };
      intents.keep(write.intent);
    }
    const parts = { transaction, phase, steppedBack, errors: userErrors };
    change(write, { ...parts, againAtMs: null, isGivenUp: false });
    if (phase === 'failed') return;
    if (phase === 'done') {
      write.looks += 1;
      if (write.looks <= LOOKS_AFTER_DONE) later(write, FOLLOW_SLOWLY_MS, follow);
      return;
    }
    write.looks = 0;
    const isNew = performance.now() - write.followedSince < FOLLOW_QUICKLY_FOR_MS;
    later(write, isNew ? FOLLOW_MS : FOLLOW_SLOWLY_MS, follow);
  };

  const follow = async (write: Write): Promise<void> => {
    const id = write.state.transaction?.id ?? write.intent?.transactionId;
    if (id == null || write.isAsking) return;
    write.isAsking = true;
    try {
      const { transaction } = await client.ask(TransactionQuery, { id });
      if (transaction !== null) takeTransaction(write, transaction);
      else later(write, FOLLOW_SLOWLY_MS, follow);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // It is saved at the service: only the news of it are late.
      later(write, FOLLOW_SLOWLY_MS, follow);
    } finally {
      write.isAsking = false;
    }
  };

  const takeError = (write: Write, error: ApiError): void => {
    const { code, message, retryAfterMs } = error;
    const errors = [{ code, field: null, message }];
    if (WAIT_CODES.includes(code) && write.waits < MOST_WAITS) {
      write.waits += 1;
      const wait = Math.max(LEAST_WAIT_MS, retryAfterMs ?? FOLLOW_MS);
      change(write, { phase: 'waiting', errors, againAtMs: serviceNowMs() + wait });
      return later(write, wait, send);
    }
    if (UNKNOWN_CODES.includes(code) || WAIT_CODES.includes(code)) {
      const wait = AGAIN_MS[write.tries - 1];
      const isGivenUp = wait === undefined || code === 'UNAUTHENTICATED';
      const againAtMs = wait === undefined ? null : serviceNowMs() + wait;
      change(write, { phase: 'unknown', errors, againAtMs, isGivenUp });
      if (!isGivenUp && wait !== undefined) later(write, wait, send);
      return;
    }
    const againAtMs = retryAfterMs === null ? null : serviceNowMs() + retryAfterMs;
    change(write, { phase: 'refused', errors, againAtMs });
  };

  const send = async (write: Write): Promise<void> => {
    const { intent } = write;
    if (intent === null || write.isAsking) return;
    write.isAsking = true;
    clearTimeout(write.timer);
    write.tries += 1;
    if (write.state.phase !== 'unknown') change(write, { phase: 'checking', errors: [] });
    try {
      const document = intent.document as unknown as WriteRequest<unknown>['document'];
      const { payload } = await client.ask(document, { input: sentInput(intent) });
      const { transaction = null, toSign = null } = payload;
      const errors = refusalsIn(payload);
      change(write, { payload });
      write.isAsking = false;
      if (transaction !== null) takeTransaction(write, transaction);
      else if (toSign !== null && errors.length === 0) change(write, { phase: 'toSign' });
      else change(write, { phase: errors.length > 0 ? 'refused' : 'done', errors });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      write.isAsking = false;
      takeError(write, error);
    }
  };

  const resume = (): void => {
    for (const intent of intents.all()) {
      if (writes.has(intent.name)) continue;
      const { name, kind, input } = intent;
      const { idempotencyKey } = input;
      const phase = intent.transactionId === null ? 'checking' : 'sent';
      const state = { ...NEW, name, kind, idempotencyKey, phase, isResumed: true } as const;
      const write = newWrite(state, intent);
      writes.set(name, write);
      told();
      void (intent.transactionId === null ? send(write) : follow(write));
    }
    for (const write of writes.values()) {
      if (write.state.phase !== 'unknown' || !write.state.isGivenUp) continue;
      write.tries = 0;
      void send(write);
    }
  };
  page.onChange(() => {
    if (!page.isHidden() && page.isOnline()) resume();
  });

  return {
    read: (name) => writes.get(name)?.state ?? null,
    all: () => list,
    watch: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    start: ({ name, kind, document, input, isKeyless = false }) => {
      const known = writes.get(name);
      if (known !== undefined && !isFinal(known.state)) return;
      clearTimeout(known?.timer);
      const idempotencyKey = newIdempotencyKey();
      const whole = { ...input, idempotencyKey };
      const text = document as unknown as string;
      const intent = { name, kind, document: text, input: whole, transactionId: null, isKeyless };
      const write = newWrite({ ...NEW, name, kind, idempotencyKey, phase: 'checking' }, intent);
      writes.set(name, write);
      // Kept before it is sent: a page that ends right after it finds it again.
      intents.keep(intent);
      told();
      void send(write);
    },
    tryAgain: (name) => {
      const write = writes.get(name);
      if (write === undefined || isFinal(write.state)) return;
      write.tries = 0;
      write.waits = 0;
      void (write.state.transaction === null ? send(write) : follow(write));
    },
    dismiss: (name) => {
      const write = writes.get(name);
      if (write === undefined) return;
      if (!isFinal(write.state) && write.state.phase !== 'toSign') return;
      clearTimeout(write.timer);
      writes.delete(name);
      intents.forget(name);
      told();
    },
    adopt: (transactions) => {
      for (const transaction of transactions) {
        const { id } = transaction;
        const isKnown = [...writes.values()].some(
          ({ state, intent }) => state.transaction?.id === id || intent?.transactionId === id,
        );
        // One whose answer is not here yet may be this one.
        const mayBe = [...writes.values()].some(
          ({ state }) => state.transaction === null && state.kind === transaction.kind,
        );
        if (isKnown || mayBe) continue;
        const kind = transaction.kind ?? '';
        const state = { ...NEW, name: `${kind}:${id}`, kind, idempotencyKey: null, transaction };
        const write = newWrite({ ...state, phase: phaseOf(transaction.status) }, null);
        writes.set(write.state.name, write);
        takeTransaction(write, transaction);
      }
    },
    begin: (ofMember) => {
      for (const write of writes.values()) clearTimeout(write.timer);
      writes.clear();
      intents = ofMember;
      told();
      resume();
    },
    resume,
  };
}
