import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';
import { CallFields, SentFields } from '../../shared/transactions/queries.ts';

/** An item with its price, and what is going to happen to it. */
export const ItemFields = graphql(`
  fragment ItemFields on Item {
    number
    text
    price
    stock
    available
    scheduledPrice
    scheduledPriceAt
    withdrawnAt
    look {
      icon
      label {
        en
        zh
      }
    }
  }
`);

/** How orders ended so far. */
export const OrderRecordFields = graphql(`
  fragment OrderRecordFields on OrderCounts {
    open
    fulfilled
    refused
    overdue
  }
`);

/** A page of what there is to get, with what the member has and waits for. */
export const RewardsQuery = graphql(
  `
    query Rewards($after: String) {
      viewer {
        program {
          clock {
            now
          }
          items(first: 40, after: $after) {
            edges {
              node {
                ...ItemFields
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
          orderCounts {
            ...OrderRecordFields
          }
          currentRound {
            state
          }
        }
        member {
          account
          ownAccount
          isCustodial
          balance {
            stale
            accounts {
              account
              settled
              pending
              maturing
            }
          }
          orders(first: 20) {
            edges {
              node {
                number
                state
              }
            }
          }
        }
      }
    }
  `,
  [ItemFields, OrderRecordFields],
);

/** One item, with all that helps to decide. */
export const ItemQuery = graphql(
  `
    query Reward($item: UInt!) {
      viewer {
        program {
          clock {
            now
          }
          settings {
            orderDeadlineSeconds
            noticeSeconds
          }
          item(number: $item) {
            ...ItemFields
          }
          orderCounts {
            ...OrderRecordFields
          }
        }
        member {
          account
          ownAccount
          isCustodial
          balance {
            stale
            accounts {
              account
              settled
              pending
              maturing
            }
          }
          orders(first: 5) {
            edges {
              node {
                number
                transactionHash
              }
            }
          }
        }
      }
    }
  `,
  [ItemFields, OrderRecordFields],
);

/** Orders pieces of an item. */
export const RedeemMutation = graphql(
  `
    mutation Redeem($input: ItemRedeemInput!) {
      payload: itemRedeem(input: $input) {
        order {
          number
        }
        call {
          ...CallFields
        }
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
  [SentFields, CallFields],
);

/** What is known of the rewards. */
export type RewardsView = ResultOf<typeof RewardsQuery>['viewer'];
/** What is known of one item. */
export type ItemView = ResultOf<typeof ItemQuery>['viewer'];
/** An item of the catalogue. */
export type FullItem = ResultOf<typeof ItemFields>;
/** How orders ended so far. */
export type OrderRecord = ResultOf<typeof OrderRecordFields>;
