/** A session as the app's backend hands it on. */
export interface HandedSession {
  readonly token: string;
  /** ISO time from which it is void. */
  readonly expiresAt: string;
  readonly displayName?: string;
}

/** Asks the app for a session. */
export type GetSession = () => Promise<HandedSession>;

/** Sessions of one member, for all frames of a page. */
export interface SessionSource {
  /** Hands a session to a frame now, and a new one before each ends. */
  follow(take: (session: HandedSession) => void): () => void;
  /** A frame says that its session is void. */
  renew(): void;
}

const RENEW_BEFORE_MS = 30_000;
const AGAIN_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;

/** The app is asked once, however many frames want a session; where it fails, again after ever longer waits. */
export function createSessions(getSession: GetSession): SessionSource {
  const takers = new Set<(session: HandedSession) => void>();
  let current: HandedSession | null = null;
  let isAsking = false;
  let waitMs = AGAIN_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const askIn = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), ms);
  };
  async function ask(): Promise<void> {
    if (isAsking || takers.size === 0) return;
    isAsking = true;
    try {
      const session = await getSession();
      current = session;
      waitMs = AGAIN_MS;
      for (const take of takers) take(session);
      askIn(Math.max(AGAIN_MS, Date.parse(session.expiresAt) - Date.now() - RENEW_BEFORE_MS));
    } catch (error) {
      console.error(error);
      askIn(waitMs);
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    } finally {
      isAsking = false;
    }
  }

  return {
    follow: (take) => {
      takers.add(take);
      if (current === null) void ask();
      else take(current);
      return () => void takers.delete(take);
    },
    renew: () => void ask(),
  };
}
