import { graphql } from '../../shared/graphql/graphql.ts';
import { SentFields } from '../../shared/transactions/queries.ts';

/** Moves everything of the member's account to the wallet that signed for it. */
export const MoveMutation = graphql(
  `
    mutation Move($input: AccountMoveInput!) {
      payload: accountMove(input: $input) {
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
