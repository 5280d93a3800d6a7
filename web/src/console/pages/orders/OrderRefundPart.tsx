import { Button } from '@mantine/core';
import { useCallback, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../shared/format/amounts.ts';
import { usePoller } from '../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { isFinal } from '../../../shared/transactions/transactionState.ts';
import { useWrite } from '../../../shared/transactions/useWrite.ts';
import { ActButton } from '../../access/ActButton.tsx';
import { useFocusTurn } from '../../parts/useFocusHere.ts';
import { useAct } from '../../writes/useAct.ts';
import { OrderRefund, type WholeOrder } from './queries.ts';

/** Gives the points back, and says before what that does. */
export function OrderRefundPart({
  order,
  isLate,
}: {
  readonly order: WholeOrder;
  readonly isLate: boolean;
}): JSX.Element {
  const { t } = useTranslation('orders');
  const { number, points, quantity, stale } = order;
  const name = `orderRefund:${number}`;
  const poller = usePoller();
  const [isAsked, setAsked] = useState(false);
  const place = useFocusTurn<HTMLElement>(isAsked, 'h3');
  const look = useCallback(() => poller.quicken(), [poller]);
  const act = useAct({ name, kind: 'orderRefund', document: OrderRefund }, look);
  const fulfil = useWrite(`orderFulfil:${number}`);
  const isFulfilling = fulfil !== null && (!isFinal(fulfil) || fulfil.phase === 'done');
  const isOff = act.isUnderWay || act.write?.phase === 'done' || isFulfilling;
  const barrier = stale ? t('stale') : null;
  return (
    <section className="part order-refund" aria-labelledby="order-refund" ref={place}>
      <h3 id="order-refund" tabIndex={-1}>
        {t('refund.title')}
      </h3>
      <p>{t('refund.words', { points: showPoints(points), count: quantity })}</p>
      <p>{isLate ? t('refund.counted.OVERDUE') : t('refund.counted.REFUSED')}</p>
      {isAsked ? (
        <div className="order-acts">
          <ActButton
            needs="FULFILLER"
            className="danger-fill"
            barrier={barrier}
            disabled={isOff}
            onClick={() => act.start({ order: number })}
          >
            {t('refund.now', { number })}
          </ActButton>
          <Button variant="default" disabled={isOff} onClick={() => setAsked(false)}>
            {t('refund.leave')}
          </Button>
        </div>
      ) : (
        <ActButton
          needs="FULFILLER"
          variant="default"
          className="danger"
          barrier={barrier}
          disabled={isOff}
          onClick={() => setAsked(true)}
        >
          {t('refund.go')}
        </ActButton>
      )}
      <TransactionStatus name={name} />
    </section>
  );
}
