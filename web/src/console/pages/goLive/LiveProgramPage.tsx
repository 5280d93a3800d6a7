import { useMemo, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { AtOrganisation } from '../../access/AtOrganisation.tsx';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { OrganisationQuery } from '../../access/queries.ts';
import {
  isTestProgram,
  programIdIn,
  useSignedIn,
  type OwnMembership,
} from '../../access/workplace.ts';
import { AskingAs } from '../../asking/AskingAs.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { copyOf } from '../newProgram/draft/copyOf.ts';
import { newDraft } from '../newProgram/draft/draft.ts';
import { BeginningQuery } from '../newProgram/draft/queries.ts';
import { ProgramFrame } from '../newProgram/ProgramFrame.tsx';
import { Wizard } from '../newProgram/Wizard.tsx';
import { BarrierPanel } from './BarrierPanel.tsx';
import { LeftList } from './LeftList.tsx';
import { liveBarrier } from './liveBarrier.ts';
import { newestOf, type NewestProgram } from './newestOf.ts';
import { CopiedQuery } from './queries.ts';
import './goLive.css';

const LINES = [60, 420] as const;

interface From {
  readonly membership: OwnMembership;
  /** Id of the test program that is copied. */
  readonly programId: string;
}

/** The steps, filled in with the test program. */
function Steps({
  membership: { organisation },
  programId,
  program: newest,
}: From & { readonly program: NewestProgram }): JSX.Element {
  const { apis } = useSignedIn();
  // What is being filled in does not change with what is announced meanwhile.
  const [program] = useState(newest);
  const versions = `${program.ruleSet.version} ${program.buyback.version}`;
  const beginning = usePolled(BeginningQuery);
  const { client } = apis.of({
    ...{ organisation: organisation.id, program: null, environment: 'live' },
  });
  return (
    <Asked of={beginning} lines={LINES}>
      {(data) => {
        const chain = data.organisation?.environments.find((one) => one.environment === 'LIVE');
        if (data.organisation === null || chain === undefined) return <NotOnThisConsole />;
        const nowMs = Date.parse(chain.now);
        return (
          <>
            <LeftList
              copy={copyOf(
                program,
                newDraft((rule) => rule),
                nowMs,
              )}
            />
            <Wizard
              organisation={data.organisation}
              loadedAt={beginning.loadedAt ?? 0}
              start={{
                environment: 'LIVE',
                // Of other terms than now, nothing is taken up again.
                draftName: `${organisation.id} live ${programId} ${versions}`,
                writeName: `programCreate:${programId}`,
                client,
                copy: (fresh, atMs) => copyOf(program, fresh, atMs).draft,
              }}
            />
          </>
        );
      }}
    </Asked>
  );
}

/** Asks for the program that is copied; the steps then ask by the live chain. */
function Copied(from: From): JSX.Element {
  const { t } = useTranslation('goLive');
  const { apis } = useSignedIn();
  const { organisation } = from.membership;
  return (
    <Asked of={usePolled(CopiedQuery)} lines={LINES}>
      {(data) => {
        if (data.program === null) return <NotOnThisConsole />;
        const program = newestOf(data.program);
        if (program === null) return <p className="panel part">{t('notRead')}</p>;
        return (
          <AskingAs
            api={apis.of({ organisation: organisation.id, program: null, environment: 'live' })}
          >
            <Steps {...from} program={program} />
          </AskingAs>
        );
      }}
    </Asked>
  );
}

/** Nothing is asked of the live chain, and nothing typed, while something is in the way. */
function BehindBarrier({ membership, programId }: From): JSX.Element {
  const { t } = useTranslation('goLive');
  const { person, apis } = useSignedIn();
  const asked = usePolled(OrganisationQuery);
  const { organisation } = membership;
  const ofProgram = useMemo(
    () => apis.of({ organisation: organisation.id, program: programId }),
    [apis, organisation.id, programId],
  );
  return (
    <ProgramFrame
      isTest={false}
      title={t('form.title')}
      lead={t('form.lead')}
      crumbs={[
        { words: organisation.name, href: '/console' },
        { words: t('title'), href: `/console/p/${programId}/live` },
      ]}
    >
      <Asked of={asked} lines={LINES}>
        {(data) => {
          const program = data.organisation?.programs.find((one) => programIdIn(one) === programId);
          if (data.organisation === null || program === undefined) return <NotOnThisConsole />;
          if (!isTestProgram(data.organisation, program)) return <NotOnThisConsole />;
          const barrier = liveBarrier(data.organisation, membership.role, person);
          if (barrier !== null) return <BarrierPanel {...{ barrier, programId }} />;
          return (
            <AskingAs api={ofProgram}>
              <Copied {...{ membership, programId }} />
            </AskingAs>
          );
        }}
      </Asked>
    </ProgramFrame>
  );
}

/**
 * Creates a live program in guided steps that begin from a test program.
 *
 * @param props.organisation slug of the one that has the test program, and will have the live one
 * @param props.from id of the test program
 */
export function LiveProgramPage({
  organisation,
  from,
}: {
  readonly organisation: string;
  readonly from: string;
}): JSX.Element {
  return (
    <AtOrganisation slug={organisation}>
      {(membership) => <BehindBarrier membership={membership} programId={from} />}
    </AtOrganisation>
  );
}
