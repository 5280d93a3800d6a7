import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Client } from '../../shared/graphql/client.ts';
import type { TabStorage } from '../../shared/storage/tabStorage.ts';
import type { Host } from '../session/frame.ts';
import type { Session, SessionState } from '../session/session.ts';

/** What every part of the wallet may need. */
export interface Wallet {
  /** The program's own id, as in the address: "prg_31337_95bd...". */
  readonly programId: string;
  readonly session: Session;
  /** Sends calls of the member. */
  readonly client: Client;
  readonly host: Host;
  readonly storage: TabStorage;
  /** Says in the status line what happened; screen readers read it aloud. */
  say(text: string): void;
}

/** The wallet around a part. */
export const WalletContext = createContext<Wallet | null>(null);

/** Returns the wallet around this part. */
export function useWallet(): Wallet {
  const wallet = useContext(WalletContext);
  if (wallet === null) throw new Error('there is no wallet around this part');
  return wallet;
}

/** Tells whether there is a session, and changes with it. */
export function useSession(): SessionState {
  const { session } = useWallet();
  return useSyncExternalStore(session.watch, session.read);
}

const watchConnection = (changed: () => void): (() => void) => {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
};

/** Tells whether the device says that it has a connection. */
export function useOnline(): boolean {
  return useSyncExternalStore(watchConnection, () => navigator.onLine);
}

/** Tells whether anything can be done: with a connection and a session. */
export function useCanAct(): boolean {
  const isOnline = useOnline();
  const { phase } = useSession();
  return isOnline && phase === 'open';
}

/** Tells whether a media query holds, as "(min-width: 900px)". */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}

/** From here on there are two columns. */
export const DESK = '(min-width: 900px)';
