import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';
import { SentFields } from '../../../../shared/transactions/queries.ts';

/** Who runs the program on the chain. */
export const OperatorQuery = graphql(`
  query Operator {
    program {
      name
      chainId
      settings {
        settlementToken {
          symbol
        }
      }
      operatorAccount {
        address
        money
        gas
        offeredTo
        ofService
      }
    }
  }
`);

/** Offers the role, or takes an offer back. */
export const OperatorOffer = graphql(
  `
    mutation OperatorOffer($input: OperatorOfferInput!) {
      payload: operatorOffer(input: $input) {
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

/** Takes the role over. */
export const OperatorAccept = graphql(
  `
    mutation OperatorAccept($input: OperatorAcceptInput!) {
      payload: operatorAccept(input: $input) {
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

export type OperatorProgram = NonNullable<ResultOf<typeof OperatorQuery>['program']>;
export type KnownOperator = NonNullable<OperatorProgram['operatorAccount']>;
