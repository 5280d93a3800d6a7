import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';
import { DeskClockFields } from '../../terms/fields.ts';

/** Who signs for the program, and the contracts that it signs for. */
export const SigningQuery = graphql(
  `
    query Signing {
      program {
        name
        address
        chainId
        clock {
          ...DeskClockFields
        }
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
  `,
  [DeskClockFields],
);
export type SigningProgram = NonNullable<ResultOf<typeof SigningQuery>['program']>;
