import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { AtOrganisation } from '../../access/AtOrganisation.tsx';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useSignedIn, type OwnMembership } from '../../access/workplace.ts';
import { Asked } from '../../parts/Asked.tsx';
import { NoAccess } from '../../parts/NoAccess.tsx';
import { BeginningQuery } from './draft/queries.ts';
import { ProgramFrame } from './ProgramFrame.tsx';
import { Wizard } from './Wizard.tsx';

const LINES = [60, 420] as const;

function Beginning({ membership }: { readonly membership: OwnMembership }): JSX.Element {
  const { t } = useTranslation('newProgram');
  const { apis } = useSignedIn();
  const beginning = usePolled(BeginningQuery);
  const { organisation } = membership;
  const mayCreate = membership.role === 'OWNER' || membership.role === 'MANAGER';
  return (
    <ProgramFrame
      isTest
      title={t('title')}
      lead={t('lead')}
      crumbs={[{ words: organisation.name, href: '/console' }]}
    >
      {mayCreate ? (
        <Asked of={beginning} lines={LINES}>
          {(data) =>
            data.organisation === null ? (
              <NotOnThisConsole />
            ) : (
              <Wizard
                organisation={data.organisation}
                loadedAt={beginning.loadedAt ?? 0}
                start={{
                  ...{
                    environment: 'TEST',
                    draftName: organisation.id,
                    writeName: 'programCreate',
                  },
                  client: apis.of({ organisation: organisation.id, program: null }).client,
                }}
              />
            )
          }
        </Asked>
      ) : (
        <NoAccess needs="MANAGER" />
      )}
    </ProgramFrame>
  );
}

/** Creates a program in guided steps. @param props.organisation slug of the one that it will belong to */
export function NewProgramPage({ organisation }: { readonly organisation: string }): JSX.Element {
  return (
    <AtOrganisation slug={organisation}>
      {(membership) => <Beginning membership={membership} />}
    </AtOrganisation>
  );
}
