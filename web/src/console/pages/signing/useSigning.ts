import { useState, useSyncExternalStore } from 'react';
import {
  accountsOf,
  switchChain,
  WalletStop,
  type WalletHindrance,
} from '../../../shared/browserWallets/connect.ts';
import { isRejected, type FoundWallet } from '../../../shared/browserWallets/discovery.ts';
import type { SignatureProblem, SignedWrites, SigningAsked } from '../../writes/signedWrites.ts';
import type { CheckedRequest } from './useChecked.ts';

/** Why a wallet did not sign, or what it signed came to nothing. */
export type SigningProblem = WalletHindrance | SignatureProblem | 'wrongAccount' | 'notSigned';

const SIGNATURE = /^0x[\da-f]+$/i;

const isSignature = (value: unknown): value is `0x${string}` =>
  typeof value === 'string' && SIGNATURE.test(value);

/** Has a wallet sign what was compared, and hands it in. */
export function useSigning(
  writes: SignedWrites,
  { name, request }: SigningAsked,
): {
  readonly problem: SigningProblem | null;
  readonly isAsking: boolean;
  /** Set from when the wallet has signed until the service has answered. */
  readonly isHandingIn: boolean;
  sign(wallet: FoundWallet, checked: CheckedRequest): void;
} {
  // What was said of the last signature outlives this part: what is signed after it is another request, with a sheet of its own.
  const last = useSyncExternalStore(writes.watch, () => writes.problem(name));
  const isHandingIn = useSyncExternalStore(writes.watch, () => writes.isHandingIn(name));
  const [problem, setProblem] = useState<SigningProblem | null>(null);
  const [isAsking, setAsking] = useState(false);

  const ask = async (
    { provider }: FoundWallet,
    { account, program, toSign }: CheckedRequest,
  ): Promise<SigningProblem | null> => {
    if (toSign === null) return 'notSigned';
    const accounts = await accountsOf(provider);
    const own = accounts.find((each) => each.toLowerCase() === account.toLowerCase());
    if (own === undefined) return 'wrongAccount';
    await switchChain(provider, program.chainId);
    const params = [own, toSign];
    const signature = await provider.request({ method: 'eth_signTypedData_v4', params });
    if (!isSignature(signature)) return 'notSigned';
    // The person may have taken it back meanwhile.
    if (writes.toSign(name)?.request.id !== request.id) return 'outdated';
    return writes.sign(name, signature);
  };
  const sign = async (wallet: FoundWallet, checked: CheckedRequest): Promise<void> => {
    setAsking(true);
    setProblem(null);
    try {
      setProblem(await ask(wallet, checked));
    } catch (error) {
      // A no of the person is no problem: everything is as before.
      if (error instanceof WalletStop) setProblem(error.hindrance);
      else if (!isRejected(error)) setProblem('notSigned');
    } finally {
      setAsking(false);
    }
  };
  return {
    problem: isAsking ? null : (problem ?? last),
    isAsking,
    isHandingIn,
    sign: (wallet, checked) => void sign(wallet, checked),
  };
}
