import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { showPoints } from '../../shared/format/amounts.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { orderCode } from '../../shared/orders/orderCode.ts';
import type { WriteState } from '../../shared/transactions/transactionState.ts';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { QrCode } from '../../shared/ui/qr/QrCode.tsx';
import { Countdown } from '../../shared/ui/time/Countdown.tsx';
import { When } from '../../shared/ui/Values.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { useWallet } from '../shell/wallet.ts';
import { useWhyNot } from '../writes/useWhyNot.ts';
import { useWritesOf } from '../writes/useWritesOf.ts';
import { WriteList } from '../writes/WriteList.tsx';
import { OrderPicture } from './OrderPicture.tsx';
import { lookOfOrder, TAG_LOOKS, useOrderName, type OrderLook } from './orderLooks.ts';
import { RefundMutation, type FullOrder } from './queries.ts';
import { useOrder, type FoundOrder } from './useOrder.ts';
import './orders.css';

const LINES = [380, 120];

/** What to show where the order is handed over, and until when. */
function ShowThis({ order }: { readonly order: FullOrder }) {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const nameOf = useOrderName();
  const { programId } = useWallet();
  const { number, orderedAt, deadline } = order;
  const code = orderCode(location.origin, { programId, number });
  return (
    <section className="card order-show" aria-labelledby="show-title">
      <h2 id="show-title">{t('orders.show')}</h2>
      <p className="order-number">{number}</p>
      <QrCode text={code} label={t('orders.code', { number })} />
      <p className="order-item">{nameOf(order)}</p>
      <div className="order-until">
        <Countdown opensAt={orderedAt} closesAt={deadline} />
        <p>
          {t('orders.until', { moment: showMoment(deadline, i18n.language) })}
          {t('between')}
          {t('orders.back', { points })}
        </p>
      </div>
    </section>
  );
}

/** How the order ended, or that nobody handed it over in time. */
function Outcome({
  order,
  look,
  isStale,
}: {
  readonly order: FullOrder;
  readonly look: Exclude<OrderLook, 'OPEN'>;
  readonly isStale: boolean;
}) {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const nameOf = useOrderName();
  const { points: amount, deadline, resolved } = order;
  const at = look === 'late' ? deadline : (resolved?.at ?? deadline);
  const values = { points, amount: showPoints(amount), moment: showMoment(at, i18n.language) };
  return (
    <section className="card order-outcome" aria-labelledby="outcome-title">
      <OrderPicture look={look} />
      <p className="order-item">{nameOf(order)}</p>
      <h2 id="outcome-title">{t(`orders.outcome.${look}.title`)}</h2>
      <p>{t(`orders.outcome.${look}.words`, values)}</p>
      <Refund order={order} isLate={look === 'late'} isStale={isStale} />
    </section>
  );
}

/** Gets the points back at once, where the worker has not been yet. */
function Refund({
  order,
  isLate,
  isStale,
}: {
  readonly order: FullOrder;
  readonly isLate: boolean;
  readonly isStale: boolean;
}) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const name = `orderRefund:${order.number}`;
  const writes = useWritesOf((write: WriteState) => write.name === name);
  const whyNot = useWhyNot(isStale);
  const refund = (): void => {
    const input = { order: order.number };
    writes.start({ name, kind: 'orderRefund', document: RefundMutation, input });
  };
  return (
    <>
      {isLate && (
        <div className="actions">
          <button
            className="button"
            type="button"
            disabled={whyNot !== null || writes.isBusy}
            title={whyNot ?? undefined}
            onClick={refund}
          >
            {t('orders.getBack', { points })}
          </button>
        </div>
      )}
      <WriteList writes={writes} />
    </>
  );
}

const SPENT_WORDS = {
  ...{ OPEN: 'orders.paid', late: 'orders.paid', FULFILLED: 'orders.spent' },
  ...{ REFUSED: 'orders.returned', OVERDUE: 'orders.returned' },
} as const;

function Facts({ order, look }: { readonly order: FullOrder; readonly look: OrderLook }) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  return (
    <section className="card" aria-label={t('orders.number', { number: order.number })}>
      <p className="order-head">
        <span className={`tag ${TAG_LOOKS[look]}`}>{t(`orders.state.${look}`)}</span>
      </p>
      <dl className="order-facts">
        <div>
          <dt>{t('orders.ordered')}</dt>
          <dd>
            <When iso={order.orderedAt} />
          </dd>
        </div>
        <div>
          <dt>{t(SPENT_WORDS[look])}</dt>
          <dd>
            {showPoints(order.points)} {points}
          </dd>
        </div>
      </dl>
      <Details>
        <Fact name={t('details.orderedIn')}>{order.transactionHash}</Fact>
        {order.resolved !== null && (
          <Fact name={t('details.resolvedIn')}>{order.resolved.transactionHash}</Fact>
        )}
        <Fact name={t('details.orderRef')}>{order.orderRef}</Fact>
      </Details>
    </section>
  );
}

function Order({ found }: { readonly found: FoundOrder }) {
  const { t } = useTranslation('wallet');
  const { order, isStale } = found;
  if (order === null) {
    return (
      <section className="card">
        <p>{t('orders.none')}</p>
      </section>
    );
  }
  const look = lookOfOrder(order);
  return (
    <>
      {look === 'OPEN' ? (
        <ShowThis order={order} />
      ) : (
        <Outcome order={order} look={look} isStale={isStale} />
      )}
      {order.note !== null && (
        <section className="card" aria-labelledby="said-title">
          <h2 id="said-title">{t('orders.said')}</h2>
          <p className="order-note">{order.note}</p>
        </section>
      )}
      <Facts order={order} look={look} />
    </>
  );
}

/** One order: what to show for it, what they say about it, and how it ended. */
export function OrderPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const { order: number = '' } = useParams<{ order: string }>();
  const found = useOrder(Number(number));
  return (
    <Page title={t('orders.number', { number })} back="/orders">
      <Loaded polled={found} lines={LINES} isStale={found.data?.isStale ?? false}>
        {(known) => <Order found={known} />}
      </Loaded>
    </Page>
  );
}
