import type { JSX } from 'react';
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
  const open = usePolled(OpenOrdersQuery).data?.program?.orderCounts.open ?? 0;
  return open === 0 ? null : <span className="count">{open}</span>;
}
