import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';

/** Who signs for the program, and the contracts that it signs for. */
export const SigningQuery = graphql(`
  query Signing {
    program {
      name
      address
      chainId
      operatorAccount {
        address
      }
      settings {
        charter
        buyback
        catalogue
        forwarder
        settlementToken {
          symbol
          decimals
        }
      }
    }
  }
`);
export type SigningProgram = NonNullable<ResultOf<typeof SigningQuery>['program']>;
