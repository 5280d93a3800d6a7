import { useCallback, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePoller } from '../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { useWrite } from '../../../shared/transactions/useWrite.ts';
import { isFinal } from '../../../shared/transactions/transactionState.ts';
import { ActButton } from '../../access/ActButton.tsx';
import { useAct } from '../../writes/useAct.ts';
import { OrderFulfil, type WholeOrder } from './queries.ts';

/** The one large button of an open order: it burns the points, once. */
export function HandOver({ order }: { readonly order: WholeOrder }): JSX.Element {
  const { t } = useTranslation('orders');
  const { number, stale } = order;
  const name = `orderFulfil:${number}`;
  const poller = usePoller();
  const look = useCallback(() => poller.quicken(), [poller]);
  const act = useAct({ name, kind: 'orderFulfil', document: OrderFulfil }, look);
  const refund = useWrite(`orderRefund:${number}`);
  const isRefunding = refund !== null && (!isFinal(refund) || refund.phase === 'done');
  // Done, and read from the chain a moment later: not to be pressed again meanwhile.
  const isDone = act.write?.phase === 'done';
  return (
    <div className="part order-hand">
      <ActButton
        needs="FULFILLER"
        size="xl"
        fullWidth
        barrier={stale ? t('stale') : null}
        disabled={act.isUnderWay || isDone || isRefunding}
        onClick={() => act.start({ order: number })}
      >
        {t('handOver.go')}
      </ActButton>
      <p className="fine">{t('handOver.words')}</p>
      <TransactionStatus name={name} />
    </div>
  );
}
