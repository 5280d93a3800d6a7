import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';

/** Where the person is signed in. */
export const OwnSessionsQuery = graphql(`
  query OwnSessions {
    person {
      sessions {
        id
        isCurrent
        createdAt
        expiresAt
        ipAddress
        userAgent
      }
    }
  }
`);

/** Ends a sign-in of the person. */
export const SessionRevoke = graphql(`
  mutation SessionRevoke($input: SessionRevokeInput!) {
    payload: sessionRevoke(input: $input) {
      id
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export type OwnSession = ResultOf<typeof OwnSessionsQuery>['person']['sessions'][number];
