import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { usePolled, usePoller } from '../../shared/polling/usePolled.ts';
import { ErrorCard, Skeleton } from '../../shared/ui/States.tsx';
import { AskingAs } from '../asking/AskingAs.tsx';
import { lastProgram } from './lastProgram.ts';
import { OrganisationQuery } from './queries.ts';
import { programIdIn, useSignedIn, type OwnMembership } from './workplace.ts';

const SHELL_LINES = [36, 120, 240] as const;

/** What is said to a person before there is a program. */
function Alone({
  name,
  href,
}: {
  readonly name: 'noOrganisation' | 'noProgram';
  /** Where it is made; left out for those who may not. */
  readonly href?: string;
}): JSX.Element {
  const { t } = useTranslation('console');
  const { signOut } = useSignedIn();
  return (
    <main className="alone">
      <section className="panel quiet-panel">
        <h1 tabIndex={-1}>{t(`${name}.title`)}</h1>
        <p>{t(`${name}.words`)}</p>
        {href !== undefined && (
          <Link className="button" href={href}>
            {t(`${name}.go`)}
          </Link>
        )}
        <button className="button quiet" type="button" onClick={() => void signOut()}>
          {t('signOut')}
        </button>
      </section>
    </main>
  );
}

function FirstProgram({
  membership,
  page,
}: {
  readonly membership: OwnMembership;
  readonly page: string;
}): JSX.Element {
  const { data, error } = usePolled(OrganisationQuery);
  const poller = usePoller();
  const [, navigate] = useLocation();
  const ids = data?.organisation?.programs.map(programIdIn) ?? [];
  const last = lastProgram();
  const first = ids.find((id) => id === last) ?? ids[0];
  useEffect(() => {
    if (first !== undefined) navigate(`/p/${first}${page}`, { replace: true });
  }, [first, page, navigate]);
  if (data !== null && first === undefined) {
    const mayCreate = membership.role === 'OWNER' || membership.role === 'MANAGER';
    const href = `/o/${membership.organisation.slug}/new`;
    return <Alone name="noProgram" {...(mayCreate && { href })} />;
  }
  return (
    <main className="alone">
      {error === null ? (
        <Skeleton lines={SHELL_LINES} onAgain={poller.refresh} />
      ) : (
        <ErrorCard error={error} onAgain={poller.refresh} />
      )}
    </main>
  );
}

/**
 * Goes to the program that was worked on last, else to the first one.
 *
 * @param organisation slug of the one that was chosen
 * @param page of it, such as "/billing"; its first one when left out
 */
export function Begin({
  organisation,
  page = '',
}: {
  readonly organisation?: string;
  readonly page?: string;
}): JSX.Element {
  const { person, apis } = useSignedIn();
  const { memberships } = person;
  const chosen =
    memberships.find((each) => each.organisation.slug === organisation) ?? memberships[0];
  if (chosen === undefined) return <Alone name="noOrganisation" href="/new-organisation" />;
  return (
    <AskingAs api={apis.of({ organisation: chosen.organisation.id, program: null })}>
      <FirstProgram membership={chosen} page={page} />
    </AskingAs>
  );
}
