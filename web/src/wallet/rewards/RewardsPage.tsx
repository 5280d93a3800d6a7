import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { useServiceClock } from '../../shared/clock/useServiceClock.ts';
import { showPoints } from '../../shared/format/amounts.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { ForwardIcon, GiftIcon, LookIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { ShowMore, useMore } from '../asking/More.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { ItemTile } from './ItemTile.tsx';
import { OrderRecordCard } from './OrderRecordCard.tsx';
import { RewardsQuery, type FullItem, type RewardsView } from './queries.ts';
import { spendableOf } from './spending.ts';
import './rewards.css';

const LINES = [68, 230, 230, 120];
type Items = RewardsView['program']['items'];

/** Whether an item is still in the catalogue: what was withdrawn can not be ordered any more, by anybody. */
const isOffered = ({ withdrawnAt }: FullItem): boolean =>
  withdrawnAt === null || Date.parse(withdrawnAt) > serviceNowMs();

/** The way to the member's orders, once there is one. */
function OrdersLink({ viewer }: { readonly viewer: RewardsView }) {
  const { t } = useTranslation('wallet');
  const orders = viewer.member?.orders.edges.map(({ node }) => node) ?? [];
  if (orders.length === 0) return null;
  const waiting = orders.filter(({ state }) => state === 'OPEN').length;
  return (
    <section className="card row-card">
      <Link className="row" href="/orders">
        <span className="row-icon">
          <LookIcon icon={null} otherwise="gift" />
        </span>
        <span>
          <span className="row-title">{t('orders.title')}</span>
          <span className={waiting > 0 ? 'row-note is-waiting' : 'row-note'}>
            {waiting > 0 ? t('orders.waiting', { count: waiting }) : t('orders.noneWaiting')}
          </span>
        </span>
        <span className="row-forward">
          <ForwardIcon />
        </span>
      </Link>
    </section>
  );
}

function Grid({ first }: { readonly first: Items }) {
  const more = useMore<Items>(
    async (client, after) => (await client.ask(RewardsQuery, { after })).viewer.program.items,
  );
  const pages = [first, ...more.older];
  const items = pages.flatMap(({ edges }) => edges.map(({ node }) => node)).filter(isOffered);
  return (
    <>
      <ul className="item-grid">
        {items.map((item) => (
          <ItemTile key={item.number} item={item} />
        ))}
      </ul>
      <ShowMore more={more} end={pages.at(-1)?.pageInfo} />
    </>
  );
}

function Rewards({ viewer }: { readonly viewer: RewardsView }) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { items, orderCounts, currentRound } = viewer.program;
  const hasAny = items.pageInfo.hasNextPage || items.edges.some(({ node }) => isOffered(node));
  const { here } = spendableOf(viewer.member);
  return (
    <>
      {hasAny && (
        <p className="rewards-have">{t('rewards.have', { points, amount: showPoints(here) })}</p>
      )}
      <OrdersLink viewer={viewer} />
      {hasAny ? (
        <Grid first={items} />
      ) : (
        <Empty picture={<GiftIcon />} words={t('rewards.empty', { points })}>
          {currentRound?.state === 'OPEN' && (
            <Link className="button" href="/buyback">
              {t('rewards.toBuyback')}
            </Link>
          )}
        </Empty>
      )}
      <OrderRecordCard record={orderCounts} />
    </>
  );
}

/** What there is to get for points. */
export function RewardsPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const { data, ...rest } = usePolled(RewardsQuery, { after: null });
  const viewer = data?.viewer ?? null;
  useServiceClock(viewer?.program.clock.now, rest.loadedAt);
  return (
    <Page title={t('rewards.title')}>
      <Loaded
        polled={{ data: viewer, ...rest }}
        lines={LINES}
        isStale={viewer?.member?.balance.stale ?? false}
      >
        {(known) => <Rewards viewer={known} />}
      </Loaded>
    </Page>
  );
}
