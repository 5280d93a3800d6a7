import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './details.css';

/** What only some people want to know, closed until it is asked for: one place for the words of the machine. */
export function Details({
  title,
  children,
}: {
  readonly title?: string;
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('shared');
  return (
    <details className="details">
      <summary>{title ?? t('details.title')}</summary>
      <dl>{children}</dl>
    </details>
  );
}

/** One line of the details. */
export function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
