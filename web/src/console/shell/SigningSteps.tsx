import { lazy, Suspense, useSyncExternalStore, type JSX } from 'react';
import { useWorkplace } from '../access/workplace.ts';
import { PartBoundary } from '../../shared/ui/PartBoundary.tsx';
import { openWords } from '../i18n/words.ts';

const SigningSheet = lazy(async () => {
  const [{ SigningSheet: Sheet }] = await Promise.all([
    import('../pages/signing/SigningSheet.tsx'),
    openWords('signing'),
  ]);
  return { default: Sheet };
});

/** What the person is shown before the operator's own wallet signs: for every page, and nothing while no write waits for it. */
export function SigningSteps(): JSX.Element | null {
  const { writes } = useWorkplace().api;
  const name = useSyncExternalStore(writes.watch, writes.shown);
  const asked = name === null ? null : writes.toSign(name);
  if (asked === null) return null;
  return (
    <PartBoundary place={asked.request.id}>
      <Suspense fallback={null}>
        <SigningSheet key={asked.request.id} writes={writes} asked={asked} />
      </Suspense>
    </PartBoundary>
  );
}
