import { useEffect, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LookChoices } from '../shell/LookChoices.tsx';

/** The frame of the pages before anybody is signed in. */
export function DoorPage({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('console');
  useEffect(() => {
    document.title = `${title} · ${t('name')}`;
  }, [title, t]);
  return (
    <div className="door">
      <main className="door-card">
        <p className="door-name">
          <img src="/drop.svg" alt="" width="28" height="28" />
          {t('name')}
        </p>
        <h1 tabIndex={-1}>{title}</h1>
        {lead !== undefined && <p className="lead">{lead}</p>}
        {children}
      </main>
      <footer className="door-foot">
        <LookChoices />
      </footer>
    </div>
  );
}
