import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useServiceClock } from '../../shared/clock/useServiceClock.ts';
import { showDay, showMoment } from '../../shared/format/dates.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { GiftIcon, LookIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { Amount } from '../../shared/ui/Values.tsx';
import { ShowMore, useMore } from '../asking/More.tsx';
import { iconOfItem } from '../../shared/items/itemWords.ts';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { lookOfOrder, TAG_LOOKS, useOrderName } from './orderLooks.ts';
import { OrdersQuery, type FullOrder, type OrdersView } from './queries.ts';
import './orders.css';

const LINES = [60, 60, 60];

function OrderRow({ order }: { readonly order: FullOrder }) {
  const { t, i18n } = useTranslation('wallet');
  const nameOf = useOrderName();
  const { number, item, points, deadline, resolved } = order;
  const look = lookOfOrder(order);
  const isOpen = look === 'OPEN' || look === 'late';
  const at = isOpen ? deadline : (resolved?.at ?? deadline);
  const when = { day: showDay(at, i18n.language), moment: showMoment(at, i18n.language) };
  return (
    <li>
      <Link className="row" href={`/orders/${number}`}>
        <span className="row-icon">
          <LookIcon icon={item?.look?.icon} otherwise={item === null ? 'gift' : iconOfItem(item)} />
        </span>
        <span>
          <span className="row-title">{nameOf(order)}</span>
          <span className="row-note">{t(`orders.note.${look}`, when)}</span>
        </span>
        <span className="row-value">
          <Amount value={points} />
          <small className={`order-state ${TAG_LOOKS[look]}`}>{t(`orders.state.${look}`)}</small>
        </span>
      </Link>
    </li>
  );
}

function Orders({ viewer }: { readonly viewer: OrdersView }) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const more = useMore(
    async (client, after) =>
      (await client.ask(OrdersQuery, { after })).viewer.member?.orders ?? null,
  );
  const pages = viewer.member === null ? [] : [viewer.member.orders, ...more.older];
  const orders = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  // What was ordered since the first page came pushes orders down into the next one.
  const known = [...new Map(orders.map((order) => [order.number, order])).values()];
  if (orders.length === 0) {
    return (
      <Empty picture={<GiftIcon />} words={t('orders.empty', { points })}>
        <Link className="button" href="/rewards">
          {t('orders.toRewards')}
        </Link>
      </Empty>
    );
  }
  return (
    <>
      <section className="card">
        <ul className="rows">
          {known.map((order) => (
            <OrderRow key={order.number} order={order} />
          ))}
        </ul>
      </section>
      <ShowMore more={more} end={pages.at(-1)?.pageInfo} />
    </>
  );
}

/** What the member ordered, and how far each order is. */
export function OrdersPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const { data, ...rest } = usePolled(OrdersQuery, { after: null });
  const viewer = data?.viewer ?? null;
  useServiceClock(viewer?.program.clock.now, rest.loadedAt);
  return (
    <Page title={t('orders.title')} back="/rewards">
      <Loaded
        polled={{ data: viewer, ...rest }}
        lines={LINES}
        isStale={viewer?.member?.balance.stale ?? false}
      >
        {(known) => <Orders viewer={known} />}
      </Loaded>
    </Page>
  );
}
