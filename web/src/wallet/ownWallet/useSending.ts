import { useState } from 'react';
import {
  accountsOf,
  switchChain,
  WalletStop,
  type WalletHindrance,
} from '../../shared/browserWallets/connect.ts';
import { isRejected, type FoundWallet } from '../../shared/browserWallets/discovery.ts';
import { useWallet } from '../shell/wallet.ts';
import { useOwnWrites } from './useOwnWrites.ts';
import type { UnreadCall } from './ownWrites.ts';

/** Why the wallet did not send a call. */
export type SendProblem = WalletHindrance | 'wrongAccount' | 'notSent';

const HASH = /^0x[\da-f]{64}$/i;
/** Kept in the tab once a call was sent: that it costs a fee has been said. */
const FEE_SAID = 'dewpoint.feeSaid';

/** Has a wallet send a call that was read. */
export function useSending(name: string): {
  readonly problem: SendProblem | null;
  readonly isAsking: boolean;
  readonly isFeeSaid: boolean;
  send(wallet: FoundWallet, call: UnreadCall, from: string): void;
} {
  const own = useOwnWrites();
  const { storage } = useWallet();
  const [problem, setProblem] = useState<SendProblem | null>(null);
  const [isAsking, setAsking] = useState(false);

  const ask = async ({ provider }: FoundWallet, call: UnreadCall, from: string): Promise<void> => {
    const accounts = await accountsOf(provider);
    if (!accounts.some((account) => account.toLowerCase() === from.toLowerCase())) {
      return setProblem('wrongAccount');
    }
    await switchChain(provider, call.chainId);
    const params = [{ from, to: call.to, data: call.data, value: '0x0' }];
    if (!own.asked(name)) return;
    const hash = await provider.request({ method: 'eth_sendTransaction', params });
    storage.set(FEE_SAID, 'yes');
    // Without a hash nobody can follow it: it stays in doubt.
    if (typeof hash !== 'string' || !HASH.test(hash)) return setProblem('notSent');
    own.signed(name, hash.toLowerCase());
  };
  const send = async (wallet: FoundWallet, call: UnreadCall, from: string): Promise<void> => {
    setAsking(true);
    setProblem(null);
    try {
      await ask(wallet, call, from);
    } catch (error) {
      own.rejected(name);
      // A no of the person is no problem: everything is as before.
      if (error instanceof WalletStop) setProblem(error.hindrance);
      else if (!isRejected(error)) setProblem('notSent');
    } finally {
      setAsking(false);
    }
  };
  return {
    ...{ problem, isAsking },
    isFeeSaid: storage.get(FEE_SAID) !== null,
    send: (wallet, call, from) => void send(wallet, call, from),
  };
}
