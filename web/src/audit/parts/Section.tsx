import type { JSX, ReactNode } from 'react';

interface SectionProps {
  /** Name of the section in links: `at=` of the fragment. */
  readonly at: string;
  readonly title: string;
  readonly lead?: string | undefined;
  readonly children: ReactNode;
}

/** A part of the page that links can name. */
export function Section({ at, title, lead, children }: SectionProps): JSX.Element {
  return (
    <section className="block" id={at} aria-labelledby={`${at}-title`}>
      <h2 id={`${at}-title`} tabIndex={-1}>
        {title}
      </h2>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </section>
  );
}
