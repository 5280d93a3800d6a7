import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearch } from 'wouter';
import { iconOfItem } from '../../../shared/items/itemWords.ts';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { Details, Fact } from '../../../shared/ui/Details.tsx';
import { LookIcon } from '../../../shared/ui/icons.tsx';
import { Countdown } from '../../../shared/ui/time/Countdown.tsx';
import { Amount, When } from '../../../shared/ui/Values.tsx';
import { useServiceClock } from '../../../shared/clock/useServiceClock.ts';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { NothingYet } from '../../parts/NothingYet.tsx';
import { ToDesk } from '../../parts/ToDesk.tsx';
import { ORDER_TAGS, stateOfOrder, useOrderedWords, type DeskOrderState } from './deskOrder.ts';
import { HandOver } from './HandOver.tsx';
import { OrderNotePart } from './OrderNotePart.tsx';
import { OrderRefundPart } from './OrderRefundPart.tsx';
import { DeskOrderQuery, type WholeOrder } from './queries.ts';
import './orders.css';

const LINES = [420, 120] as const;

/** What an order is of, large enough for a counter. */
function OrderFace({ order }: { readonly order: WholeOrder }): JSX.Element {
  const { t } = useTranslation('orders');
  const nameOf = useOrderedWords();
  const { number, item, member, account, points } = order;
  return (
    <div className="order-face">
      <p className="order-large">{number}</p>
      <p className="order-name">
        <span className="order-sign">
          <LookIcon icon={item?.look?.icon} otherwise={item === null ? 'gift' : iconOfItem(item)} />
        </span>
        <b>{nameOf(order)}</b>
      </p>
      <dl className="facts">
        <div>
          <dt>{t('member')}</dt>
          <dd>{member?.memberId ?? account}</dd>
        </div>
        <div>
          <dt>{t('pieces')}</dt>
          <dd>{order.quantity}</dd>
        </div>
        <div>
          <dt>{t('points')}</dt>
          <dd>
            <Amount value={points} />
          </dd>
        </div>
      </dl>
    </div>
  );
}

/** That an order is over, and how. */
function OrderEnd({
  order,
  state,
}: {
  readonly order: WholeOrder;
  readonly state: Exclude<DeskOrderState, 'OPEN'>;
}): JSX.Element {
  const { t } = useTranslation('orders');
  const { resolved, deadline } = order;
  return (
    <div className={`order-end ${ORDER_TAGS[state]}`} role="status">
      <h2>{t(`end.${state}.title`)}</h2>
      <p>{t(`end.${state}.words`)}</p>
      <p>
        <When iso={state === 'late' ? deadline : (resolved?.at ?? deadline)} />
      </p>
    </div>
  );
}

function Order({ order, now }: { readonly order: WholeOrder; readonly now: number }): JSX.Element {
  const { t } = useTranslation('orders');
  const isScanned = new URLSearchParams(useSearch()).get('from') === 'scan';
  const state = stateOfOrder(order, now);
  const { number, orderedAt, deadline, member, item } = order;
  return (
    <div className="work">
      <div>
        <section className="panel" aria-label={t('one', { number })}>
          {state !== 'OPEN' && <OrderEnd order={order} state={state} />}
          <OrderFace order={order} />
          {state === 'OPEN' && <HandOver order={order} />}
          {isScanned && (
            <p className="part">
              <Link className="button quiet order-whole" href="/orders/scan">
                {t('scan.next')}
              </Link>
            </p>
          )}
        </section>
        <OrderNotePart key={number} order={order} />
      </div>
      <aside className="panel" aria-label={t('about')}>
        {(state === 'OPEN' || state === 'late') && (
          <div className="part order-clock">
            <Countdown opensAt={orderedAt} closesAt={deadline} />
            <p>
              {t('until')} <When iso={deadline} />
            </p>
          </div>
        )}
        {(state === 'OPEN' || state === 'late') && (
          <OrderRefundPart order={order} isLate={state === 'late'} />
        )}
        <div className="part">
          <h3>{t('about')}</h3>
          <p>
            {t('ordered')} <When iso={orderedAt} />
          </p>
          <p className="order-links">
            {member !== null && (
              <ToDesk noun="members" rest={`/${encodeURIComponent(member.memberId)}`}>
                {t('toMember')}
              </ToDesk>
            )}
            {item !== null && (
              <ToDesk noun="catalogue" rest={`/${item.number}`}>
                {t('toItem')}
              </ToDesk>
            )}
          </p>
          <Details>
            <Fact name={t('details.account')}>{order.account}</Fact>
            <Fact name={t('details.ref')}>{order.orderRef}</Fact>
            <Fact name={t('details.orderedIn')}>{order.transactionHash}</Fact>
            {order.resolved !== null && (
              <Fact name={t('details.resolvedIn')}>{order.resolved.transactionHash}</Fact>
            )}
          </Details>
        </div>
      </aside>
    </div>
  );
}

/** One order: handed over here, or refunded, once. */
export function OrderDesk({ number }: { readonly number: number }): JSX.Element {
  const { t } = useTranslation('orders');
  const isNumber = Number.isInteger(number) && number > 0 && number < 2 ** 32;
  const asked = usePolled(DeskOrderQuery, { number: isNumber ? number : 0 });
  const now = asked.data?.program?.clock.now;
  useServiceClock(now, asked.loadedAt);
  return (
    <>
      <DeskHead
        title={isNumber ? t('one', { number }) : t('title')}
        crumbs={[{ words: t('title'), href: '/orders' }]}
      />
      <Asked of={asked} lines={LINES} isStale={({ program }) => program?.order?.stale === true}>
        {({ program }) =>
          program?.order == null ? (
            <NothingYet title={t('unknown.title')} words={t('unknown.words')}>
              <Link className="button" href="/orders/scan">
                {t('scan.go')}
              </Link>
            </NothingYet>
          ) : (
            <Order order={program.order} now={Date.parse(program.clock.now)} />
          )
        }
      </Asked>
    </>
  );
}
