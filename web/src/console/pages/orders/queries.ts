import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';
import { SentFields } from '../../../shared/transactions/queries.ts';

/** An order with what the list shows of it. */
const DeskOrderFields = graphql(`
  fragment DeskOrderFields on Order {
    number
    quantity
    points
    state
    refundable
    orderedAt
    deadline
    account
    resolved {
      at
      transactionHash
    }
    member {
      memberId
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

/** A page of orders in one state or in any, and how many there are in each. */
export const DeskOrdersQuery = graphql(
  `
    query DeskOrders($state: OrderState, $memberId: String, $order: OrderSequence, $after: String) {
      program {
        clock {
          now
        }
        orderCounts {
          open
          fulfilled
          refused
          overdue
        }
        orders(first: 20, state: $state, memberId: $memberId, order: $order, after: $after) {
          stale
          edges {
            node {
              ...DeskOrderFields
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [DeskOrderFields],
);

/** One order. */
export const DeskOrderQuery = graphql(
  `
    query DeskOrder($number: UInt!) {
      program {
        clock {
          now
        }
        order(number: $number) {
          ...DeskOrderFields
          note
          orderRef
          blockNumber
          transactionHash
          stale
        }
      }
    }
  `,
  [DeskOrderFields],
);

export const OrderFulfil = graphql(
  `
    mutation DeskOrderFulfil($input: OrderFulfilInput!) {
      payload: orderFulfil(input: $input) {
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

export const OrderRefund = graphql(
  `
    mutation DeskOrderRefund($input: OrderRefundInput!) {
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

export const OrderNoteSet = graphql(`
  mutation DeskOrderNoteSet($input: OrderNoteSetInput!) {
    payload: orderNoteSet(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** An order of the list. */
export type DeskOrder = ResultOf<typeof DeskOrderFields>;
/** One order, whole. */
export type WholeOrder = NonNullable<
  NonNullable<ResultOf<typeof DeskOrderQuery>['program']>['order']
>;
