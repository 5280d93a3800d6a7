import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** There is no such page, or not for this person: nobody learns which of the two. */
export function NotOnThisConsole(): JSX.Element {
  const { t } = useTranslation('console');
  return (
    <section className="panel quiet-panel">
      <h1 tabIndex={-1}>{t('notHere.title')}</h1>
      <p>{t('notHere.words')}</p>
      <a className="button" href="/console">
        {t('notHere.back')}
      </a>
    </section>
  );
}

/** Says the same as a page of its own, outside of a program. */
export function NotHerePage(): JSX.Element {
  return (
    <main className="alone">
      <NotOnThisConsole />
    </main>
  );
}
