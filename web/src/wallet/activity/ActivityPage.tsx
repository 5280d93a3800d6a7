import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import type { ResultOf, VariablesOf } from '../../shared/graphql/graphql.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { ListIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { ShowMore, useMore } from '../asking/More.tsx';
import { ActivityList } from '../points/ActivityList.tsx';
import { openParts, type RowContext } from '../points/activityWords.ts';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { ActivityQuery } from './queries.ts';
import './activity.css';

type Kinds = NonNullable<NonNullable<VariablesOf<typeof ActivityQuery>['kinds']>>;
type ActivityView = ResultOf<typeof ActivityQuery>['viewer'];
type ActivityMember = NonNullable<ActivityView['member']>;

/** What can be shown alone. Points that were minted are told by the lines that earned them. */
const FILTERS = {
  all: [
    ...['EARNED', 'TENDERED', 'BOUGHT', 'RETURNED', 'OBJECTED', 'RELEASED'],
    ...['ORDERED', 'FULFILLED', 'REFUNDED', 'MOVED', 'MONEY_SENT'],
  ],
  earned: ['EARNED'],
  buyback: ['TENDERED', 'BOUGHT', 'RETURNED', 'MONEY_SENT'],
  rewards: ['ORDERED', 'FULFILLED', 'REFUNDED'],
  objections: ['OBJECTED', 'RELEASED'],
} as const;
type Filter = keyof typeof FILTERS;
const FILTER_NAMES = Object.keys(FILTERS) as Filter[];

const LINES = [44, 60, 60, 60, 60, 60];

const contextOf = ({ program }: ActivityView, pages: readonly ActivityMember[]): RowContext => ({
  states: pages.flatMap(({ history }) => history.edges.map(({ node }) => node)),
  orders: pages.flatMap(({ orders }) => orders.edges.map(({ node }) => node)),
  moneySymbol: program.settings.settlementToken.symbol,
  open: openParts(pages[0]?.drops ?? [], serviceNowMs()),
});

function Rows({ viewer, kinds }: { readonly viewer: ActivityView; readonly kinds: Kinds }) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const more = useMore<ActivityMember>(
    async (client, after) => (await client.ask(ActivityQuery, { after, kinds })).viewer.member,
  );
  useEffect(() => more.forget(), [kinds]);
  const pages = viewer.member === null ? [] : [viewer.member, ...more.older];
  const rows = pages.flatMap(({ activity }) => activity.edges.map(({ node }) => node));
  if (rows.length === 0) {
    return <Empty picture={<ListIcon />} words={t('activity.empty', { points })} />;
  }
  return (
    <>
      <section className="card">
        <ActivityList rows={rows} context={contextOf(viewer, pages)} />
      </section>
      <ShowMore more={more} end={pages.at(-1)?.activity.pageInfo} />
    </>
  );
}

/** Where every point came from and went to, newest first. */
export function ActivityPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const [filter, setFilter] = useState<Filter>('all');
  const kinds = FILTERS[filter] as unknown as Kinds;
  const { data, ...rest } = usePolled(ActivityQuery, { after: null, kinds });
  return (
    <Page title={t('activity.title')} back="/">
      <div className="filters" role="group" aria-label={t('activity.filter')}>
        {FILTER_NAMES.map((name) => (
          <button
            key={name}
            type="button"
            className="filter"
            aria-pressed={name === filter}
            onClick={() => setFilter(name)}
          >
            {t(`activity.filters.${name}`)}
          </button>
        ))}
      </div>
      <Loaded
        polled={{ data: data?.viewer ?? null, ...rest }}
        lines={LINES}
        isStale={data?.viewer.member?.balance.stale ?? false}
      >
        {(viewer) => <Rows key={filter} viewer={viewer} kinds={kinds} />}
      </Loaded>
    </Page>
  );
}
