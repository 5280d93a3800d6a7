import type { JSX, ReactNode } from 'react';

/** A page with nothing on it yet: what will be here, and the one thing to do next. */
export function NothingYet({
  title,
  words,
  children,
}: {
  readonly title: string;
  readonly words: string;
  /** One button or link, or nothing. */
  readonly children?: ReactNode;
}): JSX.Element {
  return (
    <section className="panel quiet-panel">
      <svg
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        aria-hidden="true"
      >
        <path d="M12 2.5c.8 4 7.5 7.6 7.5 12.5a7.5 7.5 0 0 1-15 0c0-4.9 6.7-8.5 7.5-12.5Z" />
      </svg>
      <h2>{title}</h2>
      <p>{words}</p>
      {children}
    </section>
  );
}
