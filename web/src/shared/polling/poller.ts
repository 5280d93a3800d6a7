import type { TadaDocumentNode } from 'gql.tada';
import { ApiError, type Client } from '../graphql/client.ts';

/** What is known of a question. What was loaded stays, whatever fails later. */
export interface Polled<Result> {
  readonly data: Result | null;
  /** Why the last try had no answer; null when it had one. */
  readonly error: ApiError | null;
  /** Moment of the newest answer by `performance.now()`; null before the first. */
  readonly loadedAt: number | null;
  /** Moment at which that answer was asked for: what happened later is not in it. */
  readonly askedAt: number | null;
}

/** A question to the API: the document and its variables. */
export interface Question<Result> {
  readonly document: TadaDocumentNode<Result, never> | string;
  readonly variables: unknown;
  /** Whether it is about what everybody may see: it needs no session. */
  readonly isPublic?: boolean;
}

/** What the poller needs to know of the page that it runs in. */
export interface PageState {
  isHidden(): boolean;
  isOnline(): boolean;
  /** Calls back when the page is shown or hidden, and when the connection comes or goes. */
  onChange(changed: () => void): void;
}

/** Asks the same questions again and again, each once for all who want to know. */
export interface Poller {
  read<Result>(question: Question<Result>): Polled<Result>;
  /** Asks now, and again, until what is returned is called. */
  watch(question: Question<unknown>, changed: () => void): () => void;
  /** Asks everything that is watched at once. */
  refresh(): void;
  /** Asks more often for a minute, as something is under way. */
  quicken(): void;
  /** Asks as often as usual again. */
  calm(): void;
  /** Forgets all answers, as they were for another member. */
  forget(): void;
}

export const QUICK_MS = 2_000;
export const SHOWN_MS = 15_000;
export const HIDDEN_MS = 60_000;
/** Nobody waits longer before a page than this. */
const QUICK_FOR_MS = 60_000;
/** A tab that was forgotten asks nothing. */
const GIVE_UP_HIDDEN_MS = 600_000;

const NOTHING: Polled<never> = { data: null, error: null, loadedAt: null, askedAt: null };

const keyOf = ({ document, variables }: Question<unknown>): string =>
  `${JSON.stringify(variables ?? null)} ${document as string}`;

interface Watched {
  readonly question: Question<unknown>;
  readonly listeners: Set<() => void>;
  state: Polled<unknown>;
  isAsking: boolean;
  /** Whether it is to be asked once more: what is under way may be older than the wish. */
  isWanted: boolean;
}

/** Tells what the page that the script runs in is like. */
export const thisPage = (): PageState => ({
  isHidden: () => document.hidden,
  isOnline: () => navigator.onLine,
  onChange: (changed) => {
    document.addEventListener('visibilitychange', changed);
    addEventListener('online', changed);
    addEventListener('offline', changed);
  },
});

/**
 * @param client answers
 * @param page is polled quickly while it is shown, slowly while it is hidden, and not at all after ten minutes
 * @param mayAsk whether there is a session to ask with, where the question needs one
 */
export function createPoller({
  client,
  page,
  mayAsk,
}: {
  readonly client: Client;
  readonly page: PageState;
  readonly mayAsk: (question: Question<unknown>) => boolean;
}): Poller {
  const all = new Map<string, Watched>();
  let quickUntil = 0;
  let hiddenSince: number | null = page.isHidden() ? performance.now() : null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const waitMs = (): number | null => {
    const now = performance.now();
    if (hiddenSince !== null) return now - hiddenSince >= GIVE_UP_HIDDEN_MS ? null : HIDDEN_MS;
    return now < quickUntil ? QUICK_MS : SHOWN_MS;
  };
  const schedule = (): void => {
    clearTimeout(timer);
    const wait = waitMs();
    if (wait !== null && all.size > 0) timer = setTimeout(refresh, wait);
  };
  const ask = async (watched: Watched): Promise<void> => {
    if (!mayAsk(watched.question)) return;
    if (watched.isAsking) {
      watched.isWanted = true;
      return;
    }
    watched.isAsking = true;
    const askedAt = performance.now();
    try {
      const { document, variables } = watched.question;
      const typed = document as TadaDocumentNode<unknown, Record<string, unknown>>;
      const data = await client.ask(typed, variables as Record<string, unknown>);
      watched.state = { data, error: null, loadedAt: performance.now(), askedAt };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      watched.state = { ...watched.state, error };
    } finally {
      watched.isAsking = false;
    }
    for (const listener of watched.listeners) listener();
    if (!watched.isWanted) return;
    watched.isWanted = false;
    await ask(watched);
  };
  const refresh = (): void => {
    for (const watched of all.values()) if (watched.listeners.size > 0) void ask(watched);
    schedule();
  };
  page.onChange(() => {
    const isHidden = page.isHidden();
    hiddenSince = isHidden ? (hiddenSince ?? performance.now()) : null;
    if (isHidden || !page.isOnline()) schedule();
    else refresh();
  });

  const watchedOf = (question: Question<unknown>): Watched => {
    const key = keyOf(question);
    const known = all.get(key);
    if (known !== undefined) return known;
    const asking = { isAsking: false, isWanted: false };
    const fresh = { question, listeners: new Set<() => void>(), state: NOTHING, ...asking };
    all.set(key, fresh);
    return fresh;
  };
  return {
    read: <Result>(question: Question<Result>) => watchedOf(question).state as Polled<Result>,
    watch: (question, changed) => {
      const watched = watchedOf(question);
      watched.listeners.add(changed);
      void ask(watched);
      schedule();
      return () => void watched.listeners.delete(changed);
    },
    refresh,
    quicken: () => {
      quickUntil = performance.now() + QUICK_FOR_MS;
      schedule();
    },
    calm: () => {
      quickUntil = 0;
    },
    forget: () => {
      for (const watched of all.values()) {
        if (watched.question.isPublic === true) continue;
        watched.state = NOTHING;
        for (const listener of watched.listeners) listener();
      }
    },
  };
}
