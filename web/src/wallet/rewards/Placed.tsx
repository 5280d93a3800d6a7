import { useEffect, useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { TransactionStatus } from '../../shared/transactions/TransactionStatus.tsx';
import type { WriteState } from '../../shared/transactions/transactionState.ts';
import type { ItemView } from './queries.ts';

/** Number of the order that a write placed; null while the chain has none. */
function numberOf(write: WriteState, { member }: ItemView): number | null {
  const { hash = null } = write.transaction ?? {};
  const read = member?.orders.edges.find(({ node }) => node.transactionHash === hash);
  // The answer to the write is from before the page asks again.
  const payload = write.payload as { order?: { number: number } | null } | null;
  return read?.node.number ?? payload?.order?.number ?? null;
}

/** How far an order is that was just placed, and the way to it. */
export function Placed({
  viewer,
  write,
}: {
  readonly viewer: ItemView;
  readonly write: WriteState;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const place = useRef<HTMLDivElement>(null);
  const { phase } = write;
  useEffect(() => {
    // The button that began it is gone, and the focus with it.
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) place.current?.focus();
  }, [phase]);
  const number = write.phase === 'done' ? numberOf(write, viewer) : null;
  return (
    <div className="placed" ref={place} tabIndex={-1}>
      <TransactionStatus name={write.name} />
      {write.phase === 'done' && (
        <p className="placed-words">
          {number === null ? t('rewards.sheet.doneOnly') : t('rewards.sheet.done', { number })}
        </p>
      )}
      {write.phase === 'done' && (
        <div className="actions">
          <Link className="button" href={number === null ? '/orders' : `/orders/${number}`}>
            {t('rewards.sheet.show')}
          </Link>
        </div>
      )}
    </div>
  );
}
