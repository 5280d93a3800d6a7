import { graphql } from '../graphql/graphql.ts';

/** What every mutation asks of its transaction; also `... on Transaction` of `openTransactions`. */
export const SentFields = graphql(`
  fragment SentFields on Transaction {
    id
    kind
    status
    hash
    blockNumber
    userErrors {
      code
      field
      message
    }
  }
`);

/** What every mutation that an own wallet may send asks of its call. */
export const CallFields = graphql(`
  fragment CallFields on ContractCall {
    to
    data
    chainId
  }
`);

/** How far a transaction is. */
export const TransactionQuery = graphql(
  `
    query Transaction($id: String!) {
      transaction(id: $id) {
        ...SentFields
      }
    }
  `,
  [SentFields],
);
