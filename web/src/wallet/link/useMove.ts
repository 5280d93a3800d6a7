import { useState } from 'react';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { ApiError } from '../../shared/graphql/client.ts';
import type { ResultOf } from '../../shared/graphql/graphql.ts';
import { useWrites } from '../../shared/transactions/useWrite.ts';
import { useWallet } from '../shell/wallet.ts';
import {
  accountsOf,
  switchChain,
  WalletStop,
  type WalletHindrance,
} from '../../shared/browserWallets/connect.ts';
import {
  isRejected,
  type Eip1193,
  type FoundWallet,
} from '../../shared/browserWallets/discovery.ts';
import {
  isSameMove,
  type LinkQuery,
  MoveDataQuery,
  moveTypedData,
  type MoveToSign,
} from './moveData.ts';
import { MoveMutation } from './mutations.ts';

export type LinkView = ResultOf<typeof LinkQuery>['viewer'];

/** Name of the write that moves the account. */
export const MOVE_WRITE = 'accountMove';

/** What stands between a member and the own wallet. */
export type LinkProblem =
  WalletHindrance | 'sameAccount' | 'notWhatWasAsked' | 'walletFailed' | { readonly code: string };

/** A wallet that was asked for its account, and what it would sign. */
export interface ReadyMove {
  readonly wallet: FoundWallet;
  readonly move: MoveToSign;
}

const MS_PER_SECOND = 1_000;
/** Long enough to read it, short enough for a signature not to be forgotten. */
const LEAD_MS = 3_600_000;

/** Stops with a problem that has words. */
class LinkStop extends Error {
  override readonly name = 'LinkStop';
  readonly problem: LinkProblem;
  constructor(problem: LinkProblem) {
    super('the wallet can not be linked');
    this.problem = problem;
  }
}

const accountOf = async (provider: Eip1193): Promise<`0x${string}`> => {
  const [account] = await accountsOf(provider);
  if (account === undefined) throw new LinkStop('noAccount');
  return account;
};

/** Links an own wallet step by step: asks it for its account, shows what it would sign, has it signed, and moves. */
export function useMove(viewer: LinkView): {
  readonly ready: ReadyMove | null;
  readonly problem: LinkProblem | null;
  readonly isAsking: boolean;
  choose(wallet: FoundWallet): void;
  sign(): void;
  back(): void;
} {
  const { client } = useWallet();
  const writes = useWrites();
  const [ready, setReady] = useState<ReadyMove | null>(null);
  const [problem, setProblem] = useState<LinkProblem | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { program, member } = viewer;

  /** Runs one step. What the person rejects in the wallet is no problem: the page is as before. */
  const run = async (step: () => Promise<void>): Promise<void> => {
    setAsking(true);
    setProblem(null);
    try {
      await step();
    } catch (error) {
      if (error instanceof LinkStop) setProblem(error.problem);
      else if (error instanceof WalletStop) setProblem(error.hindrance);
      else if (error instanceof ApiError) setProblem({ code: error.code });
      else if (!isRejected(error)) setProblem('walletFailed');
    } finally {
      setAsking(false);
    }
  };

  const prepare = async (wallet: FoundWallet): Promise<void> => {
    const from = member?.account ?? '';
    const to = await accountOf(wallet.provider);
    if (to.toLowerCase() === from.toLowerCase()) throw new LinkStop('sameAccount');
    await switchChain(wallet.provider, program.chainId);
    const deadline = Math.floor((serviceNowMs() + LEAD_MS) / MS_PER_SECOND);
    const iso = new Date(deadline * MS_PER_SECOND).toISOString();
    const { accountMoveTypedData: asked } = await client.ask(MoveDataQuery, { to, deadline: iso });
    const { chainId, address: points } = program;
    const move = { chainId, points, from, to, deadline };
    if (!isSameMove(asked.json, move)) throw new LinkStop('notWhatWasAsked');
    setReady({ wallet, move });
  };

  const sign = async ({ wallet, move }: ReadyMove): Promise<void> => {
    const now = await accountOf(wallet.provider);
    if (now.toLowerCase() !== move.to.toLowerCase()) {
      setReady(null);
      throw new LinkStop('noAccount');
    }
    // What the page made is signed, not what it was sent.
    const data = JSON.stringify(moveTypedData(move));
    const params = [move.to, data];
    const signature = await wallet.provider.request({ method: 'eth_signTypedData_v4', params });
    if (typeof signature !== 'string') throw new LinkStop('walletFailed');
    writes.start({
      ...{ name: MOVE_WRITE, kind: 'accountMove', document: MoveMutation },
      input: {
        to: move.to as `0x${string}`,
        deadline: new Date(move.deadline * MS_PER_SECOND).toISOString(),
        signature: signature as `0x${string}`,
      },
    });
  };

  return {
    ready,
    problem,
    isAsking,
    choose: (wallet) => void run(() => prepare(wallet)),
    sign: () => {
      if (ready !== null) void run(() => sign(ready));
    },
    back: () => {
      setReady(null);
      setProblem(null);
    },
  };
}
