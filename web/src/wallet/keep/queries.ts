import { graphql } from '../../shared/graphql/graphql.ts';

/** The account whose key is kept, and the program that it is for. */
export const KeepQuery = graphql(`
  query Keep {
    viewer {
      program {
        address
        chainId
        clock {
          now
        }
      }
      member {
        account
        isCustodial
      }
    }
  }
`);

/** Hands out the key of the account, closed for a public key of this page. */
export const ExportMutation = graphql(`
  mutation KeyExport($input: MemberKeyExportInput!) {
    memberKeyExport(input: $input) {
      jwe
      userErrors {
        code
      }
    }
  }
`);
