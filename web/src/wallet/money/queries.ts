import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';
import { SentFields } from '../../shared/transactions/queries.ts';

/** The member's money, where it can go, and where it went. */
export const MoneyQuery = graphql(`
  query Money {
    viewer {
      program {
        chainId
        clock {
          now
        }
        settings {
          settlementToken {
            symbol
            decimals
            address
          }
        }
      }
      member {
        account
        ownAccount
        money {
          owed
          account
          stale
        }
        activity(first: 20, kinds: [MONEY_SENT]) {
          edges {
            node {
              at
              money
              to
              moment {
                transactionHash
              }
            }
          }
        }
      }
    }
  }
`);

/** Sends all money of the member. */
export const SendMutation = graphql(
  `
    mutation SendMoney($input: MoneySendInput!) {
      payload: moneySend(input: $input) {
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

/** What is known of the money. */
export type MoneyView = ResultOf<typeof MoneyQuery>['viewer'];
