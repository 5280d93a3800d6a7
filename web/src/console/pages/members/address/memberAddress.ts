import { useLocation } from 'wouter';

/** Characters of an id of the app, at most. */
export const MOST_OF_AN_ID = 128;

/** Address of the page of a member, within the program. @param rest such as "/grant" */
export const memberHref = (memberId: string, rest = ''): string =>
  `/members/${encodeURIComponent(memberId)}${rest}`;

/** The app's own id of the member that the address of the page names. */
export function useMemberId(): string {
  // It draws the page anew. What it gives is decoded by halves: an id may have a "%" or a "/".
  useLocation();
  const [, id = ''] = /\/members\/([^/]+)/.exec(location.pathname) ?? [];
  try {
    return decodeURIComponent(id);
  } catch {
    // Typed by hand: it names nobody.
    return id;
  }
}
