import { useCallback, useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import type { WriteState } from '../../../shared/transactions/transactionState.ts';
import { ActButton } from '../../access/ActButton.tsx';
import { useAct } from '../../writes/useAct.ts';
import { CheckoutMutation, PortalMutation } from './queries.ts';

const ACTS = {
  checkout: {
    ...{ name: 'billingCheckout', kind: 'billingCheckoutStart' },
    document: CheckoutMutation,
  },
  portal: { name: 'billingPortal', kind: 'billingPortalOpen', document: PortalMutation },
};

const urlOf = ({ payload }: WriteState): string | null =>
  (payload as { readonly url: string | null } | null)?.url ?? null;

/** Opens the page of the provider of payments on which a plan is bought, or cards and bills are managed. */
export function ProviderButton({ to }: { readonly to: 'checkout' | 'portal' }): JSX.Element {
  const { t } = useTranslation('billing');
  const open = useCallback((write: WriteState) => {
    const url = urlOf(write);
    if (url !== null) location.assign(url);
  }, []);
  const act = useAct(ACTS[to], open);
  const { write, forget } = act;
  const isDone = write?.phase === 'done';
  useEffect(() => {
    // Its page is good for a while only: who comes back is given a new one.
    if (isDone) forget();
  }, [isDone, forget]);
  return (
    <div>
      <ActButton
        needs="OWNER"
        loading={act.isUnderWay}
        variant={to === 'checkout' ? 'filled' : 'default'}
        onClick={() => act.start({})}
      >
        {t(`open.${to}`)}
      </ActButton>
      <p className="fine">{t(`open.${to}Note`)}</p>
      {
        // Once it is done, this page is left.
        !isDone && <TransactionStatus name={ACTS[to].name} />
      }
    </div>
  );
}
