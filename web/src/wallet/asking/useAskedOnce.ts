import { useCallback, useEffect, useState } from 'react';
import { ApiError, type Client } from '../../shared/graphql/client.ts';
import type { Polled } from '../../shared/polling/poller.ts';
import { useSession, useWallet } from '../shell/wallet.ts';

/** An answer that is asked for once, as it does not change or is many pages long. */
export interface AskedOnce<Data> extends Polled<Data> {
  /** Asks once more. */
  again(): void;
}

const NOTHING: Polled<never> = { data: null, error: null, loadedAt: null, askedAt: null };

/**
 * Asks once a session is open, and again when the connection is back after a try without an answer.
 *
 * @param ask the same function for the same question; throws ApiError
 */
export function useAskedOnce<Data>(ask: (client: Client) => Promise<Data>): AskedOnce<Data> {
  const { client } = useWallet();
  const { phase } = useSession();
  const [known, setKnown] = useState<Polled<Data>>(NOTHING);
  const load = useCallback(async () => {
    const askedAt = performance.now();
    try {
      const data = await ask(client);
      setKnown({ data, error: null, loadedAt: performance.now(), askedAt });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setKnown((before) => ({ ...before, error }));
    }
  }, [ask, client]);
  const again = useCallback(() => void load(), [load]);
  useEffect(() => {
    if (phase === 'open') again();
  }, [again, phase]);
  const hasFailed = known.error !== null;
  useEffect(() => {
    if (!hasFailed) return undefined;
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [again, hasFailed]);
  return { ...known, again };
}
