import { graphql, type VariablesOf } from '../../../../shared/graphql/graphql.ts';
import { SentFields } from '../../../../shared/transactions/queries.ts';

/** What a new program begins from: the time of its chain, and the money that others of the organisation pay in. */
export const BeginningQuery = graphql(`
  query Beginning {
    organisation {
      id
      environments {
        environment
        chainId
        now
      }
      programs {
        id
        name
        address
        chainId
        createdAt {
          transactionHash
        }
        settings {
          settlementToken {
            address
            symbol
            decimals
          }
        }
      }
    }
  }
`);

/** Creates a program; a dry run checks and simulates all of it, and creates nothing. */
export const ProgramCreate = graphql(
  `
    mutation ProgramCreate($input: ProgramCreateInput!) {
      payload: programCreate(input: $input) {
        address
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

export type NewProgramInput = Omit<VariablesOf<typeof ProgramCreate>['input'], 'idempotencyKey'>;
