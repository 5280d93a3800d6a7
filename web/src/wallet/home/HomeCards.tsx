import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { toBase, POINT_DECIMALS } from '../../shared/format/amounts.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { ActivityList } from '../points/ActivityList.tsx';
import { openParts, type RowContext } from '../points/activityWords.ts';
import { usePointName } from '../shell/useProgram.ts';
import { Loaded } from '../shell/Page.tsx';
import { readBranch } from './data/branch.ts';
import { ChangeCard } from './ChangeCard.tsx';
import { FirstDrop, NoDrops } from './FirstDrop.tsx';
import type { HomeMember, HomeView } from './data/queries.ts';
import { RoundCard } from './RoundCard.tsx';
import { useHome } from './data/useHome.ts';
import './cards.css';

const LINES = [190, 170, 260];

/** What is known of the rows of the home. */
const contextOf = (member: HomeMember, moneySymbol: string): RowContext => ({
  states: member.history.edges.map(({ node }) => node),
  orders: member.orders.edges.map(({ node }) => node),
  moneySymbol,
  open: openParts(member.drops, serviceNowMs()),
});

function Lately({ member, symbol }: { readonly member: HomeMember; readonly symbol: string }) {
  const { t } = useTranslation('wallet');
  const rows = member.activity.edges.map(({ node }) => node);
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-labelledby="lately">
      <div className="card-head">
        <h2 id="lately">{t('lately')}</h2>
        <Link className="more" href="/activity">
          {t('allActivity')}
        </Link>
      </div>
      <ActivityList rows={rows} context={contextOf(member, symbol)} />
    </section>
  );
}

/** When what hangs is handed in by itself; null while nothing hangs. */
function NoHurry({ member }: { readonly member: HomeMember }): JSX.Element | null {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const { hanging } = readBranch(member.drops, serviceNowMs());
  const [first] = hanging
    .filter(({ kind }) => kind === 'ready')
    .map(({ settlesAfter }) => settlesAfter)
    .sort();
  if (first === undefined) return null;
  return (
    <p className="promise">{t('noHurry', { points, moment: showMoment(first, i18n.language) })}</p>
  );
}

/** The operator does not pay: what still goes on, as everything else does. */
function Paused(): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  return (
    <section className="card paused" role="status">
      <h2>{t('paused.title', { points })}</h2>
      <p>{t('paused.words')}</p>
    </section>
  );
}

function Cards({ viewer }: { readonly viewer: HomeView }): JSX.Element {
  const { program, member } = viewer;
  const symbol = program.settings.settlementToken.symbol;
  const hasSettled =
    member !== null &&
    (toBase(member.balance.settled, POINT_DECIMALS) > 0n ||
      toBase(member.balance.locked, POINT_DECIMALS) > 0n);
  const hasAny = hasSettled || (member?.drops.length ?? 0) > 0;
  return (
    <>
      {program.recordingStopped !== null && <Paused />}
      {!hasAny && <NoDrops rules={program.ruleSets.edges[0]?.node.rules ?? []} />}
      {hasAny && !hasSettled && <FirstDrop />}
      {program.pendingChange !== null && (
        <ChangeCard program={program} change={program.pendingChange} symbol={symbol} />
      )}
      {program.currentRound?.state === 'OPEN' && (
        <RoundCard round={program.currentRound} symbol={symbol} />
      )}
      {member !== null && <Lately member={member} symbol={symbol} />}
      {member !== null && <NoHurry member={member} />}
    </>
  );
}

/** Below the water, or beside it: what asks for a decision, and what happened lately. */
export function HomeCards(): JSX.Element {
  const { t } = useTranslation('wallet');
  const home = useHome();
  return (
    <>
      <h1 className="visually-hidden" tabIndex={-1}>
        {t('title')}
      </h1>
      <Loaded polled={home} lines={LINES} isStale={home.data?.member?.balance.stale ?? false}>
        {(viewer) => <Cards viewer={viewer} />}
      </Loaded>
    </>
  );
}
