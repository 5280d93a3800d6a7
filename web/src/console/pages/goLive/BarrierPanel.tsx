import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveBarrier } from './liveBarrier.ts';

/** Says what is in the way of a live program, and who can do something about it. */
export function BarrierPanel({
  barrier,
  programId,
}: {
  readonly barrier: LiveBarrier;
  readonly programId: string;
}): JSX.Element {
  const { t } = useTranslation('goLive');
  return (
    <section className="panel quiet-panel" aria-labelledby="live-barrier">
      <h2 id="live-barrier">{t(`barrier.${barrier}.title`)}</h2>
      <p>{t(`barrier.${barrier}.words`)}</p>
      {barrier === 'noTwoFactor' && (
        <a className="button" href={`/console/p/${programId}/team/you`}>
          {t('barrier.noTwoFactor.go')}
        </a>
      )}
    </section>
  );
}
