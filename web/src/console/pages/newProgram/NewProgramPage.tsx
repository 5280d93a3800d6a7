import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useSignedIn, type OwnMembership } from '../../access/workplace.ts';
import { AskingAs } from '../../asking/AskingAs.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { NoAccess } from '../../parts/NoAccess.tsx';
import { LookChoices } from '../../shell/LookChoices.tsx';
import { BeginningQuery } from './draft/queries.ts';
import { Wizard } from './Wizard.tsx';
import './newProgram.css';

const LINES = [60, 420] as const;

function Beginning({ membership }: { readonly membership: OwnMembership }): JSX.Element {
  const { t } = useTranslation('newProgram');
  const beginning = usePolled(BeginningQuery);
  const { organisation } = membership;
  useEffect(() => {
    document.title = `${t('title')} · ${organisation.name} · ${t('console:name')}`;
  }, [t, organisation.name]);
  const mayCreate = membership.role === 'OWNER' || membership.role === 'MANAGER';
  return (
    <div className="np">
      <section className="test-bar" aria-label={t('console:test.name')}>
        <span>{t('console:test.name')}</span>
        <span>{t('console:test.words')}</span>
      </section>
      <main className="np-main">
        <header className="page-head">
          <div>
            <nav className="crumbs" aria-label={t('console:crumbs')}>
              <a href="/console">{organisation.name}</a>
              <span aria-current="page">{t('title')}</span>
            </nav>
            <h1 tabIndex={-1}>{t('title')}</h1>
            <p className="lead">{t('lead')}</p>
          </div>
        </header>
        {mayCreate ? (
          <Asked of={beginning} lines={LINES}>
            {(data) =>
              data.organisation === null ? (
                <NotOnThisConsole />
              ) : (
                <Wizard organisation={data.organisation} loadedAt={beginning.loadedAt ?? 0} />
              )
            }
          </Asked>
        ) : (
          <NoAccess needs="MANAGER" />
        )}
      </main>
      <footer className="door-foot">
        <LookChoices />
      </footer>
    </div>
  );
}

/** Creates a program in guided steps. @param props.organisation slug of the one that it will belong to */
export function NewProgramPage({ organisation }: { readonly organisation: string }): JSX.Element {
  const { person, apis } = useSignedIn();
  const membership = person.memberships.find((each) => each.organisation.slug === organisation);
  if (membership === undefined) {
    return (
      <main className="alone">
        <NotOnThisConsole />
      </main>
    );
  }
  return (
    <AskingAs api={apis.of({ organisation: membership.organisation.id, program: null })}>
      <Beginning membership={membership} />
    </AskingAs>
  );
}
