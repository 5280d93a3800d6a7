import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskedOnce } from '../../asking/useAskedOnce.ts';
import { ErrorCard } from '../../../shared/ui/States.tsx';

/** In the place of what is being worked out, as tall as it will be: nothing below it jumps. @param height pixels */
export function Reading({
  height,
  asked,
}: {
  readonly height: number;
  readonly asked: Pick<AskedOnce<unknown>, 'error' | 'again'>;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  if (asked.error !== null) return <ErrorCard error={asked.error} onAgain={asked.again} />;
  return (
    <div aria-busy="true" style={{ minHeight: height }}>
      <p>{t('changes.forMe.reading')}</p>
    </div>
  );
}
