import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../shared/graphql/client.ts';
import { usePoller } from '../../../shared/polling/usePolled.ts';
import { useWallet } from '../../shell/wallet.ts';
import { CollectMutation } from './queries.ts';

/** Taps within this time become one call. */
const GATHER_MS = 800;
/** Waits before the tries after one that had no answer. Asking again is safe: it asks for everything that is earned. */
const AGAIN_MS = [1_000, 3_000, 8_000] as const;

/** Asking for what was earned. */
export interface Collecting {
  /** Whether the service has not answered yet. */
  readonly isAsking: boolean;
  /** Code of why it did not work, until the next try; null for none. */
  readonly failed: string | null;
  /** Moment at which the service took the last call, by `performance.now()`: answers that were asked for later have it. */
  readonly takenAt: number;
  /** Asks for everything: soon, so that more taps can join, or now. */
  collect(when: 'soon' | 'now'): void;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks for all drops of the member by one call, however many were tapped. */
export function useCollect(): Collecting {
  const { client } = useWallet();
  const poller = usePoller();
  const [isAsking, setAsking] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const [takenAt, setTakenAt] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isBusy = useRef(false);
  const isWanted = useRef(false);

  const send = useCallback(async (): Promise<void> => {
    if (isBusy.current) {
      isWanted.current = true;
      return;
    }
    isBusy.current = true;
    setAsking(true);
    setFailed(null);
    let code: string | null = null;
    for (const wait of [...AGAIN_MS, null]) {
      try {
        const { dropsCollect } = await client.ask(CollectMutation);
        code = dropsCollect.userErrors[0]?.code ?? null;
        break;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        code = error.code;
        if (wait === null || code === 'UNAUTHENTICATED') break;
        await sleep(Math.max(wait, error.retryAfterMs ?? 0));
      }
    }
    isBusy.current = false;
    setAsking(false);
    if (code === null) {
      setTakenAt(performance.now());
      poller.quicken();
    } else setFailed(code);
    poller.refresh();
    if (!isWanted.current) return;
    isWanted.current = false;
    void send();
  }, [client, poller]);

  useEffect(() => () => clearTimeout(timer.current), []);
  const collect = useCallback(
    (when: 'soon' | 'now') => {
      clearTimeout(timer.current);
      if (when === 'now') void send();
      else timer.current = setTimeout(() => void send(), GATHER_MS);
    },
    [send],
  );
  return { isAsking, failed, takenAt, collect };
}
