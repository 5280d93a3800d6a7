import type { JSX, ReactNode } from 'react';

/** Goes to a part of the page. The fragment names the program, so this is no anchor of the browser's own. */
export function SectionLink({ to, children }: { to: string; children: ReactNode }): JSX.Element {
  return (
    <button type="button" className="link" onClick={() => goTo(to)}>
      {children}
    </button>
  );
}

/** Shows a part of the page, and puts the focus there. */
export function goTo(at: string): void {
  const place = document.getElementById(at);
  if (place === null) return;
  place.scrollIntoView({ block: 'start' });
  const title = place.querySelector('h2') ?? place;
  title.focus({ preventScroll: true });
}
