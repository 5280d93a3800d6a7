import type { JSX } from 'react';
import { AskingAs } from '../asking/AskingAs.tsx';
import { NotHerePage } from './NotOnThisConsole.tsx';
import { useSignedIn, type OwnMembership } from './workplace.ts';

/** Works for the organisation that an address names, where the person is in its team. @param props.slug of the organisation */
export function AtOrganisation({
  slug,
  children,
}: {
  readonly slug: string;
  readonly children: (membership: OwnMembership) => JSX.Element;
}): JSX.Element {
  const { person, apis } = useSignedIn();
  const membership = person.memberships.find(({ organisation }) => organisation.slug === slug);
  if (membership === undefined) {
    return <NotHerePage />;
  }
  return (
    <AskingAs api={apis.of({ organisation: membership.organisation.id, program: null })}>
      {children(membership)}
    </AskingAs>
  );
}
