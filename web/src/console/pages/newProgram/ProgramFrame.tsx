import { useEffect, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LookChoices } from '../../shell/LookChoices.tsx';
import './newProgram.css';

/** What is around the steps to a new program: stripes in test, and a mark in live. */
export function ProgramFrame({
  isTest,
  title,
  lead,
  crumbs,
  children,
}: {
  readonly isTest: boolean;
  readonly title: string;
  readonly lead: string;
  /** Pages above this one, the organisation first. */
  readonly crumbs: readonly { readonly words: string; readonly href: string }[];
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('console');
  const [first] = crumbs;
  const within = first?.words ?? '';
  useEffect(() => {
    document.title = `${title} · ${within} · ${t('name')}`;
  }, [t, title, within]);
  return (
    <div className="np">
      {isTest && (
        <section className="test-bar" aria-label={t('test.name')}>
          <span>{t('test.name')}</span>
          <span>{t('test.words')}</span>
        </section>
      )}
      <main className="np-main">
        <header className="page-head">
          <div>
            <nav className="crumbs" aria-label={t('crumbs')}>
              {crumbs.map(({ words, href }) => (
                <a key={href} href={href}>
                  {words}
                </a>
              ))}
              <span aria-current="page">{title}</span>
            </nav>
            <h1 tabIndex={-1}>{title}</h1>
            <p className="lead">{lead}</p>
          </div>
          {!isTest && <span className="tag better">{t('test.live')}</span>}
        </header>
        {children}
      </main>
      <footer className="door-foot">
        <LookChoices />
      </footer>
    </div>
  );
}
