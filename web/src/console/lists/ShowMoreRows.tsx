import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorCard } from '../../shared/ui/States.tsx';
import type { Rows } from './useRows.ts';

/** The way to the next page of a list, or why it did not come; nothing at its end. */
export function ShowMoreRows({
  of: { hasMore, isLoadingMore, moreError, showMore },
}: {
  readonly of: Pick<Rows<unknown, unknown>, 'hasMore' | 'isLoadingMore' | 'moreError' | 'showMore'>;
}): JSX.Element | null {
  const { t } = useTranslation('console');
  if (moreError !== null) return <ErrorCard error={moreError} onAgain={showMore} />;
  if (!hasMore) return null;
  return (
    <button className="button quiet" type="button" disabled={isLoadingMore} onClick={showMore}>
      {t('list.more')}
    </button>
  );
}
