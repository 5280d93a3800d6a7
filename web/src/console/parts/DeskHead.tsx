import { useEffect, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useWorkplace } from '../access/workplace.ts';

/** A page above this one: its words, and its address in the program, such as "/rules". */
export interface Crumb {
  readonly words: string;
  readonly href: string;
}

/** The head of a page: where it is, its title, and in a sentence or two what it is for. */
export function DeskHead({
  title,
  lead,
  crumbs = [],
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly crumbs?: readonly Crumb[];
  /** What can be done with the page as a whole: one button at most. */
  readonly children?: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('console');
  const { program } = useWorkplace();
  useEffect(() => {
    document.title = `${title} · ${program.name} · ${t('name')}`;
  }, [title, program.name, t]);
  return (
    <header className="page-head">
      <div>
        {crumbs.length > 0 && (
          <nav className="crumbs" aria-label={t('crumbs')}>
            {crumbs.map(({ words, href }) => (
              <Link key={href} href={href}>
                {words}
              </Link>
            ))}
            <span aria-current="page">{title}</span>
          </nav>
        )}
        <h1 tabIndex={-1}>{title}</h1>
        {lead !== undefined && <p className="lead">{lead}</p>}
      </div>
      {children}
    </header>
  );
}
