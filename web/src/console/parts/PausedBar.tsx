import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { graphql } from '../../shared/graphql/graphql.ts';

const PausedQuery = graphql(`
  query Paused {
    program {
      recordingStopped {
        since
      }
    }
  }
`);

/** Says over all pages that nothing new is recorded, as the organisation has not paid. */
export function PausedBar(): JSX.Element | null {
  const { t, i18n } = useTranslation('console');
  const { data } = usePolled(PausedQuery);
  const stopped = data?.program?.recordingStopped ?? null;
  if (stopped === null) return null;
  return (
    <p className="paused-bar" role="alert">
      {t('paused', { time: showMoment(stopped.since, i18n.language) })}
    </p>
  );
}
