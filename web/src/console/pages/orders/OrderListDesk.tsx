import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showPoints } from '../../../shared/format/amounts.ts';
import { showMoment } from '../../../shared/format/dates.ts';
import type { ResultOf } from '../../../shared/graphql/graphql.ts';
import { useDurationWords } from '../../../shared/ui/time/useDurationWords.ts';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useWorkplace } from '../../access/workplace.ts';
import { useServiceClock } from '../../../shared/clock/useServiceClock.ts';
import { CsvButton } from '../../lists/CsvButton.tsx';
import { SearchForm } from '../../lists/SearchForm.tsx';
import { ShowMoreRows } from '../../lists/ShowMoreRows.tsx';
import { useFilters } from '../../lists/useFilters.ts';
import { useRows } from '../../lists/useRows.ts';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { NothingYet } from '../../parts/NothingYet.tsx';
import { MOST_OF_AN_ID } from '../members/address/memberAddress.ts';
import {
  ORDER_FILTERS,
  ORDER_TAGS,
  stateOfOrder,
  useOrderedWords,
  type OrderFilter,
} from './deskOrder.ts';
import { DeskOrdersQuery, type DeskOrder } from './queries.ts';
import './orders.css';

const LINES = [72, 300] as const;
const COUNTS = ['open', 'fulfilled', 'refused', 'overdue'] as const;

type Counts = NonNullable<ResultOf<typeof DeskOrdersQuery>['program']>['orderCounts'];

/** How orders ended: everybody can see it. */
function CountFacts({ counts }: { readonly counts: Counts }): JSX.Element {
  const { t } = useTranslation('orders');
  return (
    <dl className="facts order-counts">
      {COUNTS.map((name) => (
        <div key={name}>
          <dt>{t(`counts.${name}`)}</dt>
          <dd>{counts[name]}</dd>
        </div>
      ))}
    </dl>
  );
}

function Row({ order, now }: { readonly order: DeskOrder; readonly now: number }): JSX.Element {
  const { t, i18n } = useTranslation('orders');
  const nameOf = useOrderedWords();
  const { long } = useDurationWords();
  const { number, member, account, points, deadline, resolved } = order;
  const state = stateOfOrder(order, now);
  const at = (iso: string): string => showMoment(iso, i18n.language);
  const left = Date.parse(deadline) - now;
  return (
    <li className="panel-row order-row">
      <Link className="order-link" href={`/orders/${number}`}>
        <span className="visually-hidden">{t('one', { number })}</span>
        <span aria-hidden="true">{number}</span>
      </Link>
      <span className="order-what">
        <b>{nameOf(order)}</b>
        <small>{t('forMember', { member: member?.memberId ?? account })}</small>
      </span>
      <span className="order-when">
        {state === 'OPEN' ? t('left', { left: long(left) }) : at(resolved?.at ?? deadline)}
      </span>
      <span className="order-points">{t('rowPoints', { points: showPoints(points) })}</span>
      <span className={`tag ${ORDER_TAGS[state]}`}>{t(`state.${state}`)}</span>
    </li>
  );
}

function Rows({
  filter,
  memberId,
  rows,
  counts,
  now,
}: {
  readonly filter: OrderFilter;
  /** Whose are shown; null for those of all. */
  readonly memberId: string | null;
  readonly rows: readonly DeskOrder[];
  readonly counts: Counts;
  /** By the API, in Unix milliseconds. */
  readonly now: number;
}): JSX.Element {
  const { t } = useTranslation('orders');
  if (rows.length > 0) {
    return (
      <ol className="panel order-rows">
        {rows.map((order) => (
          <Row key={order.number} order={order} now={now} />
        ))}
      </ol>
    );
  }
  if (memberId !== null) {
    return <NothingYet title={t('find.none', { memberId })} words={t('find.noneWords')} />;
  }
  const hasAny = COUNTS.some((name) => counts[name] > 0);
  const what = !hasAny ? 'never' : filter === 'OPEN' ? 'done' : 'none';
  return <NothingYet title={t(`nothing.${what}.title`)} words={t(`nothing.${what}.words`)} />;
}

/** All orders: those that wait first, the one that is due next on top. */
export function OrderListDesk(): JSX.Element {
  const { t } = useTranslation('orders');
  const { api } = useWorkplace();
  const filters = useFilters();
  const filter = ORDER_FILTERS.find((one) => one === filters.get('state')) ?? 'OPEN';
  const state = filter === 'all' ? null : filter;
  const memberId = filters.get('member');
  // What waits, by when it is due; what is over, by when it was ordered, the newest first.
  const order = filter === 'OPEN' ? ('DEADLINE' as const) : ('NEWEST' as const);
  const orders = useRows({
    document: DeskOrdersQuery,
    variables: { state, memberId, order },
    client: api.client,
    pick: ({ program }) => program?.orders,
  });
  useServiceClock(orders.first.data?.program?.clock.now, orders.first.loadedAt);
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')}>
        <Link className="button" href="/orders/scan">
          {t('scan.go')}
        </Link>
      </DeskHead>
      <SearchForm
        filter="member"
        words={{
          ...{ label: t('find.label'), how: t('find.how') },
          ...{ go: t('find.go'), clear: t('find.clear') },
        }}
        most={MOST_OF_AN_ID}
        // Who asks for an order does not know how it ended.
        along={{ state: 'all' }}
      />
      <div className="order-filter">
        <NativeSelect
          label={t('filter')}
          data={ORDER_FILTERS.map((value) => ({ value, label: t(`filters.${value}`) }))}
          value={filter}
          onChange={({ currentTarget }) =>
            filters.set(
              { state: currentTarget.value === 'OPEN' ? '' : currentTarget.value },
              { replace: true },
            )
          }
        />
        <CsvButton list="orders.csv" filters={{ state, memberId, order }} />
      </div>
      <Asked
        of={orders.first}
        lines={LINES}
        isStale={({ program }) => program?.orders.stale === true}
      >
        {({ program }) =>
          program === null ? (
            <NotOnThisConsole />
          ) : (
            <>
              <CountFacts counts={program.orderCounts} />
              <Rows
                filter={filter}
                memberId={memberId}
                rows={orders.rows}
                counts={program.orderCounts}
                now={Date.parse(program.clock.now)}
              />
              <ShowMoreRows of={orders} />
            </>
          )
        }
      </Asked>
    </>
  );
}
