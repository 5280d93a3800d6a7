import { graphql } from '../../shared/graphql/graphql.ts';

/** Everything of a signed statement that the contract takes. */
export const ReceiptFields = graphql(`
  fragment ReceiptFields on Receipt {
    account
    chainId
    epoch
    lines
    points
    pointsEarned
    signature
    signer
  }
`);

/** A page of lines with the receipts of their epochs. */
export const ReceiptsQuery = graphql(
  `
    query Receipts($after: String) {
      viewer {
        program {
          clock {
            now
            startsAt
            epochSeconds
          }
        }
        member {
          history(first: 20, after: $after) {
            edges {
              node {
                epoch
                state
                receipt {
                  ...ReceiptFields
                }
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
  [ReceiptFields],
);
