import { lazy, Suspense, type JSX } from 'react';
import { PartBoundary } from '../../shared/ui/PartBoundary.tsx';
import { useSession, useWallet } from '../shell/wallet.ts';

const SignInCard = lazy(async () => ({ default: (await import('./SignInCard.tsx')).SignInCard }));

/** A way in by an own wallet, at the top, where wallets are: nothing in a frame, and nothing for who is signed in. */
export function SignIn(): JSX.Element | null {
  const { session } = useWallet();
  const { phase } = useSession();
  if (session.place === 'frame' || (phase !== 'none' && phase !== 'expired')) return null;
  return (
    <PartBoundary place="sign in">
      <Suspense fallback={null}>
        <SignInCard />
      </Suspense>
    </PartBoundary>
  );
}
