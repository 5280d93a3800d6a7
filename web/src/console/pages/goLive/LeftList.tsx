import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgramCopy } from '../newProgram/draft/copyOf.ts';

/** Names what a copy could not take over as it is; nothing where it took all. */
export function LeftList({
  copy: { left, leftRules },
}: {
  readonly copy: Pick<ProgramCopy, 'left' | 'leftRules'>;
}): JSX.Element | null {
  const { t } = useTranslation('goLive');
  if (left.length === 0 && leftRules.length === 0) return null;
  return (
    <section className="live-left" aria-labelledby="live-left">
      <h3 id="live-left">{t('left.title')}</h3>
      <ul>
        {leftRules.map((name) => (
          <li key={name}>{t('left.rule', { name })}</li>
        ))}
        {left.map((name) => (
          <li key={name}>{t(`left.fields.${name}`)}</li>
        ))}
      </ul>
      <p>{t('left.words')}</p>
    </section>
  );
}
