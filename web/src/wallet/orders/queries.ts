import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';
import { SentFields } from '../../shared/transactions/queries.ts';

/** An order with everything that its page shows. */
export const OrderFields = graphql(`
  fragment OrderFields on Order {
    number
    quantity
    points
    state
    refundable
    orderedAt
    deadline
    orderRef
    note
    transactionHash
    resolved {
      at
      transactionHash
    }
    item {
      number
      text
      look {
        icon
        label {
          en
          zh
        }
      }
    }
  }
`);

/** A page of orders, newest first. */
export const OrdersQuery = graphql(
  `
    query Orders($after: String) {
      viewer {
        program {
          clock {
            now
          }
        }
        member {
          balance {
            stale
          }
          orders(first: 20, after: $after) {
            edges {
              node {
                ...OrderFields
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  `,
  [OrderFields],
);

/** Gets the points of an overdue order back. */
export const RefundMutation = graphql(
  `
    mutation Refund($input: OrderRefundInput!) {
      payload: orderRefund(input: $input) {
        transaction {
          ...SentFields
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [SentFields],
);

/** What is known of the orders. */
export type OrdersView = ResultOf<typeof OrdersQuery>['viewer'];
/** One order. */
export type FullOrder = ResultOf<typeof OrderFields>;
