import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../shared/graphql/graphql.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';

const OpenOrdersQuery = graphql(`
  query OpenOrders {
    program {
      orderCounts {
        open
      }
    }
  }
`);

/** How many orders wait, beside their entry; nothing while none does. */
export function OpenOrders(): JSX.Element | null {
  const { t } = useTranslation('console');
  const open = usePolled(OpenOrdersQuery).data?.program?.orderCounts.open ?? 0;
  if (open === 0) return null;
  return (
    <span className="count">
      <span aria-hidden="true">{open}</span>
      <span className="visually-hidden">{t('ordersWait', { count: open })}</span>
    </span>
  );
}
