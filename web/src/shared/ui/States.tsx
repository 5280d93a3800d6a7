import { useEffect, useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { serviceTimeAt } from '../clock/serviceClock.ts';
import { showTime } from '../format/dates.ts';
import type { ApiError } from '../graphql/client.ts';
import { Details, Fact } from './Details.tsx';
import './states.css';

/** After this a page says that it takes long. */
const LONG_MS = 8_000;

/** A place that data will fill, as tall as they will be. @param lines heights in pixels, top to bottom */
export function Skeleton({
  lines,
  onAgain,
}: {
  readonly lines: readonly number[];
  readonly onAgain?: () => void;
}): JSX.Element {
  const { t } = useTranslation('shared');
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" aria-busy="true">
      <span className="visually-hidden">{t('loading')}</span>
      {lines.map((height, index) => (
        <div className="skeleton-line" key={index} style={{ height }} />
      ))}
      {isLong && (
        <p className="skeleton-long">
          {t('takesLong')}
          {onAgain !== undefined && (
            <button className="button quiet" type="button" onClick={onAgain}>
              {t('tryAgain')}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

/** Says in words what an error of the catalogue means for a member. */
export function useErrorWords(): (code: string) => string {
  const { t, i18n } = useTranslation('shared');
  return (code) =>
    i18n.exists(`errors.${code}`, { ns: 'shared' }) ? t(`errors.${code}`) : t('errors.OTHER');
}

/** What could not be loaded, why, and what to do. */
export function ErrorCard({
  error,
  onAgain,
}: {
  readonly error: ApiError;
  readonly onAgain?: () => void;
}): JSX.Element {
  const { t } = useTranslation('shared');
  const words = useErrorWords();
  const [at] = useState(() => new Date().toISOString());
  return (
    <section className="card error-card" role="alert">
      <h2>{t('couldNotLoad')}</h2>
      <p>{words(error.code)}</p>
      {onAgain !== undefined && (
        <button className="button" type="button" onClick={onAgain}>
          {t('tryAgain')}
        </button>
      )}
      <Details>
        <Fact name={t('details.code')}>{error.number ?? error.code}</Fact>
        {error.requestId !== null && <Fact name={t('details.request')}>{error.requestId}</Fact>}
        <Fact name={t('details.time')}>{at}</Fact>
      </Details>
    </section>
  );
}

/** Words over the end of what is seen, so that nothing moves when they come and go. The page keeps room for them at its end. */
function Bar({ kind, children }: { readonly kind: string; readonly children: ReactNode }) {
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset['bar'] = '';
    return () => {
      delete dataset['bar'];
    };
  }, []);
  return (
    <div className="bar-place">
      <div className={`bar ${kind}`} role="status">
        {children}
      </div>
    </div>
  );
}

const timeOf = (loadedAt: number | null, tag: string): string | null =>
  loadedAt === null ? null : showTime(new Date(serviceTimeAt(loadedAt)).toISOString(), tag);

/**
 * Numbers are from before: the chain does not answer, or the service has no answer just now.
 *
 * @param loadedAt by `performance.now()`; null before the first answer
 * @param error why the last question had no answer; null when it had one that says so itself
 */
export function StaleBar({
  loadedAt,
  error,
}: {
  readonly loadedAt: number | null;
  readonly error: ApiError | null;
}): JSX.Element {
  const { t, i18n } = useTranslation('shared');
  const time = timeOf(loadedAt, i18n.language);
  const why = error === null || error.code.startsWith('CHAIN_') ? 'stale' : 'old';
  return <Bar kind="stale">{time === null ? t(`${why}AtAll`) : t(why, { time })}</Bar>;
}

/** There is no connection: everything can be read, nothing can be done. */
export function OfflineBar({ loadedAt }: { readonly loadedAt: number | null }): JSX.Element {
  const { t, i18n } = useTranslation('shared');
  const time = timeOf(loadedAt, i18n.language);
  return <Bar kind="offline">{time === null ? t('offlineAtAll') : t('offline', { time })}</Bar>;
}

/** A page with nothing on it yet: what will be here, and the one thing to do. */
export function Empty({
  picture,
  words,
  children,
}: {
  readonly picture: JSX.Element;
  readonly words: string;
  /** One button, or nothing. */
  readonly children?: ReactNode;
}): JSX.Element {
  return (
    <section className="empty">
      {picture}
      <p>{words}</p>
      {children}
    </section>
  );
}
