import { graphql } from '../../shared/graphql/graphql.ts';

/** Whose account it is, and what is left of what the service pays for. */
export const MeQuery = graphql(`
  query Me {
    viewer {
      memberId
      program {
        address
        chainId
        clock {
          now
        }
        limits {
          paidCalls
        }
      }
      member {
        account
        isCustodial
        ownAccount
        createdAt
        quota {
          left
          renewsAt
        }
      }
    }
  }
`);
