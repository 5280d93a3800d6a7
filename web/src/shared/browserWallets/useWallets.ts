import { useEffect, useState } from 'react';
import { discoverWallets, type FoundWallet } from './discovery.ts';

/** Wallets announce themselves at once; those that load late are found later all the same. */
const ANNOUNCE_MS = 600;

/** Wallets of this browser; null until they had time to announce themselves. */
export function useWallets(): readonly FoundWallet[] | null {
  const [wallets, setWallets] = useState<readonly FoundWallet[]>([]);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ANNOUNCE_MS);
    const stop = discoverWallets((wallet) => setWallets((known) => [...known, wallet]));
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return wallets.length === 0 && !isOver ? null : wallets;
}
