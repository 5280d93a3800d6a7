import { lazy, Suspense, type JSX } from 'react';
import { PartBoundary } from '../../shared/ui/PartBoundary.tsx';
import { useWrite } from '../../shared/transactions/useWrite.ts';
import { useShownWrite } from './useOwnWrites.ts';

const OwnWalletSheet = lazy(async () => ({
  default: (await import('./OwnWalletSheet.tsx')).OwnWalletSheet,
}));

/** What the member is asked before the own wallet is: nothing while no write waits for it. */
export function OwnWalletSteps(): JSX.Element | null {
  const name = useShownWrite();
  const write = useWrite(name ?? '');
  if (name === null || write === null) return null;
  const { phase } = write;
  if (phase !== 'checking' && phase !== 'toSign' && phase !== 'unsure') return null;
  return (
    <PartBoundary place={name}>
      <Suspense fallback={null}>
        <OwnWalletSheet key={name} name={name} phase={phase} />
      </Suspense>
    </PartBoundary>
  );
}
