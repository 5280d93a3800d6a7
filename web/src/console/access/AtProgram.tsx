import { useEffect, useMemo, useState, type JSX, type ReactNode } from 'react';
import { usePolled, usePoller } from '../../shared/polling/usePolled.ts';
import { ErrorCard, Skeleton } from '../../shared/ui/States.tsx';
import { AskingAs } from '../asking/AskingAs.tsx';
import { NotHerePage } from './NotOnThisConsole.tsx';
import { keepProgram } from './lastProgram.ts';
import { useHasLeft } from './leaving.ts';
import { OrganisationQuery } from './queries.ts';
import {
  isTestProgram,
  programIdIn,
  useSignedIn,
  WorkplaceContext,
  type OwnMembership,
  type Workplace,
} from './workplace.ts';

const SHELL_LINES = [36, 120, 240] as const;

interface Sought {
  readonly programId: string;
  readonly membership: OwnMembership;
  /** Called when the organisation has no such program. */
  readonly onMissing: () => void;
  readonly children: ReactNode;
}

function InOrganisation({ programId, membership, onMissing, children }: Sought): JSX.Element {
  const { data, error } = usePolled(OrganisationQuery);
  const poller = usePoller();
  const { apis } = useSignedIn();
  const organisation = data?.organisation ?? null;
  const program = organisation?.programs.find((each) => programIdIn(each) === programId) ?? null;
  const isMissing = organisation !== null && program === null;
  useEffect(() => {
    if (isMissing) onMissing();
  }, [isMissing, onMissing]);
  const workplace = useMemo<Workplace | null>(() => {
    if (organisation === null || program === null) return null;
    keepProgram(programId);
    return {
      ...{ membership, role: membership.role, organisation, program, programId },
      isTest: isTestProgram(organisation, program),
      api: apis.of({ organisation: organisation.id, program: programId }),
      organisationApi: apis.of({ organisation: organisation.id, program: null }),
    };
  }, [organisation, program, membership, programId, apis]);
  if (workplace === null) {
    return (
      <main className="alone">
        {error === null || error.code === 'UNAUTHENTICATED' ? (
          <Skeleton lines={SHELL_LINES} onAgain={poller.refresh} />
        ) : (
          <ErrorCard error={error} onAgain={poller.refresh} />
        )}
      </main>
    );
  }
  return (
    <WorkplaceContext.Provider value={workplace}>
      <AskingAs api={workplace.api}>{children}</AskingAs>
    </WorkplaceContext.Provider>
  );
}

/** Shows what is below it for one program of the person; looks through the person's organisations for it. */
export function AtProgram({
  programId,
  children,
}: {
  readonly programId: string;
  readonly children: ReactNode;
}): JSX.Element {
  const { person, apis } = useSignedIn();
  const [missing, setMissing] = useState<readonly string[]>([]);
  const membership = person.memberships.find(
    ({ organisation }) => !missing.includes(organisation.id),
  );
  const id = membership?.organisation.id ?? '';
  const onMissing = useMemo(() => () => setMissing((known) => [...known, id]), [id]);
  const hasLeft = useHasLeft();
  const isOut = membership === undefined;
  useEffect(() => {
    // What it is shown next is for those who are in another organisation, or in none.
    if (isOut && hasLeft) location.replace('/console');
  }, [isOut, hasLeft]);
  if (membership === undefined) {
    return <NotHerePage />;
  }
  return (
    <AskingAs key={id} api={apis.of({ organisation: id, program: null })}>
      <InOrganisation {...{ programId, membership, onMissing }}>{children}</InOrganisation>
    </AskingAs>
  );
}
