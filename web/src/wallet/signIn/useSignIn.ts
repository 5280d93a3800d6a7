import { useState } from 'react';
import { ApiError, createClient } from '../../shared/graphql/client.ts';
import { graphql } from '../../shared/graphql/graphql.ts';
import { newIdempotencyKey } from '../../shared/transactions/intents.ts';
import {
  accountsOf,
  WalletStop,
  type WalletHindrance,
} from '../../shared/browserWallets/connect.ts';
import { isRejected, type FoundWallet } from '../../shared/browserWallets/discovery.ts';
import { keepSession } from '../session/ticket.ts';
import { useProgram } from '../shell/useProgram.ts';
import { useWallet } from '../shell/wallet.ts';
import { withCapitals } from './checksum.ts';
import { hexOfText, signInMessage } from './message.ts';

const NonceMutation = graphql(`
  mutation SignInNonce($input: WalletNonceCreateInput!) {
    walletNonceCreate(input: $input) {
      nonce
    }
  }
`);

const VerifyMutation = graphql(`
  mutation SignIn($input: WalletVerifyInput!) {
    walletVerify(input: $input) {
      token
      session {
        expiresAt
      }
      userErrors {
        code
      }
    }
  }
`);

/** Why nobody was signed in. */
export type SignInProblem = WalletHindrance | 'notLinked' | 'notSigned' | { readonly code: string };

const SIGNATURE = /^0x[\da-f]+$/i;
/** Asked for again under the same key while no answer comes: a nonce is good once. */
const TRIES = 3;
const AGAIN_MS = 1_500;

async function persistently<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const isLost = error instanceof ApiError && ['OFFLINE', 'BUSY'].includes(error.code);
      if (!isLost || tries >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** Signs a member in by its own wallet (EIP-4361): the wallet signs a text, and nothing is sent. */
export function useSignIn(): {
  readonly problem: SignInProblem | null;
  readonly isAsking: boolean;
  signIn(wallet: FoundWallet): void;
} {
  const program = useProgram();
  const { programId, session, storage } = useWallet();
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const [isAsking, setAsking] = useState(false);

  const ask = async ({ provider }: FoundWallet): Promise<void> => {
    if (program === null) return;
    const client = createClient(() => null);
    const [given = ''] = await accountsOf(provider);
    const nonced = await client.ask(NonceMutation, { input: { programId } });
    const nonce = nonced.walletNonceCreate.nonce ?? '';
    const address = withCapitals(given);
    const { chainId } = program;
    const message = signInMessage({ address, chainId, nonce, now: new Date() }, location);
    const signature = await provider.request({
      ...{ method: 'personal_sign', params: [hexOfText(message), given] },
    });
    if (typeof signature !== 'string' || !SIGNATURE.test(signature)) return setProblem('notSigned');
    const input = {
      ...{ programId, message, idempotencyKey: newIdempotencyKey() },
      signature: signature as `0x${string}`,
    };
    const { walletVerify: answer } = await persistently(() =>
      client.ask(VerifyMutation, { input }),
    );
    const code = answer.userErrors[0]?.code;
    if (answer.token === null || answer.session === null) {
      return setProblem(code === 'NOT_FOUND' ? 'notLinked' : { code: code ?? 'INTERNAL' });
    }
    const opened = { token: answer.token, expiresAt: answer.session.expiresAt };
    keepSession(storage, programId, opened);
    session.open(opened);
  };
  const signIn = async (wallet: FoundWallet): Promise<void> => {
    setAsking(true);
    setProblem(null);
    try {
      await ask(wallet);
    } catch (error) {
      if (error instanceof WalletStop) setProblem(error.hindrance);
      else if (error instanceof ApiError) setProblem({ code: error.code });
      else if (!isRejected(error)) setProblem('notSigned');
    } finally {
      setAsking(false);
    }
  };
  return { problem, isAsking, signIn: (wallet) => void signIn(wallet) };
}
