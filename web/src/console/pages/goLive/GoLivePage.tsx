import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { isTestProgram, programIdIn, useSignedIn, useWorkplace } from '../../access/workplace.ts';
import { AskingAs } from '../../asking/AskingAs.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { BeginningQuery } from '../newProgram/draft/queries.ts';
import { BarrierPanel } from './BarrierPanel.tsx';
import { CopiedPanel } from './CopiedPanel.tsx';
import { liveBarrier } from './liveBarrier.ts';
import { LocksPanel } from './LocksPanel.tsx';
import { newestOf, type NewestProgram } from './newestOf.ts';
import { NotShownPanel, type LiveToken } from './NotShownPanel.tsx';
import { CopiedQuery, LiveQuery, type LiveStanding } from './queries.ts';
import './goLive.css';

const LINES = [420, 320] as const;

/** What is there of the live chain. */
interface LiveChain {
  readonly chainId: number | null;
  readonly nowMs: number;
  readonly standing: LiveStanding | null;
  readonly tokens: readonly LiveToken[];
}

/** There is none: what is said is of the test program alone. */
const noChain = (): LiveChain => ({
  ...{ chainId: null, nowMs: Date.now(), standing: null, tokens: [] },
});

/** The one thing to do: open the form, or what is in the way of it. */
function ReadyPanel({ program }: { readonly program: NewestProgram }): JSX.Element {
  const { t } = useTranslation('goLive');
  const { person } = useSignedIn();
  const { organisation, role, membership, programId } = useWorkplace();
  const barrier = liveBarrier(organisation, role, person);
  if (barrier !== null) return <BarrierPanel {...{ barrier, programId }} />;
  const same = organisation.programs.find(
    (each) => each.name === program.name && !isTestProgram(organisation, each),
  );
  return (
    <section className="panel quiet-panel" aria-labelledby="live-ready">
      <h2 id="live-ready">{t('ready.title')}</h2>
      <p>{t('ready.words')}</p>
      {same !== undefined && (
        <p className="live-warn">
          {t('ready.same', { name: same.name })}{' '}
          <a href={`/console/p/${programIdIn(same)}`}>{t('ready.open')}</a>
        </p>
      )}
      <a className="button" href={`/console/o/${membership.organisation.slug}/live/${programId}`}>
        {t('ready.go')}
      </a>
    </section>
  );
}

function GoLiveWork({ live }: { readonly live: LiveChain }): JSX.Element {
  const { t } = useTranslation('goLive');
  return (
    <Asked of={usePolled(CopiedQuery)} lines={LINES}>
      {(data) => {
        if (data.program === null) return <NotOnThisConsole />;
        const program = newestOf(data.program);
        if (program === null) return <p className="panel part">{t('notRead')}</p>;
        const { chainId, nowMs, standing, tokens } = live;
        return (
          <div className="work">
            <div>
              <NotShownPanel {...{ program, chainId, tokens }} live={standing} />
              <LocksPanel program={program} />
            </div>
            <aside>
              <CopiedPanel {...{ program, nowMs }} />
              <ReadyPanel program={program} />
            </aside>
          </div>
        );
      }}
    </Asked>
  );
}

/** Asks what is of the live chain, beside what is of the test program. */
function WithLiveChain(): JSX.Element {
  const { api } = useWorkplace();
  // Roles that may not read it are shown the rest.
  const live = usePolled(LiveQuery);
  const beginning = usePolled(BeginningQuery);
  const isKnown = live.data !== null || live.error !== null;
  return (
    <Asked of={isKnown ? beginning : { ...beginning, data: null }} lines={LINES}>
      {({ organisation }) => {
        const chain = organisation?.environments.find(({ environment }) => environment === 'LIVE');
        if (organisation === null || chain === undefined) return <NotOnThisConsole />;
        const tokens = organisation.programs
          .filter(({ chainId }) => chainId === chain.chainId)
          .map(({ settings }) => settings.settlementToken);
        const known = [...new Map(tokens.map((token) => [token.address, token])).values()];
        return (
          <AskingAs api={api}>
            <GoLiveWork
              live={{
                ...{ chainId: chain.chainId, nowMs: Date.parse(chain.now) },
                ...{ standing: live.data, tokens: known },
              }}
            />
          </AskingAs>
        );
      }}
    </Asked>
  );
}

/** Before a program is for real: what test did not show, what is for ever, what comes along, and one button. */
export function GoLivePage(): JSX.Element {
  const { t } = useTranslation('goLive');
  const { apis } = useSignedIn();
  const { organisation, isTest } = useWorkplace();
  const hasLive = organisation.environments.some(({ environment }) => environment === 'LIVE');
  return (
    <>
      <DeskHead title={t('title')} lead={isTest ? t('lead') : t('isLive')} />
      {isTest &&
        (hasLive ? (
          <AskingAs
            api={apis.of({ organisation: organisation.id, program: null, environment: 'live' })}
          >
            <WithLiveChain />
          </AskingAs>
        ) : (
          <GoLiveWork live={noChain()} />
        ))}
    </>
  );
}
