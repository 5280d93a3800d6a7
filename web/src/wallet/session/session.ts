/** Who is signed in, in this page. */

/** Whether the wallet is a page of its own, or in a frame of the app. */
export type WalletPlace = 'page' | 'frame';

/**
 * - `starting`: a session is on its way
 * - `open`: calls have a token
 * - `expired`: it was open; what was loaded stays to be seen
 * - `none`: the page was opened without a way in, or with one that was used
 */
export type SessionPhase = 'starting' | 'open' | 'expired' | 'none';

/** What is known of the session. */
export interface SessionState {
  readonly phase: SessionPhase;
  /** How the app calls its member, in memory alone; null where it did not say. */
  readonly displayName: string | null;
}

/** A token of a member, from a ticket or from the app around the frame. */
export interface OpenedToken {
  readonly token: string;
  /** ISO time from which it is void. */
  readonly expiresAt: string;
}

/** The session of the page. */
export interface Session {
  readonly place: WalletPlace;
  /** Token of calls; null while there is none. */
  token(): string | null;
  /** The same object until it changes. */
  read(): SessionState;
  watch(changed: () => void): () => void;
  /** Takes a token. @param displayName left out where it stays as it was */
  open(opened: OpenedToken, displayName?: string): void;
  /** A call was refused, or the time is over: says so, and keeps what was loaded. */
  expire(): void;
  /** There is no way in. */
  giveUp(): void;
}

/** Makes the session of a page, before anybody is signed in. */
export function createSession(place: WalletPlace): Session {
  const listeners = new Set<() => void>();
  let state: SessionState = { phase: 'starting', displayName: null };
  let token: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const change = (part: Partial<SessionState>): void => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const expire = (): void => {
    clearTimeout(timer);
    token = null;
    if (state.phase === 'open') change({ phase: 'expired' });
  };
  return {
    place,
    token: () => token,
    read: () => state,
    watch: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    open: (opened, displayName = state.displayName ?? undefined) => {
      clearTimeout(timer);
      token = opened.token;
      // The clock of the device may be wrong by hours: then a call is refused, and that is what counts.
      const leftMs = Date.parse(opened.expiresAt) - Date.now();
      if (leftMs > 0) timer = setTimeout(expire, leftMs);
      change({ phase: 'open', displayName: displayName ?? null });
    },
    expire,
    giveUp: () => {
      if (state.phase !== 'open') change({ phase: 'none' });
    },
  };
}
