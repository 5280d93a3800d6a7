import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../../shared/graphql/graphql.ts';
import { usePolled, usePoller } from '../../../../shared/polling/usePolled.ts';
import { Amount, When } from '../../../../shared/ui/Values.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { TestClock } from '../parts/TestClock.tsx';
import { useRefusedWords } from '../refused/useRefusedWords.ts';
import { FeedQuery } from './queries.ts';
import { SeeAsMember } from './SeeAsMember.tsx';

type Feed = NonNullable<ResultOf<typeof FeedQuery>['program']>;

const LINES = [220] as const;
/** The poller is quick for a minute at a time. */
const QUICKEN_MS = 45_000;

/** The newest call that was refused; null for none. */
function newestRefusal({ rejectedActions }: Feed) {
  const all = rejectedActions.flatMap(({ code, samples }) =>
    samples.map((sample) => ({ code, ...sample })),
  );
  return all.sort((one, other) => other.at.localeCompare(one.at))[0] ?? null;
}

/** Why the last call was refused; nothing once a later one was taken. */
function Refusal({ program }: { readonly program: Feed }): JSX.Element | null {
  const { t } = useTranslation('developers');
  const refusedWords = useRefusedWords();
  const refusal = newestRefusal(program);
  const newest = program.actions.edges[0]?.node.eventId ?? '';
  const refusedAt = refusal?.at ?? '';
  const [taken, setTaken] = useState({ newest: '', refusedAt: '' });
  // Calls have the time of the server, actions that of the chain: which came first is seen here alone.
  if (taken.newest !== newest) setTaken({ newest, refusedAt });
  if (refusal === null || taken.newest !== newest || taken.refusedAt === refusedAt) return null;
  const { code, at, field, memberId, eventId, message } = refusal;
  return (
    <div className="part dev-refusal" role="status">
      <h3>{t('live.refused')}</h3>
      <p>
        <b>{refusedWords(code)}</b>
      </p>
      <p lang="en">{message}</p>
      <p className="dev-facts">
        <code>{code}</code>
        {field !== null && <code>{field}</code>}
        <span>
          {memberId} · {eventId}
        </span>
        <When iso={at} />
      </p>
    </div>
  );
}

function Arrived({ program }: { readonly program: Feed }): JSX.Element {
  const { t } = useTranslation('developers');
  return (
    <ul className="dev-arrived" aria-label={t('live.arrived')}>
      {program.actions.edges.map(({ node }) => (
        <li key={`${node.memberId} ${node.eventId}`}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 2.500c.8 4 7.500 7.600 7.500 12.500a7.500 7.500 0 0 1-15 0c0-4.900 6.700-8.500 7.500-12.500Z" />
          </svg>
          <div>
            <b>
              {node.points !== null && (
                <>
                  <Amount value={node.points} sign /> {t('live.points')} ·{' '}
                </>
              )}
              {node.memberId}
            </b>
            <small>
              {node.rule?.name} · {node.eventId} · <When iso={node.recordedAt} />
            </small>
          </div>
          <span className={node.state === 'SETTLED' ? 'tag better' : 'tag waiting'}>
            {node.state === 'SETTLED' ? t('live.settled') : t('live.pending')}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Waits for the first action, shows the newest ones, and why one was refused; then what can be done with it. */
export function LivePanel(): JSX.Element {
  const { t } = useTranslation('developers');
  const { isTest } = useWorkplace();
  const poller = usePoller();
  const feed = usePolled(FeedQuery);
  useEffect(() => {
    poller.quicken();
    const timer = setInterval(() => poller.quicken(), QUICKEN_MS);
    return () => {
      clearInterval(timer);
      poller.calm();
    };
  }, [poller]);
  return (
    <Asked of={feed} lines={LINES}>
      {({ program }) => {
        if (program === null) return null;
        const [first] = program.actions.edges;
        return (
          <>
            <section className="panel" aria-labelledby="dev-live">
              <div className="panel-head">
                <h2 id="dev-live">{t('live.title')}</h2>
                <span className="tag waiting">{t('live.isLive')}</span>
              </div>
              <div className="part" aria-live="polite">
                {first === undefined ? (
                  <p className="dev-waiting">{t('live.waiting')}</p>
                ) : (
                  <Arrived program={program} />
                )}
              </div>
              <Refusal program={program} />
            </section>
            {first !== undefined && <SeeAsMember memberId={first.node.memberId} />}
            {first !== undefined && isTest && <TestClock now={program.clock.now} />}
          </>
        );
      }}
    </Asked>
  );
}
